package io.storageconnections.application.port;

import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.IModelId;
import org.jspecify.annotations.Nullable;

/**
 * Selects entries of the audit trail.
 *
 * @param iModel the iModel that the entries concern
 * @param connection the connection that they concern; null for all of the iModel
 */
public record AuditFilter(IModelId iModel, @Nullable ConnectionId connection) {

  /**
   * Checks the ids.
   *
   * @throws IllegalArgumentException if the connection belongs to another iModel
   */
  public AuditFilter {
    if (connection != null && !connection.iModel().equals(iModel)) {
      throw new IllegalArgumentException("the connection belongs to another iModel");
    }
  }
}
