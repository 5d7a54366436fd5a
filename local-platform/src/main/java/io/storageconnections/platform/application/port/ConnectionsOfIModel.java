package io.storageconnections.platform.application.port;

import io.storageconnections.application.port.Caller;
import io.storageconnections.domain.connection.IModelId;

/** Deletes the storage connections of an iModel. */
@FunctionalInterface
public interface ConnectionsOfIModel {

  /**
   * Closes an iModel, so that it gets no more connections, and deletes its connections in bounded
   * transactions. A repetition deletes what is left.
   *
   * @param caller who deletes the iModel, for the audit trail
   */
  void deleteAll(Caller caller, IModelId iModel);
}
