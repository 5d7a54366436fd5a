package io.storageconnections.bootstrap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder that the server keeps its files in. */
final class DataFolder {

  private DataFolder() {}

  /**
   * Makes the folder if it does not exist, and checks that files can be written in it.
   *
   * @throws UncheckedIOException if that is not so; the message says what to do
   */
  static void prepare(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, "write-check", ".tmp"));
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "the server cannot write to its data folder %s: %s. Let the server's user write there, or"
                  .formatted(folder, Causes.of(failure))
              + " set STORAGE_CONNECTIONS_DATA_FOLDER to another folder",
          failure);
    }
  }
}
