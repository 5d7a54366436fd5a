package io.storageconnections.adapter.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.storageconnections.application.port.LiveRuns;
import io.storageconnections.domain.run.RunState;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gauges of the runs in the database. One thread reads them, so that a database that does not
 * answer delays a scrape by a second at most, and keeps one thread only. Thread-safe.
 */
final class LiveRunGauges implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LiveRunGauges.class);

  private static final Duration READ_AT_MOST_EVERY = Duration.ofSeconds(5);
  private static final Duration WAIT_MAX = Duration.ofSeconds(1);

  /** The states that a live run has on this server. */
  private static final List<RunState> STATES =
      List.of(
          RunState.QUEUED,
          RunState.WAITING_TO_EXECUTE,
          RunState.EXECUTING,
          RunState.WAITING_TO_RETRY);

  private final Supplier<LiveRuns> read;
  private final Clock clock;
  private final ExecutorService reader =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("metrics-of-runs").factory());

  /** Guarded by this. */
  private @Nullable Future<LiveRuns> reading;

  /** Guarded by this. */
  private long readSince;

  /** Null if the last reading failed, or did not end in time. */
  private volatile @Nullable LiveRuns last;

  LiveRunGauges(Supplier<LiveRuns> read, Clock clock) {
    this.read = read;
    this.clock = clock;
  }

  void bindTo(MeterRegistry registry) {
    for (var state : STATES) {
      Gauge.builder("storage.connections.runs.live", () -> value(runs -> runs.count(state)))
          .description("Live runs on all nodes, by state")
          .tag("state", state.toString())
          .register(registry);
    }
    Gauge.builder("storage.connections.runs.oldest.queued.age", () -> value(this::ageOfOldest))
        .description("How long the run that waits longest for a worker has waited; 0 if none waits")
        .baseUnit("seconds")
        .register(registry);
  }

  private double value(ToDoubleFunction<LiveRuns> property) {
    var runs = last;
    return runs == null ? Double.NaN : property.applyAsDouble(runs);
  }

  private double ageOfOldest(LiveRuns runs) {
    return runs.oldestQueuedSince()
        .map(since -> Math.max(0, Duration.between(since, clock.instant()).toMillis() / 1000.0))
        .orElse(0.0);
  }

  /** Reads the runs again, unless that happened a moment ago. */
  synchronized void refresh() {
    if (reading != null && !isOld()) {
      return;
    }
    if (reading == null || reading.isDone()) {
      reading = reader.submit(read::get);
      readSince = System.nanoTime();
    }
    try {
      last = reading.get(WAIT_MAX.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException failure) {
      LOG.debug("The live runs cannot be counted", failure);
      last = null;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      last = null;
    }
  }

  /** A failed reading is repeated at once, so that the values return with the database. */
  private boolean isOld() {
    return last == null || System.nanoTime() - readSince >= READ_AT_MOST_EVERY.toNanos();
  }

  @Override
  public void close() {
    reader.shutdownNow();
  }
}
