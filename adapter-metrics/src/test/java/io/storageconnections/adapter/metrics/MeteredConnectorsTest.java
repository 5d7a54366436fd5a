package io.storageconnections.adapter.metrics;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.storageconnections.application.contract.ConnectorsContract;
import io.storageconnections.application.port.Connector;
import io.storageconnections.application.port.Connectors;
import io.storageconnections.domain.connection.ConnectorType;
import java.util.Optional;

final class MeteredConnectorsTest implements ConnectorsContract {

  private final Connector connector = (attempt, control) -> Optional.empty();

  private final Connectors metered =
      new MeteredConnectors(
          type -> Optional.of(connector).filter(any -> type.equals(ConnectorType.MSTN)),
          new SimpleMeterRegistry());

  @Override
  public Connectors connectors() {
    return metered;
  }
}
