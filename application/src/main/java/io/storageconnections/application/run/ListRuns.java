package io.storageconnections.application.run;

import io.storageconnections.application.connection.ConnectionReference;
import io.storageconnections.application.outcome.Failure.OfReading;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.domain.run.Run;

/**
 * Lists the runs of a connection, the newest first. Safe to call concurrently.
 *
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/get-storage-connection-runs">The
 *     documented operation</a>
 */
@FunctionalInterface
public interface ListRuns {

  /**
   * Lists the runs.
   *
   * @param caller the caller; an iModel that the caller cannot see does not exist for the caller
   * @param reference the id of the connection; may be invalid
   * @param pageRequest the position and size of the page
   * @return the page, in the order {@link Run#NEWEST_FIRST}, or why it is not read
   * @throws StoreException if the store or the directory of iModels cannot answer
   */
  Outcome<Page<RunDetails>, OfReading> list(
      Caller caller, ConnectionReference reference, PageRequest pageRequest);
}
