package io.storageconnections.application;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.in.ConnectionRequest;
import io.storageconnections.application.port.in.CreateStorageConnection;
import io.storageconnections.application.port.in.CreateStorageConnection.Outcome.Created;
import io.storageconnections.application.port.in.CreateStorageConnection.Outcome.FilesAlreadyMapped;
import io.storageconnections.application.port.in.CreateStorageConnection.Outcome.Invalid;
import io.storageconnections.application.port.out.IModelDirectory;
import io.storageconnections.application.port.out.StorageConnectionStore;
import io.storageconnections.application.port.out.StorageConnectionStore.Added;
import io.storageconnections.application.port.out.StorageConnectionStore.FilesTaken;
import io.storageconnections.application.port.out.StorageConnectionStore.LimitReached;
import io.storageconnections.application.validation.Requests;
import io.storageconnections.application.validation.Violation;
import io.storageconnections.domain.connection.AuthenticationType;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.DisplayName;
import io.storageconnections.domain.connection.FileMappings;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.NewConnection;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.StorageConnection;
import java.util.List;

/** Judges the request, asks for the iTwin, and lets the store decide who gets the files. */
record ConnectionCreation(
    Requests requests,
    IModelDirectory iModels,
    StorageConnectionStore store,
    Limits limits,
    NewSourceFiles newSourceFiles)
    implements CreateStorageConnection {

  /** There is no other word for an iModel that is not there for the caller. */
  private static final Outcome UNSEEN =
      new Invalid(List.of(new Violation(Violation.Kind.INVALID, "iModelId")));

  @Override
  public Outcome create(Caller caller, ConnectionRequest request) {
    var violations = requests.violations(request);
    return violations.isEmpty() ? createValid(caller, request) : new Invalid(violations);
  }

  /** From here on, parsing cannot fail. */
  private Outcome createValid(Caller caller, ConnectionRequest request) {
    var iModel = IModelId.parse(requireNonNull(request.iModelId()));
    if (!iModels.sees(caller, iModel)) {
      return UNSEEN;
    }
    var sourceFiles = newSourceFiles.of(request.sourceFiles());
    var wanted = SourceFile.storageFileIds(sourceFiles);
    // The store cannot tell this: a file named twice conflicts with itself, and nobody else holds
    // it.
    if (!FileMappings.NONE.conflictsWith(wanted).isEmpty()) {
      return new FilesAlreadyMapped(store.mappings(iModel, wanted).conflictsWith(wanted));
    }
    return iModels
        .iTwinOf(caller, iModel, wanted.getFirst())
        .map(iTwin -> add(new NewConnection(connection(iModel, iTwin, request), sourceFiles)))
        .orElse(UNSEEN);
  }

  private StorageConnection connection(IModelId iModel, ITwinId iTwin, ConnectionRequest request) {
    var authenticationType =
        Requests.parsed(request.authenticationType(), AuthenticationType::parse);
    return new StorageConnection(
        new ConnectionId(iModel, newSourceFiles.ids().get()),
        iTwin,
        Requests.parsed(request.displayName(), DisplayName::parse),
        authenticationType == null ? AuthenticationType.USER : authenticationType,
        newSourceFiles.clock().instant());
  }

  private Outcome add(NewConnection connection) {
    return switch (store.add(connection, limits)) {
      case Added(var usage) -> new Created(connection.connection(), usage);
      case FilesTaken(var conflicts) -> new FilesAlreadyMapped(conflicts);
      case LimitReached(var excess) -> new Outcome.LimitReached(excess);
    };
  }
}
