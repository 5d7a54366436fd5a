package io.storageconnections.application.port;

import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.DisplayName;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.StorageFileId;
import org.jspecify.annotations.Nullable;

/**
 * Which connections are meant: those of one iModel that fit everything that is not null.
 *
 * @param storageFileId one of its source files is this one; so there is one such connection or none
 * @param connectorType one of its source files is read by this connector
 * @param displayName it is called exactly so
 */
public record ConnectionFilter(
    IModelId iModel,
    @Nullable StorageFileId storageFileId,
    @Nullable ConnectorType connectorType,
    @Nullable DisplayName displayName) {

  /** All connections of an iModel. */
  public static ConnectionFilter of(IModelId iModel) {
    return new ConnectionFilter(iModel, null, null, null);
  }
}
