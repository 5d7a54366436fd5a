package io.storageconnections.application;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.application.port.in.RemoveSourceFile;
import io.storageconnections.application.port.in.RemoveSourceFile.Outcome.Invalid;
import io.storageconnections.application.port.in.SourceFileReference;
import io.storageconnections.application.port.out.IModelDirectory;
import io.storageconnections.application.port.out.StorageConnectionStore;
import io.storageconnections.application.port.out.StorageConnectionStore.ConnectionNotFound;
import io.storageconnections.application.port.out.StorageConnectionStore.Outdated;
import io.storageconnections.application.port.out.StorageConnectionStore.Removed;
import io.storageconnections.application.port.out.StorageConnectionStore.SourceFileNotFound;
import io.storageconnections.application.validation.Requests;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.SourceFileId;

/** Judges the ids and lets the store decide whether it is there to be removed. */
record FileRemoval(Requests requests, IModelDirectory iModels, StorageConnectionStore store)
    implements RemoveSourceFile {

  @Override
  public Outcome remove(Caller caller, SourceFileReference reference, Precondition precondition) {
    var violations = requests.violations(reference);
    if (!violations.isEmpty()) {
      return new Invalid(violations);
    }
    var connection = ConnectionId.parse(requireNonNull(reference.connectionId()));
    var file = SourceFileId.parse(requireNonNull(reference.sourceFileId()));
    if (!iModels.sees(caller, connection.iModel())) {
      return new Outcome.ConnectionNotFound(connection);
    }
    return switch (store.removeFile(connection, file, precondition)) {
      case Removed gone -> new Outcome.Removed();
      case ConnectionNotFound none -> new Outcome.ConnectionNotFound(connection);
      case SourceFileNotFound none -> new Outcome.SourceFileNotFound(file);
      case Outdated(var revision) -> new Outcome.Outdated(revision);
    };
  }
}
