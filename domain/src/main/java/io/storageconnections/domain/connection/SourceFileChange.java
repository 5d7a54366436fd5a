package io.storageconnections.domain.connection;

import org.jspecify.annotations.Nullable;

/**
 * New values for a source file. They may equal the current values.
 *
 * @param storageFileId the new file in Storage
 * @param connectorType the connector that reads the new file
 * @param fileName the name of the new file; null if it is not known
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/update-storage-connection-sourcefile">The
 *     documented operation</a>
 */
public record SourceFileChange(
    StorageFileId storageFileId, ConnectorType connectorType, @Nullable FileName fileName) {

  /**
   * Creates a change to a file whose name is not known.
   *
   * @param storageFileId the new file in Storage
   * @param connectorType the connector that reads the new file
   */
  public SourceFileChange(StorageFileId storageFileId, ConnectorType connectorType) {
    this(storageFileId, connectorType, null);
  }
}
