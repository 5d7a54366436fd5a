package io.storageconnections.adapter.execution;

import io.storageconnections.adapter.execution.clock.DatabaseClock;
import io.storageconnections.adapter.execution.worker.Leases;
import io.storageconnections.adapter.execution.worker.RunScheduler;
import io.storageconnections.adapter.execution.worker.RunTask;
import io.storageconnections.application.port.RunQueue;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;

/**
 * Executes the queued runs of all nodes on one database, each on one node at a time. If a node
 * fails, another one continues its runs within {@code (missedHeartbeats + 2) * heartbeat +
 * pollingInterval}; a worker stops before that by its own lease. An engine that is closed puts its
 * runs back, and another node continues them within its polling interval.
 *
 * <p>The tables must exist (migrations of the module {@code adapter-persistence}). The engine has
 * no thread before {@link #start} and after {@link #close}. Thread-safe.
 */
public final class RunEngine implements RunQueue, AutoCloseable {

  private final String node;
  private final Clock clock;
  private final Duration shutdownBound;
  private final RunScheduler scheduler;

  /** Guarded by this. */
  private State state = State.NEW;

  RunEngine(RunEngineBuilder settings) {
    this.node = settings.node;
    this.shutdownBound = settings.shutdownBound;
    var databaseClock = new DatabaseClock(settings.dataSource, InstantSource.system());
    this.clock = settings.clock == null ? databaseClock.withZone(ZoneOffset.UTC) : settings.clock;
    var leases = new Leases(settings.heartbeat.multipliedBy(settings.missedHeartbeats));
    this.scheduler =
        RunScheduler.create(
            settings.dataSource,
            new RunScheduler.Settings(
                node,
                settings.workers,
                settings.pollingInterval,
                settings.heartbeat,
                settings.missedHeartbeats),
            new RunTask(settings.executeRun.apply(clock), node, leases, clock, settings.leaseLost),
            clock,
            databaseClock,
            leases);
  }

  /** {@return the name of this node} */
  public String node() {
    return node;
  }

  /**
   * {@return the clock of the engine: the database's time, or the clock that the builder was given}
   */
  public Clock clock() {
    return clock;
  }

  /**
   * Starts the workers. It does not fail if the database does not answer: the engine tries again.
   *
   * @throws IllegalStateException if the engine was started or closed before
   */
  public synchronized void start() {
    if (state != State.NEW) {
      throw new IllegalStateException("the engine was started or closed before");
    }
    state = State.STARTED;
    scheduler.start();
  }

  /**
   * Returns whether the database answers the workers, for a check of the server's health.
   *
   * @return whether the last statement on the queue succeeded; true before the first one
   */
  public boolean reachesQueue() {
    return scheduler.reachesQueue();
  }

  /** Lets the workers look for queued runs now. No effect before the start and after the close. */
  @Override
  public void wake() {
    scheduler.triggerCheckForDueExecutions();
  }

  /**
   * Stops the workers, and returns when no thread is left, or the shutdown bound has passed; if the
   * database does not answer, up to 12 seconds later. The leases of the workers end, so each worker
   * puts its run back into the queue as soon as its connector has stopped. The engine interrupts
   * the workers that have not stopped after three quarters of the bound. No effect if the engine is
   * closed.
   */
  @Override
  public synchronized void close() {
    if (state != State.CLOSED) {
      state = State.CLOSED;
      scheduler.stop(shutdownBound);
    }
  }

  private enum State {
    NEW,
    STARTED,
    CLOSED
  }
}
