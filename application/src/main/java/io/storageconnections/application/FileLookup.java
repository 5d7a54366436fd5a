package io.storageconnections.application;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.in.GetSourceFile;
import io.storageconnections.application.port.in.GetSourceFile.Outcome.ConnectionNotFound;
import io.storageconnections.application.port.in.GetSourceFile.Outcome.Found;
import io.storageconnections.application.port.in.GetSourceFile.Outcome.Invalid;
import io.storageconnections.application.port.in.GetSourceFile.Outcome.SourceFileNotFound;
import io.storageconnections.application.port.in.SourceFileReference;
import io.storageconnections.application.port.out.IModelDirectory;
import io.storageconnections.application.port.out.StorageConnectionStore;
import io.storageconnections.application.validation.Requests;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.SourceFileId;

/** Judges the ids and asks the store. */
record FileLookup(Requests requests, IModelDirectory iModels, StorageConnectionStore store)
    implements GetSourceFile {

  @Override
  public Outcome get(Caller caller, SourceFileReference reference) {
    var violations = requests.violations(reference);
    if (!violations.isEmpty()) {
      return new Invalid(violations);
    }
    var connection = ConnectionId.parse(requireNonNull(reference.connectionId()));
    var file = SourceFileId.parse(requireNonNull(reference.sourceFileId()));
    if (!iModels.sees(caller, connection.iModel())) {
      return new ConnectionNotFound(connection);
    }
    return store
        .findFile(connection, file)
        .<Outcome>map(Found::new)
        .orElseGet(() ->
            store.find(connection).isEmpty()
                ? new ConnectionNotFound(connection)
                : new SourceFileNotFound(file));
  }
}
