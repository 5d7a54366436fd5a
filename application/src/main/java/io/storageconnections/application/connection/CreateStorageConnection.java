package io.storageconnections.application.connection;

import io.storageconnections.application.outcome.Failure.FilesAlreadyMapped;
import io.storageconnections.application.outcome.Failure.OfCreation;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.domain.connection.StorageConnection;
import io.storageconnections.domain.connection.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Creates a connection and maps its source files to the iModel: all of them, or none. Of several
 * concurrent requests for one file, exactly one succeeds. Safe to call concurrently.
 *
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/create-storage-connection">The
 *     documented operation</a>
 */
public interface CreateStorageConnection {

  /**
   * Returns the use case on the given dependencies.
   *
   * @param dependencies what the use case needs from outside
   * @return the use case
   */
  static CreateStorageConnection on(Dependencies dependencies) {
    return new CreateStorageConnectionUseCase(dependencies);
  }

  /**
   * Creates the connection that {@code request} describes.
   *
   * @param caller the caller; an iModel that the caller cannot see does not exist for the caller
   * @param request the connection to create; may be invalid
   * @return the new connection, or why it was not created
   * @throws StoreException if the store or the directory of iModels cannot answer; the connection
   *     may then exist, and a retry may fail with {@link FilesAlreadyMapped}
   */
  Outcome<Created, OfCreation> create(Caller caller, ConnectionRequest request);

  /**
   * The connection is stored.
   *
   * @param connection the new connection, with revision 1
   * @param usage what the iModel now holds of each limited kind, 0 of a kind without a limit; null
   *     if there are no limits, because nothing is counted then
   */
  record Created(StorageConnection connection, @Nullable Usage usage) {}
}
