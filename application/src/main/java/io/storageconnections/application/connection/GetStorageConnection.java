package io.storageconnections.application.connection;

import io.storageconnections.application.outcome.Failure.OfReading;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.domain.connection.StorageConnection;

/**
 * Returns one connection. Safe to call concurrently.
 *
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/get-storage-connection">The
 *     documented operation</a>
 */
public interface GetStorageConnection {

  /**
   * Returns the use case on the given dependencies.
   *
   * @param dependencies what the use case needs from outside
   * @return the use case
   */
  static GetStorageConnection on(Dependencies dependencies) {
    return new GetStorageConnectionUseCase(dependencies);
  }

  /**
   * Returns the connection that {@code reference} names.
   *
   * @param caller the caller; an iModel that the caller cannot see does not exist for the caller
   * @param reference the id of the connection; may be invalid
   * @return the connection in its current state, or why it is not found
   * @throws StoreException if the store or the directory of iModels cannot answer
   */
  Outcome<StorageConnection, OfReading> get(Caller caller, ConnectionReference reference);
}
