package io.storageconnections.embedded;

import io.storageconnections.application.port.RunQueue;
import java.util.concurrent.atomic.AtomicReference;

/** The workers of this node, as soon as the host has started them. Thread-safe. */
final class StartedWorkers implements RunQueue {

  private final AtomicReference<RunQueue> workers = new AtomicReference<>(RunQueue.WITHOUT_WORKERS);

  void set(RunQueue started) {
    workers.set(started);
  }

  /** Forgets workers that are closed, unless the host has started others meanwhile. */
  void remove(RunQueue closed) {
    workers.compareAndSet(closed, RunQueue.WITHOUT_WORKERS);
  }

  @Override
  public void wake() {
    workers.get().wake();
  }
}
