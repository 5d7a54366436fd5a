package io.storageconnections.application.sourcefile;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.access.AccessControl;
import io.storageconnections.application.outcome.Failure.Invalid;
import io.storageconnections.application.outcome.Failure.OfFileChange;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.Permission;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.application.validation.RequestValidator;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.SourceFileChange;
import io.storageconnections.domain.connection.SourceFileId;
import io.storageconnections.domain.connection.StorageFileId;
import java.util.Map;

/** Validates the change; the store decides whether it applies and which request gets the file. */
record UpdateSourceFileUseCase(Dependencies dependencies) implements UpdateSourceFile {

  @Override
  public Outcome<SourceFile, OfFileChange> update(
      Caller caller, Change change, Precondition precondition) {
    requireNonNull(caller, "caller");
    requireNonNull(change, "change");
    requireNonNull(precondition, "precondition");
    var id = RequestValidator.parsedIfValid(change.connectionId(), ConnectionId::parse);
    var storageFile = RequestValidator.parsedIfValid(change.storageFileId(), StorageFileId::parse);
    var refused =
        id.flatMap(
            named -> AccessControl.of(dependencies).refusal(caller, named, Permission.WRITE));
    // Also of a request with other violations, so that one answer names all of them.
    var check =
        id.isPresent() && refused.isEmpty() && storageFile.isPresent()
            ? StorageFileCheck.of(
                dependencies.storageFiles(),
                caller,
                id.get().iModel(),
                Map.of("storageFileId", storageFile.get()))
            : StorageFileCheck.NOT_NEEDED;
    var violations = dependencies.validator().violations(change, check.refused());
    if (!violations.isEmpty()) {
      return Outcome.failed(new Invalid(violations));
    }
    if (refused.isPresent()) {
      return Outcome.failed(refused.get());
    }
    var parsed =
        new SourceFileChange(
            storageFile.orElseThrow(),
            ConnectorType.parse(requireNonNull(change.connectorType())),
            requireNonNull(check.usable().get(storageFile.get())).name());
    return dependencies
        .store()
        .updateFile(
            dependencies.cause(caller),
            id.orElseThrow(),
            SourceFileId.parse(requireNonNull(change.sourceFileId())),
            parsed,
            precondition);
  }
}
