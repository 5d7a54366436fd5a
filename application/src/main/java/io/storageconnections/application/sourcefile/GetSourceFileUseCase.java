package io.storageconnections.application.sourcefile;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.access.AccessControl;
import io.storageconnections.application.outcome.Failure.Invalid;
import io.storageconnections.application.outcome.Failure.OfFileReading;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.Permission;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.SourceFileId;

/** Validates the ids and reads the source file. */
record GetSourceFileUseCase(Dependencies dependencies) implements GetSourceFile {

  @Override
  public Outcome<SourceFile, OfFileReading> get(Caller caller, SourceFileReference reference) {
    requireNonNull(caller, "caller");
    requireNonNull(reference, "reference");
    var violations = dependencies.validator().violations(reference);
    if (!violations.isEmpty()) {
      return Outcome.failed(new Invalid(violations));
    }
    var id = ConnectionId.parse(requireNonNull(reference.connectionId()));
    var file = SourceFileId.parse(requireNonNull(reference.sourceFileId()));
    var refused = AccessControl.of(dependencies).refusal(caller, id, Permission.READ);
    if (refused.isPresent()) {
      return Outcome.failed(refused.get());
    }
    return dependencies.store().findFile(id, file);
  }
}
