package io.storageconnections.adapter.metrics;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.storageconnections.application.UseCases;
import io.storageconnections.application.port.Connectors;
import io.storageconnections.application.port.LiveRuns;
import io.storageconnections.application.port.Verification;
import io.storageconnections.domain.run.RunResult;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of one server, and of the process in which it runs. The values of every tag come from
 * a fixed set or from the routes of the server: no tag contains an id, or a text of a caller.
 * Thread-safe.
 */
public final class ServerMetrics implements AutoCloseable {

  /** The tag of requests whose path matches no route. */
  static final String UNMATCHED = "unmatched";

  /** Few, because each is a time series for each route, method and status. */
  private static final Duration[] REQUEST_BUCKETS = {
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(10)
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ProcessMetrics process = new ProcessMetrics();
  private final MeterProvider<Timer> requests =
      Timer.builder("http.server.requests")
          .description("Requests to the API, by route")
          .serviceLevelObjectives(REQUEST_BUCKETS)
          .withRegistry(registry);
  private final Counter admitted = rateLimited("admitted");
  private final Counter refused = rateLimited("refused");
  private final Counter leaseLosses =
      Counter.builder("storage.connections.run.lease.losses")
          .description("Runs that this node had to give up, other than at its shutdown")
          .register(registry);
  private final MeteredUseCases.Operations operations = new MeteredUseCases.Operations(registry);
  private final TokenVerifications verifications = new TokenVerifications(registry);
  private @Nullable LiveRunGauges liveRuns;

  /** Creates the metrics of a server, and adds those of the process. */
  public ServerMetrics() {
    for (var result : RunResult.values()) {
      if (result != RunResult.UNDETERMINED) {
        completed(result);
      }
    }
    process.bindTo(registry);
  }

  private Counter rateLimited(String outcome) {
    return Counter.builder("storage.connections.rate.limit.requests")
        .description("Requests that the rate limit has counted")
        .tag("outcome", outcome)
        .register(registry);
  }

  private Counter completed(RunResult result) {
    return Counter.builder("storage.connections.runs.completed")
        .description("Runs that this node has completed")
        .tag("result", result.toString())
        .register(registry);
  }

  /**
   * Adds a metric with the constant value 1, whose tags describe the server.
   *
   * @param version the version of the server
   * @param commit the id of the commit from which the server was built; empty if it is not known
   */
  public void describe(String version, String commit) {
    Gauge.builder("storage.connections.build.info", () -> 1)
        .description("The server that runs")
        .tags("version", version, "commit", commit)
        .register(registry);
  }

  /**
   * {@return the registry of the metrics, a {@code MeterRegistry} of Micrometer, for a connection
   * pool that records its own metrics}
   */
  public Object registry() {
    return registry;
  }

  /**
   * Records an answered request.
   *
   * @param method the method of HTTP, or a text that stands for all others: the caller bounds the
   *     number of its values, because each is a time series
   * @param route the template of the route, such as {@code /itwins/{id}}; null if the path matches
   *     no route
   * @param status the status of the answer
   * @param duration the time from the arrival of the request to the end of the answer
   */
  public void requestAnswered(
      String method, @Nullable String route, int status, Duration duration) {
    requests
        .withTags(
            "method",
            method,
            "uri",
            route == null ? UNMATCHED : route,
            "status",
            String.valueOf(status))
        .record(duration);
  }

  /**
   * Records that the rate limit has counted a request.
   *
   * @param isAdmitted whether the request is within the limit
   */
  public void requestCounted(boolean isAdmitted) {
    (isAdmitted ? admitted : refused).increment();
  }

  /**
   * Records that a run was completed.
   *
   * @param result the result of the run
   */
  public void runCompleted(RunResult result) {
    completed(result).increment();
  }

  /** Records that this node lost a run while it executed the run. */
  public void leaseLost() {
    leaseLosses.increment();
  }

  /**
   * Times the verification of tokens.
   *
   * @param verifier verifies a token, as {@link Verification} describes it
   * @return a verifier that calls {@code verifier}
   */
  public Function<String, Verification> timingVerifications(
      Function<String, Verification> verifier) {
    return verifications.timing(requireNonNull(verifier, "verifier"));
  }

  /**
   * Counts the outcomes of operations.
   *
   * @param useCases the operations
   * @return use cases that call {@code useCases}
   */
  public UseCases counting(UseCases useCases) {
    return new MeteredUseCases(
        requireNonNull(useCases, "useCases"), operations, this::runCompleted);
  }

  /**
   * Times the attempts of connectors.
   *
   * @param connectors the connectors
   * @return connectors that call {@code connectors}
   */
  public Connectors timingAttempts(Connectors connectors) {
    return new MeteredConnectors(requireNonNull(connectors, "connectors"), registry);
  }

  /**
   * Adds gauges of the runs that are live on all nodes. They are read when {@link #text()} is
   * called, at most once in five seconds, on a thread of this object; they have no value if the
   * reading fails, or takes longer than a second.
   *
   * @param read counts the runs; may throw an exception
   * @param clock the clock by which the age of a run is computed
   * @throws IllegalStateException if this method was called before
   */
  public synchronized void liveRuns(Supplier<LiveRuns> read, Clock clock) {
    if (liveRuns != null) {
      throw new IllegalStateException("the gauges of live runs exist already");
    }
    liveRuns = new LiveRunGauges(read, clock);
    liveRuns.bindTo(registry);
  }

  /** {@return all metrics with their current values, in the text format of Prometheus} */
  public String text() {
    LiveRunGauges gauges;
    synchronized (this) {
      gauges = liveRuns;
    }
    if (gauges != null) {
      gauges.refresh();
    }
    return registry.scrape();
  }

  /** Ends all threads and listeners of the metrics. A second call has no effect. */
  @Override
  public synchronized void close() {
    if (liveRuns != null) {
      liveRuns.close();
    }
    process.close();
    registry.close();
  }
}
