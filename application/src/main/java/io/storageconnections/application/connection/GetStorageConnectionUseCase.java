package io.storageconnections.application.connection;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.access.AccessControl;
import io.storageconnections.application.outcome.Failure.ConnectionNotFound;
import io.storageconnections.application.outcome.Failure.Invalid;
import io.storageconnections.application.outcome.Failure.OfReading;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.Permission;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.StorageConnection;

/** Validates the id and reads the connection. */
record GetStorageConnectionUseCase(Dependencies dependencies) implements GetStorageConnection {

  @Override
  public Outcome<StorageConnection, OfReading> get(Caller caller, ConnectionReference reference) {
    requireNonNull(caller, "caller");
    requireNonNull(reference, "reference");
    var violations = dependencies.validator().violations(reference);
    if (!violations.isEmpty()) {
      return Outcome.failed(new Invalid(violations));
    }
    var id = ConnectionId.parse(requireNonNull(reference.connectionId()));
    var refused = AccessControl.of(dependencies).refusal(caller, id, Permission.READ);
    if (refused.isPresent()) {
      return Outcome.failed(refused.get());
    }
    return dependencies
        .store()
        .find(id)
        .<Outcome<StorageConnection, OfReading>>map(Outcome::success)
        .orElseGet(() -> Outcome.failed(new ConnectionNotFound(id)));
  }
}
