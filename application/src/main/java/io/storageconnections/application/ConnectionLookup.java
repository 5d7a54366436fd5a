package io.storageconnections.application;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.in.ConnectionReference;
import io.storageconnections.application.port.in.GetStorageConnection;
import io.storageconnections.application.port.in.GetStorageConnection.Outcome.ConnectionNotFound;
import io.storageconnections.application.port.in.GetStorageConnection.Outcome.Found;
import io.storageconnections.application.port.in.GetStorageConnection.Outcome.Invalid;
import io.storageconnections.application.port.out.IModelDirectory;
import io.storageconnections.application.port.out.StorageConnectionStore;
import io.storageconnections.application.validation.Requests;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.StorageConnection;
import java.util.Optional;

/** Judges the id and asks the store. */
record ConnectionLookup(Requests requests, IModelDirectory iModels, StorageConnectionStore store)
    implements GetStorageConnection {

  @Override
  public Outcome get(Caller caller, ConnectionReference reference) {
    var violations = requests.violations(reference);
    if (!violations.isEmpty()) {
      return new Invalid(violations);
    }
    var id = ConnectionId.parse(requireNonNull(reference.connectionId()));
    return seen(caller, id).<Outcome>map(Found::new).orElseGet(() -> new ConnectionNotFound(id));
  }

  private Optional<StorageConnection> seen(Caller caller, ConnectionId id) {
    return iModels.sees(caller, id.iModel()) ? store.find(id) : Optional.empty();
  }
}
