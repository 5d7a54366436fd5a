package io.storageconnections.application.run;

import io.storageconnections.application.outcome.Failure.OfRunRetry;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.domain.run.Run;

/**
 * Starts a new run of the tasks of a completed run that did not succeed, as they were copied then.
 * Files that are no longer in the connection are left out. Safe to call concurrently. The
 * documented API has no such operation.
 */
@FunctionalInterface
public interface RetryRun {

  /**
   * Starts the run.
   *
   * @param caller the caller; an iModel that the caller cannot see does not exist for the caller
   * @param reference the ids of the connection and of the completed run; may be invalid
   * @return the new run, whose state is {@code QUEUED}, or why it is not started
   * @throws StoreException if the store or the directory of iModels cannot answer; the run may then
   *     exist
   */
  Outcome<Run, OfRunRetry> retry(Caller caller, RunReference reference);
}
