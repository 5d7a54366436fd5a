package io.storageconnections.application;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.application.port.in.UpdateStorageConnection;
import io.storageconnections.application.port.in.UpdateStorageConnection.Outcome.Invalid;
import io.storageconnections.application.port.out.IModelDirectory;
import io.storageconnections.application.port.out.StorageConnectionStore;
import io.storageconnections.application.port.out.StorageConnectionStore.ConnectionNotFound;
import io.storageconnections.application.port.out.StorageConnectionStore.Outdated;
import io.storageconnections.application.port.out.StorageConnectionStore.Updated;
import io.storageconnections.application.validation.Requests;
import io.storageconnections.domain.connection.AuthenticationType;
import io.storageconnections.domain.connection.ConnectionChange;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.DisplayName;

/** Judges the change and lets the store decide whether it still applies. */
record ConnectionUpdate(Requests requests, IModelDirectory iModels, StorageConnectionStore store)
    implements UpdateStorageConnection {

  @Override
  public Outcome update(Caller caller, Change change, Precondition precondition) {
    var violations = requests.violations(change);
    if (!violations.isEmpty()) {
      return new Invalid(violations);
    }
    var id = ConnectionId.parse(requireNonNull(change.connectionId()));
    if (!iModels.sees(caller, id.iModel())) {
      return new Outcome.ConnectionNotFound(id);
    }
    var parsed =
        new ConnectionChange(
            Requests.parsed(change.displayName(), DisplayName::parse),
            Requests.parsed(change.authenticationType(), AuthenticationType::parse));
    return switch (store.update(id, parsed, precondition)) {
      case Updated(var connection) -> new Outcome.Updated(connection);
      case ConnectionNotFound none -> new Outcome.ConnectionNotFound(id);
      case Outdated(var revision) -> new Outcome.Outdated(revision);
    };
  }
}
