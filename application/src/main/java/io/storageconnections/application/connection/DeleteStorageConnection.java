package io.storageconnections.application.connection;

import io.storageconnections.application.outcome.Failure.OfDeletion;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.outcome.Removed;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.application.port.StoreException;

/**
 * Deletes a connection. All its Storage files can be mapped to the iModel again at once. Safe to
 * call concurrently. The documented operation has no precondition.
 *
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/delete-storage-connection">The
 *     documented operation</a>
 */
public interface DeleteStorageConnection {

  /**
   * Returns the use case on the given dependencies.
   *
   * @param dependencies what the use case needs from outside
   * @return the use case
   */
  static DeleteStorageConnection on(Dependencies dependencies) {
    return new DeleteStorageConnectionUseCase(dependencies);
  }

  /**
   * Deletes the connection that {@code reference} names, if its revision meets {@code
   * precondition}.
   *
   * @param caller the caller; an iModel that the caller cannot see does not exist for the caller
   * @param reference the id of the connection; may be invalid
   * @param precondition the revisions to which the request applies; {@link Precondition#NONE} for
   *     any
   * @return that the connection is removed, or why it is not
   * @throws StoreException if the store or the directory of iModels cannot answer; a change may
   *     then have taken effect
   */
  Outcome<Removed, OfDeletion> delete(
      Caller caller, ConnectionReference reference, Precondition precondition);
}
