package io.storageconnections.application.run;

import io.storageconnections.application.port.RunExecution;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.domain.run.RunKey;
import java.time.Instant;

/**
 * Executes a run on the thread of a worker: picks it up, attempts its tasks one after the other,
 * and reports how each attempt ended. Every step is stored before the next one begins, so that
 * another worker can continue the run at any moment. Thread-safe: several workers execute runs.
 */
@FunctionalInterface
public interface ExecuteRun {

  /**
   * Returns the use case on the given dependencies.
   *
   * @param execution what the use case needs from outside
   * @return the use case
   */
  static ExecuteRun on(RunExecution execution) {
    return new ExecuteRunUseCase(execution);
  }

  /**
   * Executes a run until it is completed, waits for a retry, or the worker must stop.
   *
   * @param run the run; may not exist any more
   * @param worker the worker
   * @return what the worker does with the run next
   * @throws StoreException if the store cannot answer. Another call for the same run, with a higher
   *     fence, continues it
   * @throws InterruptedException if the thread is interrupted; as with an exception of the store
   */
  Next execute(RunKey run, Worker worker) throws InterruptedException;

  /**
   * A worker that has a run.
   *
   * @param fence greater than that of every worker that had the run before
   * @param node the name of the node; at most 255 characters
   * @param lease the lease of the worker on the run
   */
  record Worker(long fence, String node, Lease lease) {}

  /** The time for which a worker has a run. Thread-safe. */
  @FunctionalInterface
  interface Lease {

    /**
     * {@return whether the worker must stop now: its node shuts down, or will soon count as dead
     * because its heartbeats do not reach the other nodes}
     */
    boolean mustStop();
  }

  /** What the worker does with a run next. */
  sealed interface Next {}

  /** The worker removes the run from its queue: it is completed, or another worker has it. */
  record Done() implements Next {}

  /**
   * The worker puts the run back into the queue.
   *
   * @param time when a worker picks up the run again; now or later
   */
  record Requeue(Instant time) implements Next {}
}
