package io.storageconnections.domain.connection;

/**
 * New values for a source file. They may equal the current values.
 *
 * @param storageFileId the new file in Storage
 * @param connectorType the connector that reads the new file
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/update-storage-connection-sourcefile">The
 *     documented operation</a>
 */
public record SourceFileChange(StorageFileId storageFileId, ConnectorType connectorType) {}
