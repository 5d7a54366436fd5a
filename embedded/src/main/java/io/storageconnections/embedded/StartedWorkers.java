package io.storageconnections.embedded;

import io.storageconnections.application.port.RunQueue;

/** The workers of this node, as soon as the host has started them. Thread-safe. */
final class StartedWorkers implements RunQueue {

  private volatile RunQueue workers = RunQueue.WITHOUT_WORKERS;

  synchronized void set(RunQueue started) {
    workers = started;
  }

  /** Forgets workers that are closed, unless the host has started others meanwhile. */
  synchronized void remove(RunQueue closed) {
    if (workers.equals(closed)) {
      workers = RunQueue.WITHOUT_WORKERS;
    }
  }

  @Override
  public void wake() {
    workers.wake();
  }
}
