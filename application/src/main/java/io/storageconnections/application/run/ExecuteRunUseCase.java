package io.storageconnections.application.run;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.outcome.Outcome.Failed;
import io.storageconnections.application.outcome.Outcome.Success;
import io.storageconnections.application.port.Attempt;
import io.storageconnections.application.port.Connector;
import io.storageconnections.application.port.DirectoryException;
import io.storageconnections.application.port.RunExecution;
import io.storageconnections.application.port.SourceContents.Missing;
import io.storageconnections.application.port.SourceContents.Opened;
import io.storageconnections.application.port.SourceContents.SourceContent;
import io.storageconnections.application.port.SourceContents.Unknown;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.domain.run.AttemptOutcome;
import io.storageconnections.domain.run.ErrorKey;
import io.storageconnections.domain.run.Run;
import io.storageconnections.domain.run.RunKey;
import io.storageconnections.domain.run.Task;
import io.storageconnections.domain.run.Transition;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Executes a run: the loop of a worker. {@link Run} decides what an event changes, and the store
 * writes it if the worker still has the run.
 */
record ExecuteRunUseCase(RunExecution execution) implements ExecuteRun {

  private static final Duration PAUSE_WITHOUT_STORE = Duration.ofMillis(500);

  @Override
  public Next execute(RunKey key, Worker worker) throws InterruptedException {
    requireNonNull(key, "key");
    requireNonNull(worker, "worker");
    var run =
        changed(
            key,
            worker,
            current ->
                current
                    .pickUp(worker.fence(), worker.node(), execution.retries(), now())
                    .then(pickedUp -> nextAttempt(pickedUp, worker)));
    if (run.isEmpty()) {
      return new Done();
    }
    var context = execution.context().enter(run.get());
    try {
      while (run.isPresent() && run.get().currentTask().isPresent()) {
        run = attempted(run.get(), worker);
      }
    } finally {
      context.leave();
    }
    return run.<Next>map(this::next).orElseGet(Done::new);
  }

  private Next next(Run run) {
    return switch (run.state()) {
      case WAITING_TO_RETRY -> new Requeue(run.retryAt().orElseGet(this::now));
      case COMPLETED -> new Done();
      default -> new Requeue(now());
    };
  }

  /** Attempts the task that is executing; returns the run as it is stored then. */
  private Optional<Run> attempted(Run run, Worker worker) throws InterruptedException {
    var task = run.currentTask().orElseThrow();
    var outcome = outcome(run, task, worker);
    return changed(
        run.key(),
        worker,
        outcome.isPresent()
            ? current -> ended(current, task, outcome.get(), worker)
            : current -> current.release(worker.fence(), now()));
  }

  /** Ends an attempt, and begins the next one; or gives the run back if the worker must stop. */
  private Transition ended(Run run, Task task, AttemptOutcome outcome, Worker worker) {
    // Without a backoff, the next attempt at the same task may have begun already, in a transaction
    // whose answer was lost.
    if (!isSameAttempt(run, task)) {
      return new Transition.Refused(run, Transition.Reason.NOT_EXECUTING);
    }
    return run.endAttempt(worker.fence(), task.id(), outcome, execution.retries(), now())
        .then(ended ->
            worker.lease().mustStop()
                ? ended.release(worker.fence(), now())
                : nextAttempt(ended, worker));
  }

  private static boolean isSameAttempt(Run run, Task task) {
    return run.tasks().stream()
        .anyMatch(
            current -> current.id().equals(task.id()) && current.attempts() == task.attempts());
  }

  /** Begins an attempt at the next task that is due. */
  private Transition nextAttempt(Run run, Worker worker) {
    var time = now();
    return run.nextTask(time)
        .map(task -> run.beginAttempt(worker.fence(), task.id(), time))
        .orElseGet(() -> new Transition.Refused(run, Transition.Reason.NOT_DUE));
  }

  /** Returns how the attempt ended; empty if the worker must stop. */
  private Optional<AttemptOutcome> outcome(Run run, Task task, Worker worker)
      throws InterruptedException {
    var connector = execution.connectors().connector(task.connectorType());
    if (connector.isEmpty()) {
      return Optional.of(
          AttemptOutcome.failed(
              ErrorKey.NO_CONNECTOR, "no connector is configured for " + task.connectorType()));
    }
    try (var control =
        new WorkerControl(
            execution,
            run.key(),
            task,
            worker,
            now().plus(connector.get().timeLimit().orElse(execution.timeLimit())))) {
      var ended = outcome(run, task, connector.get(), control);
      if (ended.isEmpty() && control.isTimeExceeded()) {
        return Optional.of(
            AttemptOutcome.timedOut(
                "the attempt exceeded its time limit of",
                connector.get().timeLimit().orElse(execution.timeLimit())));
      }
      // Otherwise the worker would release the run, and begin the same attempt again, for ever.
      return ended.isEmpty() && !control.isStopped()
          ? Optional.of(
              AttemptOutcome.failed(
                  ErrorKey.BRIDGING_FAILED, "the connector ended without an outcome"))
          : ended;
    }
  }

  private Optional<AttemptOutcome> outcome(
      Run run, Task task, Connector connector, WorkerControl control) throws InterruptedException {
    SourceContent content;
    try {
      content = execution.contents().open(run.iModel(), task.storageFileId());
    } catch (DirectoryException failure) {
      return unlessStopped(
          control,
          AttemptOutcome.failed(
              failure.reason() == DirectoryException.Reason.TOKEN_REFUSED
                  ? ErrorKey.SOURCE_FILE_NOT_ACCESSIBLE
                  : ErrorKey.NETWORK_ISSUE,
              failure.getMessage()));
    } catch (StoreException failure) {
      return unlessStopped(
          control,
          AttemptOutcome.failed(ErrorKey.NETWORK_ISSUE, "Storage of this server cannot answer"));
    }
    return switch (content) {
      case Missing missing ->
          Optional.of(AttemptOutcome.failed(ErrorKey.SOURCE_FILE_NOT_FOUND, ""));
      case Unknown unknown ->
          attempt(connector, new Attempt(run, task, Optional.empty(), control.deadline()), control);
      case Opened opened -> attempt(run, task, opened, connector, control);
    };
  }

  /** Returns the outcome of a failure of Storage; empty if the worker must stop. */
  private static Optional<AttemptOutcome> unlessStopped(
      WorkerControl control, AttemptOutcome failed) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted while Storage was asked");
    }
    // The answer may have taken long: a worker that must stop has not failed.
    return control.await(Duration.ZERO) ? Optional.empty() : Optional.of(failed);
  }

  private Optional<AttemptOutcome> attempt(
      Run run, Task task, Opened opened, Connector connector, WorkerControl control)
      throws InterruptedException {
    try {
      saveName(run, task, opened);
      return opened.size() == 0
          ? Optional.of(AttemptOutcome.failed(ErrorKey.ZERO_BYTE, ""))
          : attempt(
              connector, new Attempt(run, task, Optional.of(opened), control.deadline()), control);
    } finally {
      close(opened);
    }
  }

  private void saveName(Run run, Task task, Opened opened) {
    if (opened.name() == null) {
      return;
    }
    try {
      execution
          .store()
          .saveFileName(run.connection(), task.sourceFile(), task.storageFileId(), opened.name());
    } catch (StoreException failure) {
      // The next run keeps the name. The attempt matters more.
    }
  }

  private static void close(Opened opened) {
    try {
      opened.close();
    } catch (IOException failure) {
      // The connector has read what it needed.
    }
  }

  private static Optional<AttemptOutcome> attempt(
      Connector connector, Attempt attempt, WorkerControl control) throws InterruptedException {
    try {
      return connector.attempt(attempt, control);
    } catch (RuntimeException defect) {
      control.print("The connector failed with " + defect + "\n" + stackTrace(defect));
      return Optional.of(AttemptOutcome.failed(ErrorKey.BRIDGING_FAILED, defect.toString()));
    }
  }

  private static String stackTrace(RuntimeException defect) {
    return Arrays.stream(defect.getStackTrace())
        .map(element -> "  at " + element + "\n")
        .collect(Collectors.joining());
  }

  /**
   * Applies an event; repeats it while the database cannot answer and the worker has its lease, so
   * that the outcome of an attempt is not lost. If the database has stored the event and only its
   * answer was lost, the run refuses the repetition, and the worker continues with the stored run.
   *
   * @return the run after the event; empty if it does not exist, or the worker does not have it
   */
  private Optional<Run> changed(RunKey key, Worker worker, Function<Run, Transition> event)
      throws InterruptedException {
    var repeated = false;
    while (true) {
      try {
        return switch (execution.store().change(key, event)) {
          case Failed<Transition, ?> notFound -> Optional.empty();
          case Success<Transition, ?>(Transition.Applied applied) -> Optional.of(applied.run());
          case Success<Transition, ?>(Transition.Refused refused) ->
              repeated && refused.run().fence() == worker.fence()
                  ? Optional.of(refused.run())
                  : Optional.empty();
        };
      } catch (StoreException failure) {
        if (worker.lease().mustStop() || !failure.reason().isTransient()) {
          throw failure;
        }
        repeated = true;
        TimeUnit.MILLISECONDS.sleep(PAUSE_WITHOUT_STORE.toMillis());
      }
    }
  }

  private Instant now() {
    return execution.clock().instant();
  }
}
