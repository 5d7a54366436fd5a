package io.storageconnections.domain.connection;

import java.util.List;

/**
 * A connection with the files it is born with: one at least, none twice.
 *
 * @param connection the connection itself, just being made
 * @param sourceFiles in the order they were asked for; copied
 */
public record NewConnection(StorageConnection connection, List<SourceFile> sourceFiles) {

  /**
   * Checks the value.
   *
   * @throws IllegalArgumentException if there is no file, or a Storage file occurs twice
   */
  public NewConnection {
    sourceFiles = List.copyOf(sourceFiles);
    if (sourceFiles.isEmpty()) {
      throw new IllegalArgumentException("a connection is born with a file");
    }
    var conflicts = FileMappings.NONE.conflictsWith(SourceFile.storageFileIds(sourceFiles));
    if (!conflicts.isEmpty()) {
      throw new IllegalArgumentException("one connection maps a file once: " + conflicts);
    }
  }

  /** {@return the id of the connection} */
  public ConnectionId id() {
    return connection.id();
  }

  /** {@return the iModel that the files are synchronized to} */
  public IModelId iModel() {
    return connection.iModel();
  }

  /** {@return the Storage files of {@link #sourceFiles()}, in the same order} */
  public List<StorageFileId> storageFileIds() {
    return SourceFile.storageFileIds(sourceFiles);
  }

  /** {@return what this adds to an iModel: one connection, and its source files} */
  public Usage usage() {
    return new Usage(1, sourceFiles.size());
  }
}
