package io.storageconnections.application.run;

import io.storageconnections.application.outcome.Failure.OfReading;
import io.storageconnections.application.outcome.Failure.OfRun;
import io.storageconnections.application.outcome.Failure.OfRunRetry;
import io.storageconnections.application.outcome.Failure.OfRunStart;
import io.storageconnections.application.outcome.Failure.OfTask;
import io.storageconnections.application.outcome.Outcome;
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
import java.util.function.Function;

/** Forwards every call to another store, so that a test can override one of them. */
class ForwardingRunStore implements RunStore {

  private final RunStore store;

  ForwardingRunStore(RunStore store) {
    this.store = store;
  }

  @Override
  public Outcome<Run, OfRunStart> start(ConnectionId connection, NewRun newRun, RunRules rules) {
    return store.start(connection, newRun, rules);
  }

  @Override
  public Outcome<Run, OfRunRetry> retry(RunKey run, NewRun newRun, RunRules rules) {
    return store.retry(run, newRun, rules);
  }

  @Override
  public Outcome<Run, OfRun> find(RunKey run) {
    return store.find(run);
  }

  @Override
  public Outcome<Page<Run>, OfReading> list(ConnectionId connection, PageRequest pageRequest) {
    return store.list(connection, pageRequest);
  }

  @Override
  public Outcome<Transition, OfRun> change(RunKey run, Function<Run, Transition> event) {
    return store.change(run, event);
  }

  @Override
  public Outcome<Transition, OfRun> cancel(Cause cause, RunKey run) {
    return store.cancel(cause, run);
  }

  @Override
  public boolean mayContinue(RunKey run, long fence) {
    return store.mayContinue(run, fence);
  }

  @Override
  public void saveOutput(RunKey run, TaskId task, long fence, String output) {
    store.saveOutput(run, task, fence, output);
  }

  @Override
  public Outcome<String, OfTask> output(RunKey run, TaskId task) {
    return store.output(run, task);
  }

  @Override
  public void saveFileName(
      ConnectionId connection, SourceFileId sourceFile, StorageFileId storageFile, FileName name) {
    store.saveFileName(connection, sourceFile, storageFile, name);
  }
}
