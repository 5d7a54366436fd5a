package io.storageconnections.application.port;

import io.storageconnections.domain.run.Run;

/**
 * The context in which the thread of a worker executes a run, for logs and traces. Thread-safe:
 * several workers may be at work.
 */
@FunctionalInterface
public interface RunContext {

  /** Adds nothing to the thread. */
  RunContext NONE = run -> () -> {};

  /**
   * Enters the context of a run. The worker has picked the run up, and calls this on the thread
   * that opens the files of the run and calls its connectors.
   *
   * @param run the run as it was picked up
   * @return what leaves the context; the worker calls it on the same thread, once
   */
  Entered enter(Run run);

  /** Leaves a context. */
  @FunctionalInterface
  interface Entered {

    /** Restores what the thread had before. */
    void leave();
  }
}
