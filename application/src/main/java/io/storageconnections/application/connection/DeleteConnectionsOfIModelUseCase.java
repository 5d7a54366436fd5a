package io.storageconnections.application.connection;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.IModelId;
import java.util.ArrayList;
import java.util.List;

/** Marks the iModel, then deletes its connections in batches, so that no transaction is long. */
record DeleteConnectionsOfIModelUseCase(Dependencies dependencies)
    implements DeleteConnectionsOfIModel {

  /** A connection may have hundreds of source files, which the same transaction deletes. */
  private static final int BATCH = 100;

  @Override
  public List<ConnectionId> delete(Caller caller, IModelId iModel) {
    requireNonNull(caller, "caller");
    requireNonNull(iModel, "iModel");
    var store = dependencies.store();
    var cause = dependencies.cause(caller);
    store.markDeleted(cause, iModel);
    var deleted = new ArrayList<ConnectionId>();
    for (var batch = store.removeSome(cause, iModel, BATCH);
        !batch.isEmpty();
        batch = store.removeSome(cause, iModel, BATCH)) {
      deleted.addAll(batch);
    }
    return List.copyOf(deleted);
  }
}
