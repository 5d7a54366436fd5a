package io.storageconnections.platform.application.port;

import io.storageconnections.platform.domain.storage.Content;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the bytes of contents, each as a blob that never changes. The store knows nothing of files
 * and folders: which blobs are needed stands in {@link StorageStore}. Safe for use by several
 * threads and several nodes.
 */
public interface BlobStore {

  /**
   * Stores a new blob. It is durable when the method returns. If the method throws, or the process
   * is killed, a part of the blob may be left, which {@link #delete} removes.
   *
   * @param id the id of the blob; new
   * @param bytes is read to its end, and not closed
   * @param limits bounds the number of bytes and the time
   * @return the size and the hash of the blob
   * @throws IOException if {@code bytes} fails
   * @throws TooLongException if {@code bytes} has more bytes than allowed
   * @throws TooSlowException if the time is over before the end of {@code bytes}
   * @throws BlobStoreException if the store cannot write
   */
  Content store(UUID id, InputStream bytes, UploadLimits limits) throws IOException;

  /**
   * Opens a blob. It can be read until it is closed, even if it is deleted in the meantime.
   *
   * @throws BlobStoreException if the store cannot read
   */
  Blob open(UUID id);

  /**
   * Deletes a blob, and what an interrupted upload has left of it. Does nothing if there is none.
   *
   * @throws BlobStoreException if the store cannot delete it
   */
  void delete(UUID id);

  /**
   * Returns blobs, and parts of blobs, that were last written before {@code before}. Successive
   * calls go through the whole store, and then begin again.
   *
   * @param max the greatest number of blobs and folders that one call looks at, roughly
   * @return the ids, in no order
   * @throws BlobStoreException if the store cannot be read
   */
  List<UUID> next(Instant before, int max);

  /**
   * The limits of one upload.
   *
   * @param bytesMax the greatest number of bytes
   * @param timeout the time after which the upload fails
   */
  record UploadLimits(long bytesMax, Duration timeout) {}

  /**
   * An open blob.
   *
   * @param channel positioned at the first byte
   */
  record Blob(FileChannel channel, long size) implements Closeable {

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /** Says that the store cannot read or write. */
  final class BlobStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why the store cannot read or write. */
    public enum Reason {
      /** The disk has no space left. */
      FULL,
      /** The blob does not exist, although the database says so. */
      MISSING,
      /** The blob has another size than the database says. */
      DAMAGED,
      /** The disk or the folder cannot be used. */
      FAILED
    }

    /**
     * Creates an exception.
     *
     * @param reason why the store cannot read or write
     * @param doing what the store was asked to do, for a log
     * @param cause null if the store itself noticed the failure
     */
    public BlobStoreException(Reason reason, String doing, @Nullable Throwable cause) {
      super(doing + ": " + problem(reason), cause);
      this.reason = reason;
    }

    private static String problem(Reason reason) {
      return switch (reason) {
        case FULL -> "the disk of the blob folder is full";
        case MISSING -> "the blob folder does not have the file";
        case DAMAGED -> "the file in the blob folder has another size than the database says";
        case FAILED -> "the blob folder cannot be used";
      };
    }

    /** {@return why the store cannot read or write} */
    public Reason reason() {
      return reason;
    }
  }

  /** Says that an upload has more bytes than allowed. */
  final class TooLongException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception without a stack trace, because the client causes it. */
    public TooLongException() {
      super("the upload is too long", null, false, false);
    }
  }

  /** Says that an upload takes too much time. */
  final class TooSlowException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception without a stack trace, because the client causes it. */
    public TooSlowException() {
      super("the upload takes too long", null, false, false);
    }
  }
}
