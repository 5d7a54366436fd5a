package io.storageconnections.application.connection;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.IModelId;
import java.util.List;

/**
 * Deletes all connections of an iModel that no longer exists. A system that owns iModels calls it
 * when it deletes one; the documented API has no such operation. Safe to call concurrently.
 */
public interface DeleteConnectionsOfIModel {

  /**
   * Returns the use case on the given dependencies.
   *
   * @param dependencies what the use case needs from outside
   * @return the use case
   */
  static DeleteConnectionsOfIModel on(Dependencies dependencies) {
    return new DeleteConnectionsOfIModelUseCase(dependencies);
  }

  /**
   * Deletes the connections with their source files, in several transactions. The first one marks
   * the iModel as deleted, for ever: from then on no connection is added to it. If the call fails,
   * some connections may remain; a repeated call deletes them, and also a connection whose creation
   * was already in progress when the iModel was marked.
   *
   * @param caller who deletes the iModel, for listeners of changes. The use case does not ask the
   *     directory what this caller may do
   * @param iModel the iModel; may have no connections
   * @return the connections that this call deleted
   * @throws StoreException if the store cannot answer
   */
  List<ConnectionId> delete(Caller caller, IModelId iModel);
}
