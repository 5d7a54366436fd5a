package io.storageconnections.application;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.in.ConnectionReference;
import io.storageconnections.application.port.in.GetStorageConnection;
import io.storageconnections.application.port.in.GetStorageConnection.Outcome.Found;
import io.storageconnections.application.port.in.GetStorageConnection.Outcome.Invalid;
import io.storageconnections.application.port.in.GetStorageConnection.Outcome.NotFound;
import io.storageconnections.application.port.out.StorageConnectionStore;
import io.storageconnections.application.validation.Requests;
import io.storageconnections.domain.connection.ConnectionId;

/** Judges the id and asks the store. */
record ConnectionLookup(Requests requests, StorageConnectionStore store)
    implements GetStorageConnection {

  @Override
  public Outcome get(Caller caller, ConnectionReference reference) {
    var violations = requests.violations(reference);
    if (!violations.isEmpty()) {
      return new Invalid(violations);
    }
    var id = ConnectionId.parse(requireNonNull(reference.connectionId()));
    return store.find(id).<Outcome>map(Found::new).orElseGet(() -> new NotFound(id));
  }
}
