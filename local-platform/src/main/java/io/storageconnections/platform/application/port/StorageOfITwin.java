package io.storageconnections.platform.application.port;

import io.storageconnections.domain.connection.ITwinId;

/** Deletes the Storage of an iTwin. */
@FunctionalInterface
public interface StorageOfITwin {

  /**
   * Deletes the folders, files and blobs of an iTwin in bounded transactions. A repetition deletes
   * what is left.
   */
  void deleteAll(ITwinId iTwin);
}
