package io.storageconnections.application.authorization;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.outcome.Failure.Invalid;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Dependencies;

/** Validates the query, and authorizes every caller. */
record GetAuthorizationInformationUseCase(Dependencies dependencies)
    implements GetAuthorizationInformation {

  @Override
  public Outcome<Authorized, Invalid> get(Caller caller, Query query) {
    requireNonNull(caller, "caller");
    requireNonNull(query, "query");
    var violations = dependencies.validator().violations(query);
    return violations.isEmpty()
        ? Outcome.success(new Authorized())
        : Outcome.failed(new Invalid(violations));
  }
}
