package io.storageconnections.application.sourcefile;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.access.AccessControl;
import io.storageconnections.application.outcome.Failure.ConnectionNotFound;
import io.storageconnections.application.outcome.Failure.FilesAlreadyMapped;
import io.storageconnections.application.outcome.Failure.Invalid;
import io.storageconnections.application.outcome.Failure.OfFileAddition;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.Permission;
import io.storageconnections.application.validation.RequestValidator;
import io.storageconnections.domain.audit.Cause;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.FileMappings;
import io.storageconnections.domain.connection.SourceFile;
import java.util.List;

/** Validates the request; the store decides which request gets a file. */
record AddSourceFilesUseCase(Dependencies dependencies) implements AddSourceFiles {

  @Override
  public Outcome<Added, OfFileAddition> add(Caller caller, Addition addition) {
    requireNonNull(caller, "caller");
    requireNonNull(addition, "addition");
    var named = RequestValidator.parsedIfValid(addition.connectionId(), ConnectionId::parse);
    var refused =
        named.flatMap(id -> AccessControl.of(dependencies).refusal(caller, id, Permission.WRITE));
    // Also of a request with other violations, so that one answer names all of them.
    var check =
        named
            .filter(id -> refused.isEmpty())
            .map(id ->
                StorageFileCheck.of(
                    dependencies.storageFiles(),
                    caller,
                    id.iModel(),
                    SourceFileRequest.storageFiles(addition.sourceFiles())))
            .orElse(StorageFileCheck.NOT_NEEDED);
    var violations = dependencies.validator().violations(addition, check.refused());
    if (!violations.isEmpty()) {
      return Outcome.failed(new Invalid(violations));
    }
    if (refused.isPresent()) {
      return Outcome.failed(refused.get());
    }
    var cause = dependencies.cause(caller);
    return add(
        cause,
        named.orElseThrow(),
        SourceFileRequest.toSourceFiles(
            addition.sourceFiles(), check.usable(), dependencies.ids(), cause.at()));
  }

  private Outcome<Added, OfFileAddition> add(
      Cause cause, ConnectionId id, List<SourceFile> sourceFiles) {
    var store = dependencies.store();
    var wanted = SourceFile.storageFileIds(sourceFiles);
    // As for a new connection: the store cannot detect a file that the request names twice.
    if (!FileMappings.NONE.conflictsWith(wanted).isEmpty()) {
      return Outcome.failed(
          store.find(id).isEmpty()
              ? new ConnectionNotFound(id)
              : new FilesAlreadyMapped(store.mappings(id.iModel(), wanted).conflictsWith(wanted)));
    }
    return store
        .addFiles(cause, id, sourceFiles, dependencies.limits())
        .map(added -> new Added(id, sourceFiles, added.usage()));
  }
}
