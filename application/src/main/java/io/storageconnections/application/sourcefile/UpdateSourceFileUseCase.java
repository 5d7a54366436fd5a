package io.storageconnections.application.sourcefile;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.outcome.Failure.ConnectionNotFound;
import io.storageconnections.application.outcome.Failure.Invalid;
import io.storageconnections.application.outcome.Failure.OfFileChange;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.SourceFileChange;
import io.storageconnections.domain.connection.SourceFileId;
import io.storageconnections.domain.connection.StorageFileId;

/** Validates the change; the store decides whether it applies and which request gets the file. */
record UpdateSourceFileUseCase(Dependencies dependencies) implements UpdateSourceFile {

  @Override
  public Outcome<SourceFile, OfFileChange> update(
      Caller caller, Change change, Precondition precondition) {
    requireNonNull(caller, "caller");
    requireNonNull(change, "change");
    requireNonNull(precondition, "precondition");
    var violations = dependencies.validator().violations(change);
    if (!violations.isEmpty()) {
      return Outcome.failed(new Invalid(violations));
    }
    var id = ConnectionId.parse(requireNonNull(change.connectionId()));
    var file = SourceFileId.parse(requireNonNull(change.sourceFileId()));
    var parsed =
        new SourceFileChange(
            StorageFileId.parse(requireNonNull(change.storageFileId())),
            ConnectorType.parse(requireNonNull(change.connectorType())));
    if (!dependencies.iModels().isVisibleTo(caller, id.iModel())) {
      return Outcome.failed(new ConnectionNotFound(id));
    }
    return dependencies.store().updateFile(id, file, parsed, precondition);
  }
}
