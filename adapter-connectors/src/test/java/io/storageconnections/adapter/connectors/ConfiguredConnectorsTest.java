package io.storageconnections.adapter.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.contract.ConnectorsContract;
import io.storageconnections.application.port.Connector;
import io.storageconnections.application.port.Connectors;
import io.storageconnections.application.port.RunScripts;
import io.storageconnections.domain.connection.ConnectorType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ConfiguredConnectorsTest implements ConnectorsContract {

  private final Connector one = new SimulatedConnector(RunScripts.NONE);
  private final Connector other = new SimulatedConnector(RunScripts.NONE);

  @Override
  public Connectors connectors() {
    return ConfiguredConnectors.none().with(ConnectorType.MSTN, one);
  }

  @ParameterizedTest
  @EnumSource
  void without_any_connector_no_type_has_one(ConnectorType type) {
    assertThat(ConfiguredConnectors.none().connector(type)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void the_default_connector_is_that_of_every_type(ConnectorType type) {
    assertThat(ConfiguredConnectors.of(one).connector(type)).containsSame(one);
  }

  @Test
  void a_type_with_its_own_connector_does_not_have_the_default() {
    var connectors = ConfiguredConnectors.of(one).with(ConnectorType.IFC, other);
    assertThat(connectors.connector(ConnectorType.IFC)).containsSame(other);
    assertThat(connectors.connector(ConnectorType.DWG)).containsSame(one);
  }

  @Test
  void adding_a_connector_does_not_change_the_connectors_it_is_added_to() {
    var before = ConfiguredConnectors.none();
    before.with(ConnectorType.IFC, one);
    assertThat(before.connector(ConnectorType.IFC)).isEmpty();
  }
}
