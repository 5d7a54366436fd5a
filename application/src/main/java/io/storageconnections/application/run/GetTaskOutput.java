package io.storageconnections.application.run;

import io.storageconnections.application.outcome.Failure.OfTask;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.StoreException;

/**
 * Returns what a connector has printed during the last attempt at a task. Safe to call
 * concurrently. The documented API has no such operation.
 */
@FunctionalInterface
public interface GetTaskOutput {

  /**
   * Returns the output. During an attempt it may lack the last seconds.
   *
   * @param caller the caller; an iModel that the caller cannot see does not exist for the caller
   * @param reference the ids of the connection, the run and the task; may be invalid
   * @return the last 64 KiB; empty if the connector has printed nothing; or why it is not read
   * @throws StoreException if the store or the directory of iModels cannot answer
   */
  Outcome<String, OfTask> get(Caller caller, TaskReference reference);
}
