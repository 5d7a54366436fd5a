package io.storageconnections.platform.blob;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Forces the bytes of a long file to the disk while more of them arrive, so that the end of an
 * upload waits for the last ones only. Not thread-safe.
 */
final class EarlyForce {

  private static final long EVERY_BYTES = 8L * 1024 * 1024;

  private final FileChannel file;
  private long unforced;

  /** The latest force, which may have ended. */
  private @Nullable FutureTask<@Nullable Void> latest;

  EarlyForce(FileChannel file) {
    this.file = file;
  }

  /**
   * Counts bytes that were written to the file.
   *
   * @throws IOException if earlier bytes could not be forced to the disk: the operating system
   *     reports that once, so that a later force would succeed although they are lost
   */
  void written(int bytes) throws IOException {
    unforced += bytes;
    if (unforced >= EVERY_BYTES && (latest == null || latest.isDone())) {
      awaitLatest();
      unforced = 0;
      latest =
          new FutureTask<>(() -> {
            file.force(false);
            return null;
          });
      Thread.ofPlatform().daemon().name("blob-force").start(latest);
    }
  }

  /**
   * Returns when all bytes are on the disk.
   *
   * @throws IOException if some cannot be written
   */
  void finish() throws IOException {
    awaitLatest();
    file.force(true);
  }

  private void awaitLatest() throws IOException {
    if (latest == null) {
      return;
    }
    try {
      var unused = latest.get();
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof IOException cause ? cause : new IOException(failure);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }
}
