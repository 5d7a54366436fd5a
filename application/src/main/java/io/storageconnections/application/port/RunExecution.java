package io.storageconnections.application.port;

import static java.util.Objects.requireNonNull;

import io.storageconnections.domain.run.RetryPolicy;
import io.storageconnections.domain.run.Run;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What the execution of runs needs from outside. Every component must be thread-safe.
 *
 * @param store stores the runs
 * @param connectors the connectors of this node
 * @param contents opens the contents of files
 * @param retries how often a task is attempted
 * @param timeLimit the time limit of an attempt, for connectors without one of their own; positive
 * @param clock the current time; the same for all nodes as far as possible, because one node begins
 *     an attempt whose time another node has set
 * @param realTime the time by which the worker asks the store about every second whether it may
 *     continue; differs from {@code clock} only in tests whose clock stands still
 * @param context surrounds the execution of each run
 */
public record RunExecution(
    RunStore store,
    Connectors connectors,
    SourceContents contents,
    RetryPolicy retries,
    Duration timeLimit,
    Clock clock,
    InstantSource realTime,
    RunContext context) {

  /**
   * Checks the components.
   *
   * @throws NullPointerException if one is null
   * @throws IllegalArgumentException if {@code timeLimit} is not positive
   */
  public RunExecution {
    requireNonNull(store, "store");
    requireNonNull(connectors, "connectors");
    requireNonNull(contents, "contents");
    requireNonNull(retries, "retries");
    requireNonNull(clock, "clock");
    requireNonNull(realTime, "realTime");
    requireNonNull(context, "context");
    if (!timeLimit.isPositive()) {
      throw new IllegalArgumentException("the time limit must be positive: " + timeLimit);
    }
  }

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
}
