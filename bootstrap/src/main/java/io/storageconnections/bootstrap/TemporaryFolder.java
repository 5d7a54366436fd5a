package io.storageconnections.bootstrap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** A new folder for temporary files. */
final class TemporaryFolder implements AutoCloseable {

  private final Path path;

  /**
   * Creates the folder.
   *
   * @throws UncheckedIOException if it cannot be created
   */
  TemporaryFolder() {
    try {
      path = Files.createTempDirectory("storage-connections");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path path() {
    return path;
  }

  /** Deletes the folder with everything in it. A second call fails. */
  @Override
  public void close() throws IOException {
    try (var all = Files.walk(path)) {
      for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
