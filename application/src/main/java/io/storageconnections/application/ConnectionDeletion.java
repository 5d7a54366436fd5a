package io.storageconnections.application;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.application.port.in.ConnectionReference;
import io.storageconnections.application.port.in.DeleteStorageConnection;
import io.storageconnections.application.port.in.DeleteStorageConnection.Outcome.Deleted;
import io.storageconnections.application.port.in.DeleteStorageConnection.Outcome.Invalid;
import io.storageconnections.application.port.out.IModelDirectory;
import io.storageconnections.application.port.out.StorageConnectionStore;
import io.storageconnections.application.port.out.StorageConnectionStore.ConnectionNotFound;
import io.storageconnections.application.port.out.StorageConnectionStore.Outdated;
import io.storageconnections.application.port.out.StorageConnectionStore.Removed;
import io.storageconnections.application.validation.Requests;
import io.storageconnections.domain.connection.ConnectionId;

/** Judges the id and lets the store decide whether it is there to be deleted. */
record ConnectionDeletion(Requests requests, IModelDirectory iModels, StorageConnectionStore store)
    implements DeleteStorageConnection {

  @Override
  public Outcome delete(Caller caller, ConnectionReference reference, Precondition precondition) {
    var violations = requests.violations(reference);
    if (!violations.isEmpty()) {
      return new Invalid(violations);
    }
    var id = ConnectionId.parse(requireNonNull(reference.connectionId()));
    if (!iModels.sees(caller, id.iModel())) {
      return new Outcome.ConnectionNotFound(id);
    }
    return switch (store.remove(id, precondition)) {
      case Removed gone -> new Deleted();
      case ConnectionNotFound none -> new Outcome.ConnectionNotFound(id);
      case Outdated(var revision) -> new Outcome.Outdated(revision);
    };
  }
}
