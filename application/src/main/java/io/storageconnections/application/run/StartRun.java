package io.storageconnections.application.run;

import io.storageconnections.application.connection.ConnectionReference;
import io.storageconnections.application.outcome.Failure.OfRunStart;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.domain.run.Run;

/**
 * Starts a run of all source files of a connection, which a worker of any node executes. Safe to
 * call concurrently: of several concurrent starts in one scope, at most one succeeds.
 *
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/run-storage-connection">The
 *     documented operation</a>
 */
@FunctionalInterface
public interface StartRun {

  /**
   * Starts a run. It is visible to every reader when the call returns; within a transaction of the
   * host, as soon as the host commits.
   *
   * @param caller the caller; an iModel that the caller cannot see does not exist for the caller
   * @param reference the id of the connection; may be invalid
   * @return the run, whose state is {@code QUEUED}, or why it is not started
   * @throws StoreException if the store or the directory of iModels cannot answer; the run may then
   *     exist
   */
  Outcome<Run, OfRunStart> start(Caller caller, ConnectionReference reference);
}
