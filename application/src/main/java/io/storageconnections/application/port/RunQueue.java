package io.storageconnections.application.port;

/**
 * Wakes the workers of this node. The store of runs queues each run in the transaction that starts
 * it, so that no run is lost; workers also find queued runs by polling. Thread-safe.
 */
@FunctionalInterface
public interface RunQueue {

  /** A queue for a node without workers, whose runs the workers of other nodes execute. */
  RunQueue WITHOUT_WORKERS = () -> {};

  /**
   * Lets the workers of this node look for queued runs now. It is called after the transaction that
   * queued a run was committed. Returns at once, and never fails.
   */
  void wake();
}
