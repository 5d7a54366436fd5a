package io.storageconnections.domain.connection;

/**
 * What a source file is to be.
 *
 * <p>Source: api-contract.md, section 1.2, operation 12.
 */
public record SourceFileChange(StorageFileId storageFileId, ConnectorType connectorType) {}
