package io.storageconnections.application.sourcefile;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.access.AccessControl;
import io.storageconnections.application.outcome.Failure.Invalid;
import io.storageconnections.application.outcome.Failure.OfFileRemoval;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.outcome.Removed;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.Permission;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.SourceFileId;

/** Validates the ids; the store decides whether the source file exists in a wanted revision. */
record RemoveSourceFileUseCase(Dependencies dependencies) implements RemoveSourceFile {

  @Override
  public Outcome<Removed, OfFileRemoval> remove(
      Caller caller, SourceFileReference reference, Precondition precondition) {
    requireNonNull(caller, "caller");
    requireNonNull(reference, "reference");
    requireNonNull(precondition, "precondition");
    var violations = dependencies.validator().violations(reference);
    if (!violations.isEmpty()) {
      return Outcome.failed(new Invalid(violations));
    }
    var id = ConnectionId.parse(requireNonNull(reference.connectionId()));
    var file = SourceFileId.parse(requireNonNull(reference.sourceFileId()));
    var refused = AccessControl.of(dependencies).refusal(caller, id, Permission.WRITE);
    if (refused.isPresent()) {
      return Outcome.failed(refused.get());
    }
    return dependencies.store().removeFile(dependencies.cause(caller), id, file, precondition);
  }
}
