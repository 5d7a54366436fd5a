package io.storageconnections.domain.connection;

import java.util.List;

/**
 * A connection that is about to be created, with its source files.
 *
 * @param connection the connection
 * @param sourceFiles the source files in the order of the request; at least one; no Storage file
 *     occurs twice; copied
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/create-storage-connection">The
 *     documented operation</a>
 */
public record NewConnection(StorageConnection connection, List<SourceFile> sourceFiles) {

  /**
   * Checks the value.
   *
   * @throws IllegalArgumentException if the list is empty, or a Storage file occurs twice
   */
  public NewConnection {
    sourceFiles = List.copyOf(sourceFiles);
    if (sourceFiles.isEmpty()) {
      throw new IllegalArgumentException("a new connection needs at least one source file");
    }
    var conflicts = FileMappings.NONE.conflictsWith(SourceFile.storageFileIds(sourceFiles));
    if (!conflicts.isEmpty()) {
      throw new IllegalArgumentException("a connection maps a file at most once: " + conflicts);
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

  /**
   * {@return the numbers of objects that this adds to an iModel: one connection and its source
   * files}
   */
  public Usage usage() {
    return new Usage(1, sourceFiles.size());
  }
}
