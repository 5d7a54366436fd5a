package io.storageconnections.application.run;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.RunDependencies;

/** The use cases of runs, which share their dependencies. */
record DefaultRunUseCases(Dependencies dependencies, RunDependencies runs) implements RunUseCases {

  DefaultRunUseCases {
    requireNonNull(dependencies, "dependencies");
    requireNonNull(runs, "runs");
  }

  @Override
  public StartRun startRun() {
    return new StartRunUseCase(dependencies, runs);
  }

  @Override
  public ListRuns listRuns() {
    return new ListRunsUseCase(dependencies, runs);
  }

  @Override
  public GetRun getRun() {
    return new GetRunUseCase(dependencies, runs);
  }

  @Override
  public CancelRun cancelRun() {
    return new CancelRunUseCase(dependencies, runs);
  }

  @Override
  public RetryRun retryRun() {
    return new RetryRunUseCase(dependencies, runs);
  }

  @Override
  public GetTaskOutput getTaskOutput() {
    return new GetTaskOutputUseCase(dependencies, runs);
  }
}
