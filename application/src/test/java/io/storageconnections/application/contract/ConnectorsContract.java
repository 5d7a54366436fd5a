package io.storageconnections.application.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.port.Connectors;
import io.storageconnections.domain.connection.ConnectorType;
import org.junit.jupiter.api.Test;

/** The contract of all {@link Connectors}. A test class that implements it inherits the tests. */
public interface ConnectorsContract {

  /** Returns connectors that have a connector for {@code MSTN} and none for {@code IFC}. */
  Connectors connectors();

  @Test
  default void a_type_without_a_connector_has_none() {
    assertThat(connectors().connector(ConnectorType.IFC)).isEmpty();
  }

  @Test
  default void a_type_with_a_connector_has_the_same_one_at_each_call() {
    var connectors = connectors();
    assertThat(connectors.connector(ConnectorType.MSTN))
        .isPresent()
        .isEqualTo(connectors.connector(ConnectorType.MSTN));
  }
}
