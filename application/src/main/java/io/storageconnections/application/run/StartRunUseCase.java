package io.storageconnections.application.run;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.access.AccessControl;
import io.storageconnections.application.connection.ConnectionReference;
import io.storageconnections.application.outcome.Failure.Invalid;
import io.storageconnections.application.outcome.Failure.OfRunStart;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.outcome.Outcome.Success;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.NewRun;
import io.storageconnections.application.port.Permission;
import io.storageconnections.application.port.RunDependencies;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.RunId;
import io.storageconnections.domain.run.Run;

/** Validates the id; the store decides which request starts a run. */
record StartRunUseCase(Dependencies dependencies, RunDependencies runs) implements StartRun {

  @Override
  public Outcome<Run, OfRunStart> start(Caller caller, ConnectionReference reference) {
    requireNonNull(caller, "caller");
    requireNonNull(reference, "reference");
    var violations = dependencies.validator().violations(reference);
    if (!violations.isEmpty()) {
      return Outcome.failed(new Invalid(violations));
    }
    var connection = ConnectionId.parse(requireNonNull(reference.connectionId()));
    var refused = AccessControl.of(dependencies).refusal(caller, connection, Permission.RUN);
    if (refused.isPresent()) {
      return Outcome.failed(refused.get());
    }
    var started = runs.store().start(connection, newRun(dependencies, caller), runs.rules());
    if (started instanceof Success) {
      runs.queue().wake();
    }
    return started;
  }

  static NewRun newRun(Dependencies dependencies, Caller caller) {
    return new NewRun(
        new RunId(dependencies.ids().get()),
        caller.origin(),
        dependencies.ids(),
        dependencies.clock().instant());
  }
}
