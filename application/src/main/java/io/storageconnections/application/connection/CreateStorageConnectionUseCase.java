package io.storageconnections.application.connection;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.outcome.Failure.FilesAlreadyMapped;
import io.storageconnections.application.outcome.Failure.Invalid;
import io.storageconnections.application.outcome.Failure.OfCreation;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.outcome.Violation;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.sourcefile.SourceFileRequest;
import io.storageconnections.application.validation.RequestValidator;
import io.storageconnections.domain.connection.AuthenticationType;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.DisplayName;
import io.storageconnections.domain.connection.FileMappings;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.NewConnection;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.StorageConnection;
import java.time.Instant;
import java.util.List;

/** Validates the request and determines the iTwin; the store decides which request gets a file. */
record CreateStorageConnectionUseCase(Dependencies dependencies)
    implements CreateStorageConnection {

  /** The documented API has no other code for an iModel that does not exist for the caller. */
  private static final Invalid UNKNOWN_IMODEL =
      new Invalid(List.of(new Violation(Violation.Kind.INVALID, "iModelId")));

  @Override
  public Outcome<Created, OfCreation> create(Caller caller, ConnectionRequest request) {
    requireNonNull(caller, "caller");
    requireNonNull(request, "request");
    var violations = dependencies.validator().violations(request);
    if (!violations.isEmpty()) {
      return Outcome.failed(new Invalid(violations));
    }
    return createValid(caller, request);
  }

  /** Creates the connection of a valid request, whose members can all be parsed. */
  private Outcome<Created, OfCreation> createValid(Caller caller, ConnectionRequest request) {
    var iModel = IModelId.parse(requireNonNull(request.iModelId()));
    var created = dependencies.clock().instant();
    var sourceFiles =
        SourceFileRequest.toSourceFiles(request.sourceFiles(), dependencies.ids(), created);
    var wanted = SourceFile.storageFileIds(sourceFiles);
    // The store cannot detect this: a file that the request names twice conflicts with the request
    // itself, not with a stored row.
    if (!FileMappings.NONE.conflictsWith(wanted).isEmpty()) {
      return Outcome.failed(
          dependencies.iModels().isVisibleTo(caller, iModel)
              ? new FilesAlreadyMapped(
                  dependencies.store().mappings(iModel, wanted).conflictsWith(wanted))
              : UNKNOWN_IMODEL);
    }
    return dependencies
        .iModels()
        .iTwinOf(caller, iModel, wanted.getFirst())
        .map(iTwin ->
            add(new NewConnection(connection(iModel, iTwin, request, created), sourceFiles)))
        .orElseGet(() -> Outcome.failed(UNKNOWN_IMODEL));
  }

  private StorageConnection connection(
      IModelId iModel, ITwinId iTwin, ConnectionRequest request, Instant created) {
    var authenticationType =
        RequestValidator.parsed(request.authenticationType(), AuthenticationType::parse);
    return new StorageConnection(
        new ConnectionId(iModel, dependencies.ids().get()),
        iTwin,
        RequestValidator.parsed(request.displayName(), DisplayName::parse),
        authenticationType == null ? AuthenticationType.USER : authenticationType,
        created);
  }

  private Outcome<Created, OfCreation> add(NewConnection connection) {
    return dependencies
        .store()
        .add(connection, dependencies.limits())
        .map(added -> new Created(connection.connection(), added.usage()));
  }
}
