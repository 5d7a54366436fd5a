package io.storageconnections.embedded;

import io.storageconnections.adapter.execution.RunEngine;

/**
 * The workers of one node, which execute the runs of a {@link StorageConnectionsService} and of all
 * other services on the same database. Thread-safe.
 */
public final class RunWorkers implements AutoCloseable {

  private final RunEngine engine;
  private final StartedWorkers queue;

  RunWorkers(RunEngine engine, StartedWorkers queue) {
    this.engine = engine;
    this.queue = queue;
    queue.set(engine);
  }

  /** {@return the name of this node, which a run that it executes shows} */
  public String node() {
    return engine.node();
  }

  /**
   * Returns whether the database answers the workers, for a check of the server's health.
   *
   * @return whether the last statement on the queue of runs succeeded; true before the first one
   */
  public boolean reachesQueue() {
    return engine.reachesQueue();
  }

  /**
   * Stops the workers: each stops its connector and puts its run back, so that a worker of another
   * node continues it within the polling interval. Returns when no thread, process or temporary
   * file is left, or after the shutdown bound. A second call has no effect. Close the workers
   * before their service and before the {@code DataSource}.
   */
  @Override
  public void close() {
    queue.remove(engine);
    engine.close();
  }
}
