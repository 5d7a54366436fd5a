package io.storageconnections.embedded;

import io.storageconnections.application.ForwardingUseCases;
import io.storageconnections.application.UseCases;
import io.storageconnections.application.audit.ListAudit;
import io.storageconnections.application.audit.RemoveExpiredAudit;
import io.storageconnections.application.connection.CreateStorageConnection;
import io.storageconnections.application.connection.DeleteConnectionsOfIModel;
import io.storageconnections.application.connection.DeleteStorageConnection;
import io.storageconnections.application.connection.GetStorageConnection;
import io.storageconnections.application.connection.ListStorageConnections;
import io.storageconnections.application.connection.UpdateStorageConnection;
import io.storageconnections.application.run.RunUseCases;
import io.storageconnections.application.sourcefile.AddSourceFiles;
import io.storageconnections.application.sourcefile.GetSourceFile;
import io.storageconnections.application.sourcefile.ListSourceFiles;
import io.storageconnections.application.sourcefile.MoveSourceFile;
import io.storageconnections.application.sourcefile.RemoveSourceFile;
import io.storageconnections.application.sourcefile.UpdateSourceFile;
import java.sql.Connection;
import java.util.Optional;
import java.util.function.Function;

/**
 * Use cases that join the transaction of the current thread, if there is one. They look for it at
 * each call, because a host may keep the objects. The other use cases access no connections, or,
 * like the check of readiness, must test a database connection of their own.
 *
 * @param next makes each request a transaction of its own
 * @param transactions the transactions of the host
 * @param joined returns the use cases within the transaction on a connection
 */
record JoiningUseCases(
    UseCases next, HostTransactions transactions, Function<Connection, UseCases> joined)
    implements ForwardingUseCases {

  private UseCases current() {
    return transactions.current().map(joined).orElse(next);
  }

  @Override
  public CreateStorageConnection createStorageConnection() {
    return (caller, request) -> current().createStorageConnection().create(caller, request);
  }

  @Override
  public RemoveExpiredAudit removeExpiredAudit() {
    return () -> current().removeExpiredAudit().remove();
  }

  @Override
  public ListStorageConnections listStorageConnections() {
    return (caller, query) -> current().listStorageConnections().list(caller, query);
  }

  @Override
  public GetStorageConnection getStorageConnection() {
    return (caller, reference) -> current().getStorageConnection().get(caller, reference);
  }

  @Override
  public UpdateStorageConnection updateStorageConnection() {
    return (caller, change, precondition) ->
        current().updateStorageConnection().update(caller, change, precondition);
  }

  @Override
  public DeleteStorageConnection deleteStorageConnection() {
    return (caller, reference, precondition) ->
        current().deleteStorageConnection().delete(caller, reference, precondition);
  }

  @Override
  public DeleteConnectionsOfIModel deleteConnectionsOfIModel() {
    return (caller, iModel) -> current().deleteConnectionsOfIModel().delete(caller, iModel);
  }

  @Override
  public ListAudit listAudit() {
    return (caller, query) -> current().listAudit().list(caller, query);
  }

  @Override
  public AddSourceFiles addSourceFiles() {
    return (caller, addition) -> current().addSourceFiles().add(caller, addition);
  }

  @Override
  public ListSourceFiles listSourceFiles() {
    return (caller, query) -> current().listSourceFiles().list(caller, query);
  }

  @Override
  public GetSourceFile getSourceFile() {
    return (caller, reference) -> current().getSourceFile().get(caller, reference);
  }

  @Override
  public UpdateSourceFile updateSourceFile() {
    return (caller, change, precondition) ->
        current().updateSourceFile().update(caller, change, precondition);
  }

  @Override
  public MoveSourceFile moveSourceFile() {
    return (caller, move, precondition) ->
        current().moveSourceFile().move(caller, move, precondition);
  }

  @Override
  public Optional<RunUseCases> runs() {
    return next.runs().map(runs -> new JoiningRunUseCases(() -> current().runs().orElse(runs)));
  }

  @Override
  public RemoveSourceFile removeSourceFile() {
    return (caller, reference, precondition) ->
        current().removeSourceFile().remove(caller, reference, precondition);
  }
}
