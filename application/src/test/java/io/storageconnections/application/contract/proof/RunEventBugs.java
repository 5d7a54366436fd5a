package io.storageconnections.application.contract.proof;

import static io.storageconnections.application.outcome.Outcome.failed;
import static io.storageconnections.application.outcome.Outcome.success;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.storageconnections.application.contract.InMemoryRunStore;
import io.storageconnections.application.outcome.Failure.OfRun;
import io.storageconnections.application.outcome.Failure.OfTask;
import io.storageconnections.application.outcome.Failure.RunNotFound;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.outcome.Outcome.Success;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.domain.connection.FileName;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.SourceFileChange;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.domain.run.Job;
import io.storageconnections.domain.run.Run;
import io.storageconnections.domain.run.RunKey;
import io.storageconnections.domain.run.RunState;
import io.storageconnections.domain.run.SynchronizationReport;
import io.storageconnections.domain.run.Task;
import io.storageconnections.domain.run.TaskError;
import io.storageconnections.domain.run.TaskId;
import io.storageconnections.domain.run.Transition;
import io.storageconnections.domain.run.Transition.Applied;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Stores of runs with a bug each, in the events of runs, and in what their connectors report. */
final class RunEventBugs {

  private RunEventBugs() {}

  // ---- events -----------------------------------------------------------------------------------

  /** Decides an event, and writes the run after another thread has decided one too. */
  @CaughtBy("of_simultaneous_pick_ups_each_is_applied_or_fenced")
  static final class DecidesThenWrites extends InMemoryRunStore {

    private final RaceLatch decided = new RaceLatch(2);

    @Override
    protected Transition applied(Run run, Function<Run, Transition> event) {
      var transition = super.applied(run, event);
      decided.arriveAndAwait(connections());
      return transition;
    }
  }

  /** Ignores the fence of a pick-up. */
  @CaughtBy("a_refused_event_changes_nothing")
  static final class IgnoresTheFence extends InMemoryRunStore {

    @Override
    protected Transition applied(Run run, Function<Run, Transition> event) {
      return super.applied(
          run.state() == RunState.WAITING_TO_EXECUTE ? fenced(run, 0) : run, event);
    }
  }

  private static Run fenced(Run it, long fence) {
    return new Run(
        it.id(),
        it.connection(),
        it.origin(),
        it.started(),
        it.state(),
        it.cancelRequested(),
        it.failure(),
        fence,
        it.node(),
        it.revision(),
        it.changed(),
        it.jobs());
  }

  /** Does not write the fence of a worker. */
  @CaughtBy("every_event_is_stored_with_all_values")
  static final class ForgetsTheFence extends InMemoryRunStore {

    @Override
    protected Run written(Applied transition) {
      return fenced(transition.run(), transition.before().fence());
    }
  }

  /** Does not count revisions. */
  @CaughtBy({
    "every_event_is_stored_with_all_values",
    "of_simultaneous_pick_ups_each_is_applied_or_fenced",
    "a_run_that_no_worker_has_is_cancelled_at_once"
  })
  static final class KeepsTheRevision extends InMemoryRunStore {

    @Override
    protected Run written(Applied transition) {
      var it = transition.run();
      return new Run(
          it.id(),
          it.connection(),
          it.origin(),
          it.started(),
          it.state(),
          it.cancelRequested(),
          it.failure(),
          it.fence(),
          it.node(),
          transition.before().revision(),
          it.changed(),
          it.jobs());
    }
  }

  /** Writes a run and the first of its tasks, but not the others. */
  @CaughtBy("every_event_is_stored_with_all_values")
  static final class DoesNotWriteTheErrorsOfLaterTasks extends InMemoryRunStore {

    @Override
    protected Run written(Applied transition) {
      var first = transition.run().tasks().getFirst();
      return withTasks(
          transition.run(),
          task -> task.equals(first) ? task : withErrorAndReport(task, null, task.report()));
    }
  }

  /** Does not write the reports of connectors. */
  @CaughtBy("every_event_is_stored_with_all_values")
  static final class ForgetsReports extends InMemoryRunStore {

    @Override
    protected Run written(Applied transition) {
      return withTasks(transition.run(), task -> withErrorAndReport(task, task.error(), null));
    }
  }

  /** Keeps texts in a column that knows few characters. */
  @CaughtBy("every_event_is_stored_with_all_values")
  static final class KeepsErrorsInAscii extends InMemoryRunStore {

    @Override
    protected Run written(Applied transition) {
      return withTasks(
          transition.run(),
          task ->
              withErrorAndReport(
                  task, task.error() == null ? null : inAscii(task.error()), task.report()));
    }

    private static TaskError inAscii(TaskError it) {
      return new TaskError(
          it.system(),
          it.phase(),
          it.category(),
          it.descriptionKey(),
          it.description(),
          it.kbArticleLink(),
          it.canUserFix(),
          new String(it.details().getBytes(US_ASCII), US_ASCII),
          it.bridgeExitCode());
    }
  }

  /** Keeps exit codes in an unsigned column. */
  @CaughtBy("every_event_is_stored_with_all_values")
  static final class KeepsUnsignedExitCodes extends InMemoryRunStore {

    @Override
    protected Run written(Applied transition) {
      return withTasks(
          transition.run(),
          task -> withErrorAndReport(task, unsigned(task.error()), task.report()));
    }

    private static @Nullable TaskError unsigned(@Nullable TaskError error) {
      return error == null || error.bridgeExitCode() == null
          ? error
          : error.withBridgeExitCode(Math.abs(error.bridgeExitCode()));
    }
  }

  /** Keeps times in whole seconds. */
  @CaughtBy("every_event_is_stored_with_all_values")
  static final class KeepsTheSecondsOfARetry extends InMemoryRunStore {

    @Override
    protected Run written(Applied transition) {
      return withTasks(
          transition.run(),
          task ->
              new Task(
                  task.id(),
                  task.sourceFile(),
                  task.storageFileId(),
                  task.connectorType(),
                  task.created(),
                  task.state(),
                  task.result(),
                  task.attempts(),
                  task.retryAt() == null ? null : task.retryAt().truncatedTo(ChronoUnit.SECONDS),
                  task.error(),
                  task.report(),
                  task.begun(),
                  task.ended()));
    }
  }

  private static Run withTasks(Run it, UnaryOperator<Task> change) {
    return new Run(
        it.id(),
        it.connection(),
        it.origin(),
        it.started(),
        it.state(),
        it.cancelRequested(),
        it.failure(),
        it.fence(),
        it.node(),
        it.revision(),
        it.changed(),
        it.jobs().stream()
            .map(job -> new Job(job.id(), job.tasks().stream().map(change).toList()))
            .toList());
  }

  private static Task withErrorAndReport(
      Task task, @Nullable TaskError error, @Nullable SynchronizationReport report) {
    return new Task(
        task.id(),
        task.sourceFile(),
        task.storageFileId(),
        task.connectorType(),
        task.created(),
        task.state(),
        task.result(),
        task.attempts(),
        task.retryAt(),
        error,
        report,
        task.begun(),
        task.ended());
  }

  /** Only marks a queued run as cancelled, and waits for a worker that completes it. */
  @CaughtBy("a_run_that_no_worker_has_is_cancelled_at_once")
  static final class LeavesACancelToAWorker extends InMemoryRunStore {

    @Override
    protected Transition applied(Run run, Function<Run, Transition> event) {
      var transition = super.applied(run, event);
      return transition instanceof Applied
              && run.state() == RunState.QUEUED
              && transition.run().cancelRequested()
          ? new Applied(run, marked(run))
          : transition;
    }

    private static Run marked(Run it) {
      return new Run(
          it.id(),
          it.connection(),
          it.origin(),
          it.started(),
          it.state(),
          true,
          it.failure(),
          it.fence(),
          it.node(),
          it.revision() + 1,
          it.changed(),
          it.jobs());
    }
  }

  /** Lets a worker continue a run that another worker has picked up. */
  @CaughtBy({
    "a_worker_continues_until_the_run_is_cancelled_fenced_or_completed",
    "the_output_of_a_task_is_replaced_by_its_worker_only"
  })
  static final class DoesNotCompareFences extends InMemoryRunStore {

    @Override
    protected boolean isHeld(Run run, long fence) {
      return !run.isCompleted();
    }
  }

  /** Lets a worker continue a completed run. */
  @CaughtBy("a_worker_continues_until_the_run_is_cancelled_fenced_or_completed")
  static final class ContinuesACompletedRun extends InMemoryRunStore {

    @Override
    protected boolean isHeld(Run run, long fence) {
      return run.fence() == fence;
    }
  }

  /** Lets a worker continue a run that was cancelled. */
  @CaughtBy("a_worker_continues_until_the_run_is_cancelled_fenced_or_completed")
  static final class ContinuesACancelledRun extends InMemoryRunStore {

    @Override
    public boolean mayContinue(RunKey key, long fence) {
      return find(key) instanceof Success<Run, OfRun>(var run) && isHeld(run, fence);
    }
  }

  // ---- outputs and names ------------------------------------------------------------------------

  /** Appends to the output of a task. */
  @CaughtBy("the_output_of_a_task_is_replaced_by_its_worker_only")
  static final class AppendsOutputs extends InMemoryRunStore {

    @Override
    public void saveOutput(RunKey key, TaskId task, long fence, String output) {
      super.saveOutput(
          key,
          task,
          fence,
          output(key, task) instanceof Success<String, OfTask>(var before)
              ? before + output
              : output);
    }
  }

  /** Keeps the first output of a task. */
  @CaughtBy("the_output_of_a_task_is_replaced_by_its_worker_only")
  static final class KeepsTheFirstOutput extends InMemoryRunStore {

    @Override
    public void saveOutput(RunKey key, TaskId task, long fence, String output) {
      if (output(key, task).equals(success(""))) {
        super.saveOutput(key, task, fence, output);
      }
    }
  }

  /** Returns an empty output of a task that does not exist. */
  @CaughtBy("the_output_of_a_task_is_replaced_by_its_worker_only")
  static final class ReturnsTheOutputOfAMissingTask extends InMemoryRunStore {

    @Override
    public Outcome<String, OfTask> output(RunKey key, TaskId task) {
      var outcome = super.output(key, task);
      return outcome instanceof Success ? outcome : success("");
    }
  }

  /** Keeps outputs in a column that is one byte too narrow. */
  @CaughtBy("an_output_of_64_kib_is_kept")
  static final class CutsOutputs extends InMemoryRunStore {

    @Override
    public void saveOutput(RunKey key, TaskId task, long fence, String output) {
      super.saveOutput(key, task, fence, output.substring(0, Math.min(65_535, output.length())));
    }
  }

  /** Counts a name that a run finds as a change of the source file. */
  @CaughtBy("the_name_that_a_run_finds_changes_no_revision")
  static final class CountsANameAsAChange extends InMemoryRunStore {

    @Override
    protected SourceFile foundAs(SourceFile file, FileName name) {
      return file.after(new SourceFileChange(file.storageFileId(), file.connectorType(), name));
    }
  }

  /** Counts a name that is known as a new one. */
  @CaughtBy("the_name_that_a_run_finds_changes_no_revision")
  static final class CountsAKnownName extends InMemoryRunStore {

    @Override
    protected SourceFile foundAs(SourceFile file, FileName name) {
      return super.foundAs(file.named(null), name);
    }
  }

  /** Gives the name of a file to a source file that maps another one now. */
  @CaughtBy("the_name_of_a_file_that_is_not_mapped_any_more_is_not_kept")
  static final class NamesAnotherFile extends InMemoryRunStore {

    @Override
    protected boolean maps(SourceFile file, StorageFileId storageFile) {
      return true;
    }
  }

  // ---- unavailability ---------------------------------------------------------------------------

  /** Lets a worker continue while the store cannot be reached. */
  @CaughtBy("a_store_of_runs_that_cannot_be_reached_says_so")
  static final class ContinuesWithoutAnAnswer extends InMemoryRunStore {

    @Override
    public boolean mayContinue(RunKey key, long fence) {
      try {
        return super.mayContinue(key, fence);
      } catch (StoreException unreachable) {
        return true;
      }
    }
  }

  /** Reports a run as missing while the store cannot be reached. */
  @CaughtBy("a_store_of_runs_that_cannot_be_reached_says_so")
  static final class FindSwallowsAStoreException extends InMemoryRunStore {

    @Override
    public Outcome<Run, OfRun> find(RunKey key) {
      try {
        return super.find(key);
      } catch (StoreException unreachable) {
        return failed(new RunNotFound(key.run()));
      }
    }
  }

  /** Loses an output while the store cannot be reached, and does not say so. */
  @CaughtBy("a_store_of_runs_that_cannot_be_reached_says_so")
  static final class SaveOutputSwallowsAStoreException extends InMemoryRunStore {

    @Override
    public void saveOutput(RunKey key, TaskId task, long fence, String output) {
      try {
        super.saveOutput(key, task, fence, output);
      } catch (StoreException unreachable) {
        // The output is lost.
      }
    }
  }
}
