package io.storageconnections.application.port.out;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.StorageFileId;
import java.util.Optional;

/**
 * Knows which iTwin an iModel belongs to. For one iModel the answer never changes. Safe for use by
 * several threads.
 */
public interface IModelDirectory {

  /**
   * The iTwin of {@code iModel}; empty if there is no such iModel or {@code caller} cannot see it.
   *
   * @param firstFile the first of the files that are about to be mapped to the iModel, from which a
   *     directory without better knowledge may conclude
   * @throws StoreException if the directory cannot answer
   */
  Optional<ITwinId> iTwinOf(Caller caller, IModelId iModel, StorageFileId firstFile);
}
