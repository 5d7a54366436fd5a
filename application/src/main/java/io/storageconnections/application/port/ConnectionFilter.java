package io.storageconnections.application.port;

import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.DisplayName;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.StorageFileId;
import org.jspecify.annotations.Nullable;

/**
 * Which connections are meant: those of one iModel that fit everything that is not null.
 *
 * @param iModel the iModel whose connections are meant
 * @param storageFileId one of its source files is this one, so that there is one such connection or
 *     none; null for any
 * @param connectorType one of its source files is read by this connector; null for any
 * @param displayName it is called exactly so, case included; null for any name, and for none
 */
public record ConnectionFilter(
    IModelId iModel,
    @Nullable StorageFileId storageFileId,
    @Nullable ConnectorType connectorType,
    @Nullable DisplayName displayName) {

  /**
   * Means all connections of an iModel.
   *
   * @param iModel the iModel whose connections are meant
   * @return the filter that leaves none of them out
   */
  public static ConnectionFilter of(IModelId iModel) {
    return new ConnectionFilter(iModel, null, null, null);
  }
}
