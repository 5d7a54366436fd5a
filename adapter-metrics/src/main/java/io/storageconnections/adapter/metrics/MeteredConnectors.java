package io.storageconnections.adapter.metrics;

import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.storageconnections.application.port.Attempt;
import io.storageconnections.application.port.Connector;
import io.storageconnections.application.port.Connectors;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.run.AttemptOutcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Connectors whose attempts are timed. Thread-safe. */
final class MeteredConnectors implements Connectors {

  /** The result of an attempt that the server stopped. */
  private static final String STOPPED = "Stopped";

  /** The result of an attempt that ended with an exception. */
  private static final String DEFECT = "Defect";

  private static final Duration[] BUCKETS = {
    Duration.ofSeconds(1),
    Duration.ofSeconds(10),
    Duration.ofMinutes(1),
    Duration.ofMinutes(5),
    Duration.ofMinutes(30),
    Duration.ofHours(1)
  };

  private final Connectors next;
  private final MeterProvider<Timer> attempts;

  MeteredConnectors(Connectors next, MeterRegistry registry) {
    this.next = next;
    this.attempts =
        Timer.builder("storage.connections.connector.attempts")
            .description("Attempts of connectors to synchronize a file")
            .serviceLevelObjectives(BUCKETS)
            .withRegistry(registry);
  }

  @Override
  public Optional<Connector> connector(ConnectorType type) {
    return next.connector(type).map(connector -> new Metered(connector, type, attempts));
  }

  /** A connector is equal to one of the same type that measures the same connector. */
  private record Metered(Connector connector, ConnectorType type, MeterProvider<Timer> attempts)
      implements Connector {

    @Override
    public Optional<AttemptOutcome> attempt(Attempt attempt, AttemptControl control)
        throws InterruptedException {
      var start = System.nanoTime();
      try {
        var outcome = connector.attempt(attempt, control);
        record(outcome.map(ended -> ended.result().toString()).orElse(STOPPED), start);
        return outcome;
      } catch (InterruptedException interrupted) {
        record(STOPPED, start);
        throw interrupted;
      } catch (RuntimeException defect) {
        record(DEFECT, start);
        throw defect;
      }
    }

    @Override
    public Optional<Duration> timeLimit() {
      return connector.timeLimit();
    }

    private void record(String result, long start) {
      attempts
          .withTags("connector_type", type.name(), "result", result)
          .record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
    }
  }
}
