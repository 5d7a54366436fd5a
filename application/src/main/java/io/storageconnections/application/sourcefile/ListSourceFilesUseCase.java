package io.storageconnections.application.sourcefile;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.access.AccessControl;
import io.storageconnections.application.outcome.Failure.Invalid;
import io.storageconnections.application.outcome.Failure.OfReading;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.Permission;
import io.storageconnections.domain.connection.ConnectionId;

/** Validates the query and reads the page. */
record ListSourceFilesUseCase(Dependencies dependencies) implements ListSourceFiles {

  @Override
  public Outcome<Listed, OfReading> list(Caller caller, Query query) {
    requireNonNull(caller, "caller");
    requireNonNull(query, "query");
    var violations = dependencies.validator().violations(query);
    if (!violations.isEmpty()) {
      return Outcome.failed(new Invalid(violations));
    }
    var id = ConnectionId.parse(requireNonNull(query.connectionId()));
    var refused = AccessControl.of(dependencies).refusal(caller, id, Permission.READ);
    if (refused.isPresent()) {
      return Outcome.failed(refused.get());
    }
    var pageRequest = PageRequest.of(query.skip(), query.top());
    return dependencies
        .store()
        .listFiles(id, pageRequest)
        .map(page -> new Listed(id, pageRequest, page));
  }
}
