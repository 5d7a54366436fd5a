package io.storageconnections.domain.connection;

/**
 * What a source file is to be.
 *
 * <p>Source: api-contract.md, section 1.2, operation 12.
 *
 * @param storageFileId the file in Storage; may be the one it is already
 * @param connectorType the connector that is to read it; may be the one that reads it already
 */
public record SourceFileChange(StorageFileId storageFileId, ConnectorType connectorType) {}
