package io.storageconnections.application.connection;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.access.AccessControl;
import io.storageconnections.application.outcome.Failure.Invalid;
import io.storageconnections.application.outcome.Failure.OfDeletion;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.outcome.Removed;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.Permission;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.domain.connection.ConnectionId;

/** Validates the id; the store decides whether the connection exists in a wanted revision. */
record DeleteStorageConnectionUseCase(Dependencies dependencies)
    implements DeleteStorageConnection {

  @Override
  public Outcome<Removed, OfDeletion> delete(
      Caller caller, ConnectionReference reference, Precondition precondition) {
    requireNonNull(caller, "caller");
    requireNonNull(reference, "reference");
    requireNonNull(precondition, "precondition");
    var violations = dependencies.validator().violations(reference);
    if (!violations.isEmpty()) {
      return Outcome.failed(new Invalid(violations));
    }
    var id = ConnectionId.parse(requireNonNull(reference.connectionId()));
    var refused = AccessControl.of(dependencies).refusal(caller, id, Permission.WRITE);
    if (refused.isPresent()) {
      return Outcome.failed(refused.get());
    }
    return dependencies.store().remove(dependencies.cause(caller), id, precondition);
  }
}
