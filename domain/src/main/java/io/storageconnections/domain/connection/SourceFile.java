package io.storageconnections.domain.connection;

/** One file of Storage that a connection synchronizes, and the connector that reads it. */
public record SourceFile(
    SourceFileId id, StorageFileId storageFileId, ConnectorType connectorType) {}
