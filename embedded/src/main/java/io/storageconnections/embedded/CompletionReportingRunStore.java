package io.storageconnections.embedded;

import io.storageconnections.application.outcome.Failure.OfReading;
import io.storageconnections.application.outcome.Failure.OfRun;
import io.storageconnections.application.outcome.Failure.OfRunRetry;
import io.storageconnections.application.outcome.Failure.OfRunStart;
import io.storageconnections.application.outcome.Failure.OfTask;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.outcome.Outcome.Success;
import io.storageconnections.application.port.NewRun;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.RunRules;
import io.storageconnections.application.port.RunStore;
import io.storageconnections.domain.audit.Cause;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.FileName;
import io.storageconnections.domain.connection.SourceFileId;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.domain.run.Run;
import io.storageconnections.domain.run.RunKey;
import io.storageconnections.domain.run.TaskId;
import io.storageconnections.domain.run.Transition;
import io.storageconnections.domain.run.Transition.Applied;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A store of runs that reports each run that it completes.
 *
 * @param next stores the runs
 * @param completed is told of a completed run
 */
record CompletionReportingRunStore(RunStore next, Consumer<Run> completed) implements RunStore {

  @Override
  public Outcome<Transition, OfRun> change(RunKey run, Function<Run, Transition> event) {
    return reported(next.change(run, event));
  }

  @Override
  public Outcome<Transition, OfRun> cancel(Cause cause, RunKey run) {
    return reported(next.cancel(cause, run));
  }

  private Outcome<Transition, OfRun> reported(Outcome<Transition, OfRun> outcome) {
    // A completed run refuses every event, so that each run is reported once.
    if (outcome instanceof Success<Transition, OfRun>(Applied applied)
        && applied.run().isCompleted()) {
      completed.accept(applied.run());
    }
    return outcome;
  }

  @Override
  public Outcome<Run, OfRunStart> start(ConnectionId connection, NewRun newRun, RunRules rules) {
    return next.start(connection, newRun, rules);
  }

  @Override
  public Outcome<Run, OfRunRetry> retry(RunKey run, NewRun newRun, RunRules rules) {
    return next.retry(run, newRun, rules);
  }

  @Override
  public Outcome<Run, OfRun> find(RunKey run) {
    return next.find(run);
  }

  @Override
  public Outcome<Page<Run>, OfReading> list(ConnectionId connection, PageRequest pageRequest) {
    return next.list(connection, pageRequest);
  }

  @Override
  public boolean mayContinue(RunKey run, long fence) {
    return next.mayContinue(run, fence);
  }

  @Override
  public void saveOutput(RunKey run, TaskId task, long fence, String output) {
    next.saveOutput(run, task, fence, output);
  }

  @Override
  public Outcome<String, OfTask> output(RunKey run, TaskId task) {
    return next.output(run, task);
  }

  @Override
  public void saveFileName(
      ConnectionId connection, SourceFileId sourceFile, StorageFileId storageFile, FileName name) {
    next.saveFileName(connection, sourceFile, storageFile, name);
  }
}
