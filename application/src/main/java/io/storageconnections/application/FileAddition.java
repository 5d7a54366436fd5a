package io.storageconnections.application;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.in.AddSourceFiles;
import io.storageconnections.application.port.in.AddSourceFiles.Outcome.FilesAlreadyMapped;
import io.storageconnections.application.port.in.AddSourceFiles.Outcome.Invalid;
import io.storageconnections.application.port.out.IModelDirectory;
import io.storageconnections.application.port.out.StorageConnectionStore;
import io.storageconnections.application.port.out.StorageConnectionStore.Added;
import io.storageconnections.application.port.out.StorageConnectionStore.ConnectionNotFound;
import io.storageconnections.application.port.out.StorageConnectionStore.FilesTaken;
import io.storageconnections.application.port.out.StorageConnectionStore.LimitReached;
import io.storageconnections.application.validation.Requests;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.FileMappings;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.SourceFile;
import java.util.List;

/** Judges the request and lets the store decide who gets the files. */
record FileAddition(
    Requests requests,
    IModelDirectory iModels,
    StorageConnectionStore store,
    Limits limits,
    NewSourceFiles newSourceFiles)
    implements AddSourceFiles {

  @Override
  public Outcome add(Caller caller, Addition addition) {
    var violations = requests.violations(addition);
    if (!violations.isEmpty()) {
      return new Invalid(violations);
    }
    var id = ConnectionId.parse(requireNonNull(addition.connectionId()));
    if (!iModels.sees(caller, id.iModel())) {
      return new Outcome.ConnectionNotFound(id);
    }
    return add(id, newSourceFiles.of(addition.sourceFiles()));
  }

  private Outcome add(ConnectionId id, List<SourceFile> sourceFiles) {
    var wanted = SourceFile.storageFileIds(sourceFiles);
    // As for a new connection: the store cannot tell that a file is named twice.
    if (!FileMappings.NONE.conflictsWith(wanted).isEmpty()) {
      return store.find(id).isEmpty()
          ? new Outcome.ConnectionNotFound(id)
          : new FilesAlreadyMapped(store.mappings(id.iModel(), wanted).conflictsWith(wanted));
    }
    return switch (store.addFiles(id, sourceFiles, limits)) {
      case Added(var usage) -> new Outcome.Added(id, sourceFiles, usage);
      case ConnectionNotFound none -> new Outcome.ConnectionNotFound(id);
      case FilesTaken(var conflicts) -> new FilesAlreadyMapped(conflicts);
      case LimitReached(var excess) -> new Outcome.LimitReached(excess);
    };
  }
}
