package io.storageconnections.application.connection;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.access.AccessControl;
import io.storageconnections.application.outcome.Failure.Invalid;
import io.storageconnections.application.outcome.Failure.OfChange;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.Permission;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.application.validation.RequestValidator;
import io.storageconnections.domain.connection.AuthenticationType;
import io.storageconnections.domain.connection.ConnectionChange;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.DisplayName;
import io.storageconnections.domain.connection.StorageConnection;

/** Validates the change; the store decides whether it applies to the current revision. */
record UpdateStorageConnectionUseCase(Dependencies dependencies)
    implements UpdateStorageConnection {

  @Override
  public Outcome<StorageConnection, OfChange> update(
      Caller caller, Change change, Precondition precondition) {
    requireNonNull(caller, "caller");
    requireNonNull(change, "change");
    requireNonNull(precondition, "precondition");
    var violations = dependencies.validator().violations(change);
    if (!violations.isEmpty()) {
      return Outcome.failed(new Invalid(violations));
    }
    var id = ConnectionId.parse(requireNonNull(change.connectionId()));
    var refused = AccessControl.of(dependencies).refusal(caller, id, Permission.WRITE);
    if (refused.isPresent()) {
      return Outcome.failed(refused.get());
    }
    var parsed =
        new ConnectionChange(
            RequestValidator.parsed(change.displayName(), DisplayName::parse),
            RequestValidator.parsed(change.authenticationType(), AuthenticationType::parse));
    return dependencies.store().update(dependencies.cause(caller), id, parsed, precondition);
  }
}
