package io.storageconnections.application.port;

import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.DisplayName;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.StorageFileId;
import org.jspecify.annotations.Nullable;

/**
 * Selects the connections of one iModel that meet every condition that is not null.
 *
 * @param iModel the iModel of the connections
 * @param storageFileId the connection has this source file, so that at most one is selected; null
 *     for no condition
 * @param connectorType the connection has a source file that this connector reads; null for no
 *     condition
 * @param displayName the connection has exactly this name, compared case-sensitively; null for no
 *     condition
 */
public record ConnectionFilter(
    IModelId iModel,
    @Nullable StorageFileId storageFileId,
    @Nullable ConnectorType connectorType,
    @Nullable DisplayName displayName) {

  /**
   * Selects all connections of an iModel.
   *
   * @param iModel the iModel of the connections
   * @return the filter without further conditions
   */
  public static ConnectionFilter of(IModelId iModel) {
    return new ConnectionFilter(iModel, null, null, null);
  }
}
