package io.storageconnections.application.run;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.access.AccessControl;
import io.storageconnections.application.outcome.Failure.Invalid;
import io.storageconnections.application.outcome.Failure.OfRunRetry;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.outcome.Outcome.Success;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.Permission;
import io.storageconnections.application.port.RunDependencies;
import io.storageconnections.domain.run.Run;

/** Validates the ids; the store decides whether there is something to retry. */
record RetryRunUseCase(Dependencies dependencies, RunDependencies runs) implements RetryRun {

  @Override
  public Outcome<Run, OfRunRetry> retry(Caller caller, RunReference reference) {
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
    var started =
        runs.store().retry(run, StartRunUseCase.newRun(dependencies, caller), runs.rules());
    if (started instanceof Success) {
      runs.queue().wake();
    }
    return started;
  }
}
