package io.storageconnections.application.run;

import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.RunDependencies;

/** The use cases of runs. Thread-safe, except those within a transaction of a host. */
public interface RunUseCases {

  /**
   * Returns the use cases on the given dependencies.
   *
   * @param dependencies what all use cases need from outside
   * @param runs what the use cases of runs need in addition
   * @return the use cases, which need not be closed
   */
  static RunUseCases on(Dependencies dependencies, RunDependencies runs) {
    return new DefaultRunUseCases(dependencies, runs);
  }

  /** {@return the use case that starts a run} */
  StartRun startRun();

  /** {@return the use case that lists the runs of a connection} */
  ListRuns listRuns();

  /** {@return the use case that returns a run} */
  GetRun getRun();

  /** {@return the use case that cancels a run} */
  CancelRun cancelRun();

  /** {@return the use case that starts a run of the tasks of another run that did not succeed} */
  RetryRun retryRun();

  /** {@return the use case that returns what a connector has printed} */
  GetTaskOutput getTaskOutput();
}
