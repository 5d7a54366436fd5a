package io.storageconnections.application;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.application.port.in.UpdateSourceFile;
import io.storageconnections.application.port.in.UpdateSourceFile.Outcome.FilesAlreadyMapped;
import io.storageconnections.application.port.in.UpdateSourceFile.Outcome.Invalid;
import io.storageconnections.application.port.in.UpdateSourceFile.Outcome.Updated;
import io.storageconnections.application.port.out.IModelDirectory;
import io.storageconnections.application.port.out.StorageConnectionStore;
import io.storageconnections.application.port.out.StorageConnectionStore.ConnectionNotFound;
import io.storageconnections.application.port.out.StorageConnectionStore.FileUpdated;
import io.storageconnections.application.port.out.StorageConnectionStore.FilesTaken;
import io.storageconnections.application.port.out.StorageConnectionStore.Outdated;
import io.storageconnections.application.port.out.StorageConnectionStore.SourceFileNotFound;
import io.storageconnections.application.validation.Requests;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.SourceFileChange;
import io.storageconnections.domain.connection.SourceFileId;
import io.storageconnections.domain.connection.StorageFileId;

/** Judges the change and lets the store decide whether it still applies and who gets the file. */
record FileUpdate(Requests requests, IModelDirectory iModels, StorageConnectionStore store)
    implements UpdateSourceFile {

  @Override
  public Outcome update(Caller caller, Change change, Precondition precondition) {
    var violations = requests.violations(change);
    if (!violations.isEmpty()) {
      return new Invalid(violations);
    }
    var connection = ConnectionId.parse(requireNonNull(change.connectionId()));
    var file = SourceFileId.parse(requireNonNull(change.sourceFileId()));
    var parsed =
        new SourceFileChange(
            StorageFileId.parse(requireNonNull(change.storageFileId())),
            ConnectorType.parse(requireNonNull(change.connectorType())));
    if (!iModels.sees(caller, connection.iModel())) {
      return new Outcome.ConnectionNotFound(connection);
    }
    return switch (store.updateFile(connection, file, parsed, precondition)) {
      case FileUpdated(var sourceFile) -> new Updated(sourceFile);
      case ConnectionNotFound none -> new Outcome.ConnectionNotFound(connection);
      case SourceFileNotFound none -> new Outcome.SourceFileNotFound(file);
      case Outdated(var revision) -> new Outcome.Outdated(revision);
      case FilesTaken(var conflicts) -> new FilesAlreadyMapped(conflicts);
    };
  }
}
