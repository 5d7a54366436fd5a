package io.storageconnections.embedded;

import io.storageconnections.application.ForwardingUseCases;
import io.storageconnections.application.UseCases;
import io.storageconnections.application.connection.CreateStorageConnection;
import io.storageconnections.application.connection.DeleteConnectionsOfIModel;
import io.storageconnections.application.connection.DeleteStorageConnection;
import io.storageconnections.application.connection.UpdateStorageConnection;
import io.storageconnections.application.outcome.Failure;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.outcome.Outcome.Success;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.sourcefile.AddSourceFiles;
import io.storageconnections.application.sourcefile.MoveSourceFile;
import io.storageconnections.application.sourcefile.RemoveSourceFile;
import io.storageconnections.application.sourcefile.UpdateSourceFile;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.SourceFileId;
import io.storageconnections.embedded.ChangeEvent.ConnectionCreated;
import io.storageconnections.embedded.ChangeEvent.ConnectionDeleted;
import io.storageconnections.embedded.ChangeEvent.ConnectionUpdated;
import io.storageconnections.embedded.ChangeEvent.SourceFileMoved;
import io.storageconnections.embedded.ChangeEvent.SourceFileRemoved;
import io.storageconnections.embedded.ChangeEvent.SourceFileUpdated;
import io.storageconnections.embedded.ChangeEvent.SourceFilesAdded;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Use cases that report every change.
 *
 * @param next the use cases that make the changes
 * @param report takes each change that succeeded
 */
record ReportingUseCases(UseCases next, Consumer<ChangeEvent> report)
    implements ForwardingUseCases {

  @Override
  public CreateStorageConnection createStorageConnection() {
    return (caller, request) ->
        reported(
            next.createStorageConnection().create(caller, request),
            created -> new ConnectionCreated(identity(caller), created.connection()));
  }

  @Override
  public UpdateStorageConnection updateStorageConnection() {
    return (caller, change, precondition) ->
        reported(
            next.updateStorageConnection().update(caller, change, precondition),
            updated -> new ConnectionUpdated(identity(caller), updated));
  }

  @Override
  public DeleteStorageConnection deleteStorageConnection() {
    return (caller, reference, precondition) ->
        reported(
            next.deleteStorageConnection().delete(caller, reference, precondition),
            deleted -> new ConnectionDeleted(identity(caller), id(reference.connectionId())));
  }

  @Override
  public DeleteConnectionsOfIModel deleteConnectionsOfIModel() {
    return (caller, iModel) -> {
      var deleted = next.deleteConnectionsOfIModel().delete(caller, iModel);
      deleted.forEach(id -> report.accept(new ConnectionDeleted(identity(caller), id)));
      return deleted;
    };
  }

  @Override
  public AddSourceFiles addSourceFiles() {
    return (caller, addition) ->
        reported(
            next.addSourceFiles().add(caller, addition),
            added ->
                new SourceFilesAdded(identity(caller), added.connection(), added.sourceFiles()));
  }

  @Override
  public UpdateSourceFile updateSourceFile() {
    return (caller, change, precondition) ->
        reported(
            next.updateSourceFile().update(caller, change, precondition),
            updated -> new SourceFileUpdated(identity(caller), id(change.connectionId()), updated));
  }

  @Override
  public MoveSourceFile moveSourceFile() {
    return (caller, move, precondition) ->
        reported(
            next.moveSourceFile().move(caller, move, precondition),
            moved ->
                new SourceFileMoved(
                    identity(caller),
                    id(move.connectionId()),
                    id(move.targetConnectionId()),
                    moved));
  }

  @Override
  public RemoveSourceFile removeSourceFile() {
    return (caller, reference, precondition) ->
        reported(
            next.removeSourceFile().remove(caller, reference, precondition),
            removed ->
                new SourceFileRemoved(
                    identity(caller),
                    id(reference.connectionId()),
                    SourceFileId.parse(Objects.requireNonNull(reference.sourceFileId()))));
  }

  private <T, F extends Failure> Outcome<T, F> reported(
      Outcome<T, F> outcome, Function<T, ChangeEvent> change) {
    if (outcome instanceof Success<T, F>(var value)) {
      report.accept(change.apply(value));
    }
    return outcome;
  }

  /** Parses the id of a request that succeeded. */
  private static ConnectionId id(@Nullable String text) {
    return ConnectionId.parse(Objects.requireNonNull(text));
  }

  private static Caller identity(Caller caller) {
    return Caller.ofUser(caller.client(), caller.subject());
  }
}
