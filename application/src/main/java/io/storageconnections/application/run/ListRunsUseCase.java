package io.storageconnections.application.run;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.connection.ConnectionReference;
import io.storageconnections.application.outcome.Failure.Invalid;
import io.storageconnections.application.outcome.Failure.OfReading;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.port.Access;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.RunDependencies;
import io.storageconnections.domain.connection.ConnectionId;

/** Validates the id; the store reads the page. */
record ListRunsUseCase(Dependencies dependencies, RunDependencies runs) implements ListRuns {

  @Override
  public Outcome<Page<RunDetails>, OfReading> list(
      Caller caller, ConnectionReference reference, PageRequest pageRequest) {
    requireNonNull(caller, "caller");
    requireNonNull(reference, "reference");
    requireNonNull(pageRequest, "pageRequest");
    var violations = dependencies.validator().violations(reference);
    if (!violations.isEmpty()) {
      return Outcome.failed(new Invalid(violations));
    }
    var connection = ConnectionId.parse(requireNonNull(reference.connectionId()));
    var refused = dependencies.refusal(caller, connection, Access.READ);
    if (refused.isPresent()) {
      return Outcome.failed(refused.get());
    }
    return runs.store()
        .list(connection, pageRequest)
        .map(page ->
            new Page<>(
                page.items().stream().map(run -> RunDetails.of(run, runs.connectors())).toList(),
                page.preceding(),
                page.more()));
  }
}
