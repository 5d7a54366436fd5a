package io.storageconnections.bootstrap;

import io.opentelemetry.api.OpenTelemetry;
import io.storageconnections.application.contract.ConnectorsContract;
import io.storageconnections.application.port.Connector;
import io.storageconnections.application.port.Connectors;
import io.storageconnections.domain.connection.ConnectorType;
import java.util.Optional;

final class TracedConnectorsTest implements ConnectorsContract {

  private final Connector connector = (attempt, control) -> Optional.empty();

  private final Connectors traced =
      new TracedRuns(OpenTelemetry.noop())
          .traced(type -> Optional.of(connector).filter(any -> type.equals(ConnectorType.MSTN)));

  @Override
  public Connectors connectors() {
    return traced;
  }
}
