package io.storageconnections.application.port;

import io.storageconnections.domain.connection.ConnectorType;
import java.util.Optional;

/** The connectors that this node can execute. Thread-safe. */
@FunctionalInterface
public interface Connectors {

  /** Has no connector: every task fails with the error {@code BridgeBatchPoolNotFound}. */
  Connectors NONE = type -> Optional.empty();

  /**
   * Returns the connector for a type of files.
   *
   * @param type the connector type
   * @return the connector; empty if none is configured for this type
   */
  Optional<Connector> connector(ConnectorType type);
}
