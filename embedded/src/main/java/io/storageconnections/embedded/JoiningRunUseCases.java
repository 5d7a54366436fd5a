package io.storageconnections.embedded;

import io.storageconnections.application.run.CancelRun;
import io.storageconnections.application.run.GetRun;
import io.storageconnections.application.run.GetTaskOutput;
import io.storageconnections.application.run.ListRuns;
import io.storageconnections.application.run.RetryRun;
import io.storageconnections.application.run.RunUseCases;
import io.storageconnections.application.run.StartRun;
import java.util.function.Supplier;

/**
 * Use cases of runs that join the transaction of the current thread, as {@link JoiningUseCases} do.
 *
 * @param current returns the use cases for the current thread
 */
record JoiningRunUseCases(Supplier<RunUseCases> current) implements RunUseCases {

  @Override
  public StartRun startRun() {
    return (caller, reference) -> current.get().startRun().start(caller, reference);
  }

  @Override
  public ListRuns listRuns() {
    return (caller, query) -> current.get().listRuns().list(caller, query);
  }

  @Override
  public GetRun getRun() {
    return (caller, reference) -> current.get().getRun().get(caller, reference);
  }

  @Override
  public CancelRun cancelRun() {
    return (caller, reference) -> current.get().cancelRun().cancel(caller, reference);
  }

  @Override
  public RetryRun retryRun() {
    return (caller, reference) -> current.get().retryRun().retry(caller, reference);
  }

  @Override
  public GetTaskOutput getTaskOutput() {
    return (caller, reference) -> current.get().getTaskOutput().get(caller, reference);
  }
}
