package io.storageconnections.application.run;

import io.storageconnections.application.outcome.Failure.OfRun;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.StoreException;

/**
 * Returns a run with its jobs and tasks. Safe to call concurrently.
 *
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/get-storage-connection-run">The
 *     documented operation</a>
 */
@FunctionalInterface
public interface GetRun {

  /**
   * Returns the run in its current state.
   *
   * @param caller the caller; an iModel that the caller cannot see does not exist for the caller
   * @param reference the ids of the connection and of the run; may be invalid
   * @return the run, or why it is not read
   * @throws StoreException if the store or the directory of iModels cannot answer
   */
  Outcome<RunDetails, OfRun> get(Caller caller, RunReference reference);
}
