package io.storageconnections.application.sourcefile;

import io.storageconnections.application.outcome.Failure.OfFileRemoval;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.outcome.Removed;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.application.port.StoreException;

/**
 * Removes a source file from a connection, even the last one. Its Storage file can be mapped to the
 * iModel again at once. Safe to call concurrently. The documented operation has no precondition.
 *
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/remove-storage-connection-sourcefile">The
 *     documented operation</a>
 */
public interface RemoveSourceFile {

  /**
   * Returns the use case on the given dependencies.
   *
   * @param dependencies what the use case needs from outside
   * @return the use case
   */
  static RemoveSourceFile on(Dependencies dependencies) {
    return new RemoveSourceFileUseCase(dependencies);
  }

  /**
   * Removes the source file that {@code reference} names, if its revision meets {@code
   * precondition}.
   *
   * @param caller the caller; an iModel that the caller cannot see does not exist for the caller
   * @param reference the ids of the connection and of the source file; may be invalid
   * @param precondition the revisions to which the request applies; {@link Precondition#NONE} for
   *     any
   * @return that the source file is removed, or why it is not
   * @throws StoreException if the store or the directory of iModels cannot answer; a change may
   *     then have taken effect
   */
  Outcome<Removed, OfFileRemoval> remove(
      Caller caller, SourceFileReference reference, Precondition precondition);
}
