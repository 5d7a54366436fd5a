package io.storageconnections.application.port.out;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.StorageFileId;
import java.util.Optional;

/**
 * Knows who may work with which iModel, and which iTwin it belongs to, which never changes. Every
 * use case asks it first: what a caller cannot see is not there for them. Safe for use by several
 * threads.
 */
public interface IModelDirectory {

  /**
   * Whether there is such an iModel and {@code caller} may work with it. Asking leaves no trace.
   *
   * @param caller who asks
   * @param iModel the iModel in question; may be one that nobody has heard of
   * @return whether it is there for {@code caller}
   * @throws StoreException if the directory cannot answer
   */
  boolean sees(Caller caller, IModelId iModel);

  /**
   * Finds the iTwin of an iModel.
   *
   * @param caller who asks
   * @param iModel the iModel in question; may be one that nobody has heard of
   * @param firstFile the first of the files that are about to be mapped to the iModel, from which a
   *     directory without better knowledge may conclude
   * @return the iTwin of {@code iModel}; empty if there is no such iModel or {@code caller} cannot
   *     see it
   * @throws StoreException if the directory cannot answer
   */
  Optional<ITwinId> iTwinOf(Caller caller, IModelId iModel, StorageFileId firstFile);
}
