package io.storageconnections.application;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.in.GetAuthorizationInformation;
import io.storageconnections.application.port.in.GetAuthorizationInformation.Outcome.Authorized;
import io.storageconnections.application.port.in.GetAuthorizationInformation.Outcome.Invalid;
import io.storageconnections.application.validation.Requests;

/** Judges the query; consent is not asked for. */
record AuthorizationLookup(Requests requests) implements GetAuthorizationInformation {

  @Override
  public Outcome get(Caller caller, Query query) {
    var violations = requests.violations(query);
    return violations.isEmpty() ? new Authorized() : new Invalid(violations);
  }
}
