package io.storageconnections.application.run;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.access.AccessControl;
import io.storageconnections.application.outcome.Failure.Invalid;
import io.storageconnections.application.outcome.Failure.OfTask;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.Permission;
import io.storageconnections.application.port.RunDependencies;

/** Validates the ids; the store reads the output. */
record GetTaskOutputUseCase(Dependencies dependencies, RunDependencies runs)
    implements GetTaskOutput {

  @Override
  public Outcome<String, OfTask> get(Caller caller, TaskReference reference) {
    requireNonNull(caller, "caller");
    requireNonNull(reference, "reference");
    var violations = dependencies.validator().violations(reference);
    if (!violations.isEmpty()) {
      return Outcome.failed(new Invalid(violations));
    }
    var run = reference.run();
    var refused = AccessControl.of(dependencies).refusal(caller, run.connection(), Permission.READ);
    if (refused.isPresent()) {
      return Outcome.failed(refused.get());
    }
    return runs.store().output(run, reference.task());
  }
}
