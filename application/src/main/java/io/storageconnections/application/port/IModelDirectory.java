package io.storageconnections.application.port;

import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.StorageFileId;
import java.util.Optional;

/**
 * Tells which iModels a caller can work with, and to which iTwin an iModel belongs; the iTwin of an
 * iModel never changes. Every use case asks the directory first: an iModel that a caller cannot see
 * does not exist for that caller. Safe for use by several threads. A directory within a transaction
 * of the host also throws {@link TransactionConflictException}.
 */
public interface IModelDirectory {

  /**
   * Tells whether the iModel exists and {@code caller} can work with it. The call changes nothing.
   *
   * @param caller the caller
   * @param iModel the id of the iModel; may be unknown
   * @return whether the iModel exists for {@code caller}
   * @throws StoreException if the directory cannot answer
   */
  boolean isVisibleTo(Caller caller, IModelId iModel);

  /**
   * Finds the iTwin of an iModel. The directory may store it, even if the caller then maps no file.
   *
   * @param caller the caller
   * @param iModel the id of the iModel; may be unknown
   * @param firstFile the first of the files that are about to be mapped to the iModel; a directory
   *     that knows no iTwins may use its iTwin
   * @return the iTwin of {@code iModel}; empty if the iModel does not exist for {@code caller}
   * @throws StoreException if the directory cannot answer
   */
  Optional<ITwinId> iTwinOf(Caller caller, IModelId iModel, StorageFileId firstFile);
}
