package io.storageconnections.application.run;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.access.AccessControl;
import io.storageconnections.application.outcome.Failure.Invalid;
import io.storageconnections.application.outcome.Failure.OfRun;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.Permission;
import io.storageconnections.application.port.RunDependencies;
import io.storageconnections.domain.run.Transition;
import io.storageconnections.domain.run.Transition.Reason;
import io.storageconnections.domain.run.Transition.Refused;

/** Validates the ids; the run decides whether it can be cancelled. */
record CancelRunUseCase(Dependencies dependencies, RunDependencies runs) implements CancelRun {

  @Override
  public Outcome<Cancellation, OfRun> cancel(Caller caller, RunReference reference) {
    requireNonNull(caller, "caller");
    requireNonNull(reference, "reference");
    var violations = dependencies.validator().violations(reference);
    if (!violations.isEmpty()) {
      return Outcome.failed(new Invalid(violations));
    }
    var run = reference.key();
    var refused = AccessControl.of(dependencies).refusal(caller, run.connection(), Permission.RUN);
    if (refused.isPresent()) {
      return Outcome.failed(refused.get());
    }
    return runs.store().cancel(dependencies.cause(caller), run).map(this::cancellation);
  }

  private Cancellation cancellation(Transition transition) {
    return new Cancellation(
        RunDetails.of(transition.run(), runs.connectors()),
        transition instanceof Refused refused && refused.reason() == Reason.COMPLETED);
  }
}
