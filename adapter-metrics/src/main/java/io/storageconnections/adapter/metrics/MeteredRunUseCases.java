package io.storageconnections.adapter.metrics;

import io.storageconnections.application.outcome.Outcome.Success;
import io.storageconnections.application.run.CancelRun;
import io.storageconnections.application.run.CancelRun.Cancellation;
import io.storageconnections.application.run.GetRun;
import io.storageconnections.application.run.GetTaskOutput;
import io.storageconnections.application.run.ListRuns;
import io.storageconnections.application.run.RetryRun;
import io.storageconnections.application.run.RunUseCases;
import io.storageconnections.application.run.StartRun;
import io.storageconnections.domain.run.RunResult;
import io.storageconnections.domain.run.RunState;
import java.util.function.Consumer;

/**
 * Use cases of runs whose outcomes are counted.
 *
 * @param completed receives the result of each run that a request completes
 */
record MeteredRunUseCases(
    RunUseCases next, MeteredUseCases.Operations operations, Consumer<RunResult> completed)
    implements RunUseCases {

  @Override
  public StartRun startRun() {
    var useCase = next.startRun();
    return (caller, reference) ->
        operations.count("startRun", () -> useCase.start(caller, reference));
  }

  @Override
  public ListRuns listRuns() {
    var useCase = next.listRuns();
    return (caller, query) -> operations.count("listRuns", () -> useCase.list(caller, query));
  }

  @Override
  public GetRun getRun() {
    var useCase = next.getRun();
    return (caller, reference) -> operations.count("getRun", () -> useCase.get(caller, reference));
  }

  @Override
  public CancelRun cancelRun() {
    var useCase = next.cancelRun();
    return (caller, reference) -> {
      var outcome = operations.count("cancelRun", () -> useCase.cancel(caller, reference));
      // The worker reports the end of a run that it executes.
      if (outcome instanceof Success<Cancellation, ?>(var cancellation)
          && !cancellation.wasCompleted()
          && cancellation.details().run().state() == RunState.COMPLETED) {
        completed.accept(cancellation.details().run().result());
      }
      return outcome;
    };
  }

  @Override
  public RetryRun retryRun() {
    var useCase = next.retryRun();
    return (caller, reference) ->
        operations.count("retryRun", () -> useCase.retry(caller, reference));
  }

  @Override
  public GetTaskOutput getTaskOutput() {
    var useCase = next.getTaskOutput();
    return (caller, reference) ->
        operations.count("getTaskOutput", () -> useCase.get(caller, reference));
  }
}
