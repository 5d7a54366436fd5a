package io.storageconnections.bootstrap;

import io.storageconnections.adapter.connectors.ConfiguredConnectors;
import io.storageconnections.adapter.connectors.SimulatedConnector;
import io.storageconnections.adapter.execution.RunEngineBuilder;
import io.storageconnections.application.port.Connectors;
import io.storageconnections.application.port.RunRules;
import io.storageconnections.application.port.RunScripts;
import io.storageconnections.embedded.RunWorkersBuilder;
import java.util.function.Consumer;
import java.util.function.Function;

/** How a server executes runs. */
final class ServedRuns {

  /** How many connections the workers' pool has besides one for each worker. */
  private static final int CONNECTIONS_OF_THE_ENGINE = 4;

  RunRules rules = RunRules.DEFAULT;

  Function<RunScripts, Connectors> connectors =
      scripts -> ConfiguredConnectors.of(new SimulatedConnector(scripts));

  int workers = RunEngineBuilder.WORKERS_DEFAULT;

  Consumer<RunWorkersBuilder> configuration = workers -> {};

  /** Returns how many connections the pool of the workers has. */
  int connections() {
    return workers + CONNECTIONS_OF_THE_ENGINE;
  }
}
