package io.storageconnections.application;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.in.ConnectionRequest;
import io.storageconnections.application.port.in.CreateStorageConnection;
import io.storageconnections.application.port.in.CreateStorageConnection.Outcome.Created;
import io.storageconnections.application.port.in.CreateStorageConnection.Outcome.FilesAlreadyMapped;
import io.storageconnections.application.port.in.CreateStorageConnection.Outcome.Invalid;
import io.storageconnections.application.port.in.SourceFileRequest;
import io.storageconnections.application.port.out.IModelDirectory;
import io.storageconnections.application.port.out.StorageConnectionStore;
import io.storageconnections.application.port.out.StorageConnectionStore.Addition.Added;
import io.storageconnections.application.port.out.StorageConnectionStore.Addition.FilesTaken;
import io.storageconnections.application.validation.Requests;
import io.storageconnections.application.validation.Violation;
import io.storageconnections.domain.connection.AuthenticationType;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.DisplayName;
import io.storageconnections.domain.connection.FileMappings;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.SourceFileId;
import io.storageconnections.domain.connection.StorageConnection;
import io.storageconnections.domain.connection.StorageFileId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Judges the request, asks for the iTwin, and lets the store decide who gets the files. */
record ConnectionCreation(
    Requests requests,
    IModelDirectory iModels,
    StorageConnectionStore store,
    Clock clock,
    Supplier<UUID> ids)
    implements CreateStorageConnection {

  @Override
  public Outcome create(Caller caller, ConnectionRequest request) {
    var violations = requests.violations(request);
    return violations.isEmpty() ? createValid(caller, request) : new Invalid(violations);
  }

  /** From here on, parsing cannot fail. */
  private Outcome createValid(Caller caller, ConnectionRequest request) {
    var iModel = IModelId.parse(requireNonNull(request.iModelId()));
    var sourceFiles = sourceFiles(requireNonNull(request.sourceFiles()));
    var wanted = sourceFiles.stream().map(SourceFile::storageFileId).toList();
    // The store cannot tell this: a file named twice conflicts with itself, and nobody else holds
    // it.
    if (!FileMappings.NONE.conflictsWith(wanted).isEmpty()) {
      return new FilesAlreadyMapped(store.mappings(iModel, wanted).conflictsWith(wanted));
    }
    return iModels
        .iTwinOf(caller, iModel, wanted.getFirst())
        .map(iTwin -> add(connection(iModel, iTwin, request, sourceFiles)))
        .orElseGet(() -> new Invalid(List.of(new Violation(Violation.Kind.INVALID, "iModelId"))));
  }

  private List<SourceFile> sourceFiles(List<@Nullable SourceFileRequest> requested) {
    // Files are listed by creation, then id. Those of one request are created at once, so ids that
    // ascend keep them in the order of the request.
    var ascending =
        Stream.generate(ids).limit(requested.size()).map(SourceFileId::new).sorted().toList();
    var sourceFiles = new ArrayList<SourceFile>(requested.size());
    for (var file : requested) {
      requireNonNull(file);
      sourceFiles.add(
          new SourceFile(
              ascending.get(sourceFiles.size()),
              StorageFileId.parse(requireNonNull(file.storageFileId())),
              ConnectorType.parse(requireNonNull(file.connectorType()))));
    }
    return sourceFiles;
  }

  private StorageConnection connection(
      IModelId iModel, ITwinId iTwin, ConnectionRequest request, List<SourceFile> sourceFiles) {
    var authenticationType =
        parseIfPresent(request.authenticationType(), AuthenticationType::parse);
    return new StorageConnection(
        new ConnectionId(iModel, ids.get()),
        iTwin,
        parseIfPresent(request.displayName(), DisplayName::parse),
        authenticationType == null ? AuthenticationType.USER : authenticationType,
        sourceFiles,
        clock.instant());
  }

  private static <T> @Nullable T parseIfPresent(@Nullable String text, Function<String, T> parse) {
    return text == null ? null : parse.apply(text);
  }

  private Outcome add(StorageConnection connection) {
    return switch (store.add(connection)) {
      case Added() -> new Created(connection);
      case FilesTaken(var conflicts) -> new FilesAlreadyMapped(conflicts);
    };
  }
}
