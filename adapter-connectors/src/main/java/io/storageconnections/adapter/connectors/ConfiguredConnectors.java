package io.storageconnections.adapter.connectors;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.port.Connector;
import io.storageconnections.application.port.Connectors;
import io.storageconnections.domain.connection.ConnectorType;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The connectors of a node: one for each connector type that has one of its own, and one for all
 * other types, or none. Immutable.
 */
public final class ConfiguredConnectors implements Connectors {

  private final Map<ConnectorType, Connector> byType;
  private final Optional<Connector> others;

  private ConfiguredConnectors(Map<ConnectorType, Connector> byType, Optional<Connector> others) {
    this.byType = byType;
    this.others = others;
  }

  /**
   * Returns connectors that have none for any type.
   *
   * @return connectors, to which {@link #with} adds
   */
  public static ConfiguredConnectors none() {
    return new ConfiguredConnectors(new EnumMap<>(ConnectorType.class), Optional.empty());
  }

  /**
   * Returns connectors that have the same one for all types.
   *
   * @param connector the connector for each type that has none of its own
   * @return connectors, to which {@link #with} adds
   * @throws NullPointerException if {@code connector} is null
   */
  public static ConfiguredConnectors of(Connector connector) {
    return new ConfiguredConnectors(
        new EnumMap<>(ConnectorType.class), Optional.of(requireNonNull(connector, "connector")));
  }

  /**
   * Returns these connectors, with a connector for one type.
   *
   * @param type the type; its connector in the result is {@code connector}
   * @param connector the connector
   * @return new connectors
   * @throws NullPointerException if {@code type} or {@code connector} is null
   */
  public ConfiguredConnectors with(ConnectorType type, Connector connector) {
    var more = new EnumMap<>(byType);
    more.put(requireNonNull(type, "type"), requireNonNull(connector, "connector"));
    return new ConfiguredConnectors(more, others);
  }

  @Override
  public Optional<Connector> connector(ConnectorType type) {
    return Optional.ofNullable(byType.get(requireNonNull(type, "type"))).or(() -> others);
  }
}
