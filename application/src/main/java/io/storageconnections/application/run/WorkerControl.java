package io.storageconnections.application.run;

import io.storageconnections.application.port.Connector.AttemptControl;
import io.storageconnections.application.port.RunExecution;
import io.storageconnections.application.port.RunStore;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.run.ExecuteRun.Worker;
import io.storageconnections.domain.run.RunKey;
import io.storageconnections.domain.run.Task;
import io.storageconnections.domain.run.TaskId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * Watches an attempt for its worker: asks the store about every second whether the attempt may
 * continue, and saves the output. For the thread of the attempt, except {@link #print}.
 */
final class WorkerControl implements AttemptControl, AutoCloseable {

  /** The time between two checks of the lease and the deadline. */
  private static final int PAUSE_MILLIS = 20;

  /** The least time between two calls of {@link RunStore#mayContinue}. */
  private static final Duration STORE_CHECK_INTERVAL = Duration.ofSeconds(1);

  private final RunStore store;
  private final RunKey run;
  private final TaskId task;
  private final Worker worker;
  private final Clock clock;
  private final Instant deadline;
  private final OutputTail output = new OutputTail(RunStore.OUTPUT_BYTES_MAX);
  private final InstantSource realTime;
  private Instant checked;
  private boolean mustStop;
  private boolean timeExceeded;

  WorkerControl(RunExecution execution, RunKey run, Task task, Worker worker, Instant deadline) {
    store = execution.store();
    this.run = run;
    this.task = task.id();
    this.worker = worker;
    clock = execution.clock();
    realTime = execution.realTime();
    checked = realTime.instant();
    this.deadline = deadline;
    if (task.attempts() > 1) {
      // Replaces the output of the last attempt, also if this one prints nothing.
      output.markUnsaved();
    }
  }

  Instant deadline() {
    return deadline;
  }

  /** Returns whether the connector had to stop. */
  boolean isStopped() {
    return mustStop;
  }

  /** Returns whether the connector had to stop because of the deadline. */
  boolean isTimeExceeded() {
    return timeExceeded;
  }

  @Override
  public boolean await(Duration atMost) throws InterruptedException {
    var end = clock.instant().plus(atMost);
    checkStoreEverySecond();
    while (!mustStop() && clock.instant().isBefore(end)) {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      checkStoreEverySecond();
    }
    return mustStop;
  }

  private boolean mustStop() {
    if (!mustStop && worker.lease().mustStop()) {
      mustStop = true;
    } else if (!mustStop && !clock.instant().isBefore(deadline)) {
      mustStop = true;
      timeExceeded = true;
    }
    return mustStop;
  }

  /**
   * Checks also if the connector never waits. Does not use the clock of the runs, which may stand
   * still in a test.
   */
  private void checkStoreEverySecond() {
    var elapsed = Duration.between(checked, realTime.instant());
    // The clock of a machine can be set back.
    if (elapsed.isNegative() || elapsed.compareTo(STORE_CHECK_INTERVAL) >= 0) {
      checkStore();
      checked = realTime.instant();
    }
  }

  private void checkStore() {
    try {
      mustStop = mustStop || !store.mayContinue(run, worker.fence());
      saveOutput();
    } catch (StoreException failure) {
      // The lease decides how long the attempt continues without the store.
    }
  }

  @Override
  public void print(String text) {
    output.append(text);
  }

  private void saveOutput() {
    var unsaved = output.unsaved();
    if (unsaved.isEmpty()) {
      return;
    }
    try {
      store.saveOutput(run, task, worker.fence(), unsaved.get());
    } catch (StoreException failure) {
      output.markUnsaved();
      throw failure;
    }
  }

  /** Keeps the rest of the output. */
  @Override
  public void close() {
    try {
      saveOutput();
    } catch (StoreException failure) {
      // The outcome of the attempt matters more than its output.
    }
  }
}
