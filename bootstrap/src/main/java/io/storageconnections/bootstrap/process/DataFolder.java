package io.storageconnections.bootstrap.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder in which the server keeps its files. */
public final class DataFolder {

  private DataFolder() {}

  /**
   * Creates the folder if it does not exist, and checks that the server can write to it.
   *
   * @param folder the folder
   * @throws UncheckedIOException if the folder cannot be created or written to; the message says
   *     what to do
   */
  public static void prepare(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, "write-check", ".tmp"));
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "the server cannot write to its data folder %s: %s. Let the server's user write there, or"
                  .formatted(folder, CauseChain.describe(failure))
              + " set STORAGE_CONNECTIONS_DATA_FOLDER to another folder",
          failure);
    }
  }
}
