package io.storageconnections.application.run;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.access.AccessControl;
import io.storageconnections.application.outcome.Failure.Invalid;
import io.storageconnections.application.outcome.Failure.OfReading;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.Permission;
import io.storageconnections.application.port.RunDependencies;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.run.Run;

/** Validates the query; the store reads the page. */
record ListRunsUseCase(Dependencies dependencies, RunDependencies runs) implements ListRuns {

  @Override
  public Outcome<Listed, OfReading> list(Caller caller, Query query) {
    requireNonNull(caller, "caller");
    requireNonNull(query, "query");
    var violations = dependencies.validator().violations(query);
    if (!violations.isEmpty()) {
      return Outcome.failed(new Invalid(violations));
    }
    var connection = ConnectionId.parse(requireNonNull(query.connectionId()));
    var refused = AccessControl.of(dependencies).refusal(caller, connection, Permission.READ);
    if (refused.isPresent()) {
      return Outcome.failed(refused.get());
    }
    var pageRequest = PageRequest.of(query.skip(), query.top());
    return runs.store()
        .list(connection, pageRequest)
        .map(page -> new Listed(connection, pageRequest, withDetails(page)));
  }

  private Page<RunDetails> withDetails(Page<Run> page) {
    return new Page<>(
        page.items().stream().map(run -> RunDetails.of(run, runs.connectors())).toList(),
        page.preceding(),
        page.more());
  }
}
