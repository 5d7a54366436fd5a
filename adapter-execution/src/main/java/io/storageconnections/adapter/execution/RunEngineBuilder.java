package io.storageconnections.adapter.execution;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.run.ExecuteRun;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Builds a {@link RunEngine}. Not thread-safe. */
public final class RunEngineBuilder {

  /** The default of {@link #workers}: 4. */
  public static final int WORKERS_DEFAULT = 4;

  /** The default of {@link #pollingInterval}: one second. */
  public static final Duration POLLING_INTERVAL_DEFAULT = Duration.ofSeconds(1);

  /** The default of {@link #heartbeat}: ten seconds. */
  public static final Duration HEARTBEAT_DEFAULT = Duration.ofSeconds(10);

  /** The default of {@link #missedHeartbeats}: 6. */
  public static final int MISSED_HEARTBEATS_DEFAULT = 6;

  /** The least number of {@link #missedHeartbeats}: 4. */
  public static final int MISSED_HEARTBEATS_MIN = 4;

  /** The default of {@link #shutdownBound}: 20 seconds. */
  public static final Duration SHUTDOWN_BOUND_DEFAULT = Duration.ofSeconds(20);

  /** The greatest length of the name of a node, in UTF-16 units: 255. */
  public static final int NODE_LENGTH_MAX = 255;

  final DataSource dataSource;
  final Function<Clock, ExecuteRun> executeRun;
  int workers = WORKERS_DEFAULT;
  Duration pollingInterval = POLLING_INTERVAL_DEFAULT;
  Duration heartbeat = HEARTBEAT_DEFAULT;
  int missedHeartbeats = MISSED_HEARTBEATS_DEFAULT;
  Duration shutdownBound = SHUTDOWN_BOUND_DEFAULT;
  String node = UUID.randomUUID().toString();
  @Nullable Clock clock;
  Runnable leaseLost = () -> {};

  /**
   * Creates a builder.
   *
   * @param dataSource the database, H2 or PostgreSQL. A connection pool of its own, of four or more
   *     connections, so that heartbeats do not wait for requests. The engine does not close it
   * @param executeRun returns the use case for the clock of the engine, which is the database's
   *     time unless {@link #clock} is called
   */
  public RunEngineBuilder(DataSource dataSource, Function<Clock, ExecuteRun> executeRun) {
    this.dataSource = requireNonNull(dataSource, "dataSource");
    this.executeRun = requireNonNull(executeRun, "executeRun");
  }

  /**
   * Sets how many runs the node executes at the same time.
   *
   * @param count 1 or more
   * @return this builder
   * @throws IllegalArgumentException if {@code count} is less than 1
   */
  public RunEngineBuilder workers(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("an engine has one worker or more: " + count);
    }
    this.workers = count;
    return this;
  }

  /**
   * Sets how often the node looks for runs that other nodes have queued.
   *
   * @param interval positive
   * @return this builder
   * @throws IllegalArgumentException if {@code interval} is less than a millisecond
   */
  public RunEngineBuilder pollingInterval(Duration interval) {
    this.pollingInterval = positive(interval, "polling interval");
    return this;
  }

  /**
   * Sets the time between two heartbeats. All nodes on one database have the same.
   *
   * @param interval positive
   * @return this builder
   * @throws IllegalArgumentException if {@code interval} is less than a millisecond
   */
  public RunEngineBuilder heartbeat(Duration interval) {
    this.heartbeat = positive(interval, "heartbeat");
    return this;
  }

  /**
   * Sets after how many missing heartbeats a node counts as dead. All nodes on one database have
   * the same.
   *
   * @param count {@link #MISSED_HEARTBEATS_MIN} or more
   * @return this builder
   * @throws IllegalArgumentException if {@code count} is less
   */
  public RunEngineBuilder missedHeartbeats(int count) {
    if (count < MISSED_HEARTBEATS_MIN) {
      throw new IllegalArgumentException(
          "a node counts as dead after "
              + MISSED_HEARTBEATS_MIN
              + " missing heartbeats or more: "
              + count);
    }
    this.missedHeartbeats = count;
    return this;
  }

  /**
   * Sets how long {@link RunEngine#close} waits for the workers.
   *
   * @param atMost positive
   * @return this builder
   * @throws IllegalArgumentException if {@code atMost} is less than a millisecond
   */
  public RunEngineBuilder shutdownBound(Duration atMost) {
    this.shutdownBound = positive(atMost, "shutdown bound");
    return this;
  }

  /**
   * Sets the name of the node. By default it is a random UUID.
   *
   * @param name not blank; at most {@link #NODE_LENGTH_MAX} UTF-16 units. Other nodes should have
   *     other names; correctness does not depend on it
   * @return this builder
   * @throws IllegalArgumentException if {@code name} is blank or too long
   */
  public RunEngineBuilder node(String name) {
    if (name.isBlank() || name.length() > NODE_LENGTH_MAX) {
      throw new IllegalArgumentException(
          "the name of a node has 1 to " + NODE_LENGTH_MAX + " characters: " + name);
    }
    this.node = name;
    return this;
  }

  /**
   * Sets a clock for the times of runs, for tests that set the time. Heartbeats do not use it. By
   * default the engine uses the database's time, which does not depend on the clock of the node.
   *
   * @param ownClock the clock
   * @return this builder
   */
  public RunEngineBuilder clock(Clock ownClock) {
    this.clock = requireNonNull(ownClock, "clock");
    return this;
  }

  /**
   * Sets a listener of lost leases, for a metric. Default: none.
   *
   * @param listener is called when a worker has stopped because other nodes may continue its run,
   *     and not because the engine is closed; returns at once. Thread-safe
   * @return this builder
   */
  public RunEngineBuilder onLeaseLost(Runnable listener) {
    this.leaseLost = requireNonNull(listener, "listener");
    return this;
  }

  /** {@return the engine, which is not started} */
  public RunEngine build() {
    return new RunEngine(this);
  }

  private static Duration positive(Duration value, String name) {
    if (value.toMillis() < 1) {
      throw new IllegalArgumentException("the " + name + " must be positive: " + value);
    }
    return value;
  }
}
