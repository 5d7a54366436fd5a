package io.storageconnections.application.run;

import io.storageconnections.application.outcome.Failure.OfRun;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.StoreException;

/**
 * Cancels a run. A run that no worker executes is completed at once; otherwise the worker stops the
 * attempt in progress within seconds. Idempotent, and safe to call concurrently. The documented API
 * has no such operation.
 */
@FunctionalInterface
public interface CancelRun {

  /**
   * Cancels the run.
   *
   * @param caller the caller; an iModel that the caller cannot see does not exist for the caller
   * @param reference the ids of the connection and of the run; may be invalid
   * @return the run after the call, or why it is not cancelled
   * @throws StoreException if the store or the directory of iModels cannot answer; the run may then
   *     be cancelled
   */
  Outcome<Cancellation, OfRun> cancel(Caller caller, RunReference reference);

  /**
   * A run after a request to cancel it.
   *
   * @param details the run
   * @param wasCompleted whether the run was completed before, so that the request changed nothing
   */
  record Cancellation(RunDetails details, boolean wasCompleted) {}
}
