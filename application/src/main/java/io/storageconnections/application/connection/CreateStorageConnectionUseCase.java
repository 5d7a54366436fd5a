package io.storageconnections.application.connection;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.access.AccessControl;
import io.storageconnections.application.access.AccessControl.Decision;
import io.storageconnections.application.outcome.Failure.FilesAlreadyMapped;
import io.storageconnections.application.outcome.Failure.IModelDeleted;
import io.storageconnections.application.outcome.Failure.InsufficientPermissions;
import io.storageconnections.application.outcome.Failure.Invalid;
import io.storageconnections.application.outcome.Failure.OfCreation;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.Permission;
import io.storageconnections.application.sourcefile.SourceFileRequest;
import io.storageconnections.application.sourcefile.StorageFileCheck;
import io.storageconnections.application.validation.RequestValidator;
import io.storageconnections.domain.audit.Cause;
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
import java.util.Set;

/** Validates the request and determines the iTwin; the store decides which request gets a file. */
record CreateStorageConnectionUseCase(Dependencies dependencies)
    implements CreateStorageConnection {

  private static final String IMODEL_ID = "iModelId";

  @Override
  public Outcome<Created, OfCreation> create(Caller caller, ConnectionRequest request) {
    requireNonNull(caller, "caller");
    requireNonNull(request, "request");
    var iModel = RequestValidator.parsedIfValid(request.iModelId(), IModelId::parse);
    var decision =
        iModel.map(named -> AccessControl.of(dependencies).decide(caller, named, Permission.WRITE));
    var isUnknown = decision.filter(Decision.UNKNOWN::equals).isPresent();
    var mayCreate = decision.filter(Decision.ALLOWED::equals).isPresent();
    // Also of a request with other violations, so that one answer names all of them.
    var check =
        mayCreate
            ? StorageFileCheck.of(
                dependencies.storageFiles(),
                caller,
                iModel.orElseThrow(),
                SourceFileRequest.storageFiles(request.sourceFiles()))
            : StorageFileCheck.NOT_NEEDED;
    // The documented API has no other code for an iModel that does not exist for the caller.
    var violations =
        dependencies
            .validator()
            .violations(request, isUnknown ? Set.of(IMODEL_ID) : check.refused());
    if (!violations.isEmpty()) {
      return Outcome.failed(new Invalid(violations));
    }
    return mayCreate
        ? createValid(caller, iModel.orElseThrow(), request, check)
        : Outcome.failed(new InsufficientPermissions(iModel.orElseThrow()));
  }

  /** Creates the connection of a valid request, whose members can all be parsed. */
  private Outcome<Created, OfCreation> createValid(
      Caller caller, IModelId iModel, ConnectionRequest request, StorageFileCheck check) {
    var created = dependencies.clock().instant();
    var sourceFiles =
        SourceFileRequest.toSourceFiles(
            request.sourceFiles(), check.usable(), dependencies.ids(), created);
    var wanted = SourceFile.storageFileIds(sourceFiles);
    // The store cannot detect this: a file that the request names twice conflicts with the request
    // itself, not with a stored row.
    if (!FileMappings.NONE.conflictsWith(wanted).isEmpty()) {
      return Outcome.failed(
          new FilesAlreadyMapped(
              dependencies.store().mappings(iModel, wanted).conflictsWith(wanted)));
    }
    return dependencies
        .iModels()
        .iTwinOf(caller, iModel, wanted.getFirst())
        .map(iTwin ->
            add(
                new Cause(caller.origin(), created),
                new NewConnection(connection(iModel, iTwin, request, created), sourceFiles)))
        .orElseGet(() -> Outcome.failed(new IModelDeleted(iModel)));
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

  private Outcome<Created, OfCreation> add(Cause cause, NewConnection connection) {
    return dependencies
        .store()
        .add(cause, connection, dependencies.limits())
        .map(added -> new Created(connection.connection(), added.usage()));
  }
}
