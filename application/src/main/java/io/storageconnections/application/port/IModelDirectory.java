package io.storageconnections.application.port;

import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.StorageFileId;
import java.util.Optional;

/**
 * Tells what a caller may do with an iModel, and to which iTwin an iModel belongs; the iTwin of an
 * iModel never changes. An iModel without {@linkplain Access#NONE access} does not exist for the
 * caller. Every use case asks through {@link
 * io.storageconnections.application.access.AccessControl} before it does anything else, and no
 * other object decides about access. Safe for use by several threads. A directory within a
 * transaction of the host also throws {@link TransactionConflictException}.
 */
public interface IModelDirectory {

  /**
   * Tells what {@code caller} may do with an iModel. The call changes nothing.
   *
   * @param caller the caller
   * @param iModel the id of the iModel; may be unknown
   * @return what the caller may do; {@link Access#NONE} if the iModel does not exist
   * @throws DirectoryException if the directory is another system, which cannot answer
   * @throws StoreException if the directory is in the database of the service, which cannot answer
   */
  Access access(Caller caller, IModelId iModel);

  /**
   * Finds the iTwin of an iModel. The directory may store it, even if the caller then maps no file.
   *
   * @param caller the caller
   * @param iModel the id of the iModel; may be unknown
   * @param firstFile the first of the files that are about to be mapped to the iModel; a directory
   *     that knows no iTwins may use its iTwin
   * @return the iTwin of {@code iModel}; empty if the iModel does not exist for {@code caller}
   * @throws DirectoryException if the directory is another system, which cannot answer
   * @throws StoreException if the directory is in the database of the service, which cannot answer
   */
  Optional<ITwinId> iTwinOf(Caller caller, IModelId iModel, StorageFileId firstFile);
}
