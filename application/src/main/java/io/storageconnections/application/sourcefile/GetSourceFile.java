package io.storageconnections.application.sourcefile;

import io.storageconnections.application.outcome.Failure.OfFileReading;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.domain.connection.SourceFile;

/**
 * Returns one source file of a connection. Safe to call concurrently.
 *
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/get-storage-connection-sourcefile">The
 *     documented operation</a>
 */
public interface GetSourceFile {

  /**
   * Returns the use case on the given dependencies.
   *
   * @param dependencies what the use case needs from outside
   * @return the use case
   */
  static GetSourceFile on(Dependencies dependencies) {
    return new GetSourceFileUseCase(dependencies);
  }

  /**
   * Returns the source file that {@code reference} names.
   *
   * @param caller the caller; an iModel that the caller cannot see does not exist for the caller
   * @param reference the ids of the connection and of the source file; may be invalid
   * @return the source file in its current state, or why it is not found
   * @throws StoreException if the store or the directory of iModels cannot answer
   */
  Outcome<SourceFile, OfFileReading> get(Caller caller, SourceFileReference reference);
}
