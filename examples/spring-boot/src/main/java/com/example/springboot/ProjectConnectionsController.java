package com.example.springboot;

import io.storageconnections.application.UseCases;
import io.storageconnections.application.connection.ConnectionReference;
import io.storageconnections.application.connection.ConnectionRequest;
import io.storageconnections.application.outcome.Failure.FilesAlreadyMapped;
import io.storageconnections.application.outcome.Failure.Invalid;
import io.storageconnections.application.outcome.Failure.LimitReached;
import io.storageconnections.application.outcome.Outcome.Failed;
import io.storageconnections.application.outcome.Outcome.Success;
import io.storageconnections.application.outcome.Violation;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.application.sourcefile.SourceFileRequest;
import io.storageconnections.domain.connection.FileMappings.Conflict;
import io.storageconnections.domain.connection.FileMappings.HeldFile;
import io.storageconnections.domain.connection.FileMappings.RepeatedFile;
import io.storageconnections.embedded.StorageConnectionsService;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Creates connections, stores which project they belong to, and answers in its own format. */
@RestController
final class ProjectConnectionsController {

  private final UseCases useCases;
  private final TransactionTemplate transaction;
  private final JdbcClient jdbc;

  ProjectConnectionsController(
      StorageConnectionsService storageConnections,
      TransactionTemplate transaction,
      JdbcClient jdbc) {
    this.useCases = storageConnections.useCases();
    this.transaction = transaction;
    this.jdbc = jdbc;
  }

  /** The body of a request. Only the name is required here; the library validates the rest. */
  record ProjectConnectionRequest(
      String displayName,
      @Nullable String iModelId,
      @Nullable String storageFileId,
      @Nullable String connectorType) {

    ProjectConnectionRequest {
      Objects.requireNonNull(displayName);
    }

    ConnectionRequest toConnectionRequest() {
      var file = new SourceFileRequest(storageFileId, connectorType);
      return new ConnectionRequest(displayName, iModelId, null, List.of(file));
    }
  }

  @PostMapping("/projects/{project}/connections")
  ResponseEntity<?> create(
      @AuthenticationPrincipal Jwt user,
      @PathVariable String project,
      @RequestBody ProjectConnectionRequest request) {
    var caller = Caller.ofUser("project-connections", user.getSubject());
    return switch (useCases
        .createStorageConnection()
        .create(caller, request.toConnectionRequest())) {
      case Success(var created) ->
          addToProject(
              caller, project, request.displayName(), created.connection().id().toString());
      case Failed(FilesAlreadyMapped(var conflicts)) ->
          problem(HttpStatus.CONFLICT, describe(conflicts.getFirst()));
      case Failed(Invalid(var violations)) ->
          problem(
              HttpStatus.BAD_REQUEST,
              "Look at " + violations.stream().map(Violation::member).toList() + " again.");
      case Failed(LimitReached(var excess)) ->
          problem(HttpStatus.CONFLICT, "The iModel takes no more than " + excess.limit() + ".");
    };
  }

  /**
   * Stores the rows of the service. The connection is committed already, because a request to the
   * library is never part of a transaction of the service. The service therefore writes its rows
   * afterwards, in its own transaction, and deletes the connection again if that fails. If the
   * process ends in between, or the database is unavailable, the connection remains without a
   * project, and keeps its file until a client deletes the connection.
   */
  private ResponseEntity<?> addToProject(
      Caller caller, String project, String name, String connection) {
    try {
      transaction.executeWithoutResult(status -> {
        jdbc.sql("insert into project_log (project, entry) values (?, ?)")
            .params(project, caller.subject() + " added " + name)
            .update();
        jdbc.sql("insert into project_connection (project, name, id) values (?, ?, ?)")
            .params(project, name, connection)
            .update();
      });
      return ResponseEntity.status(HttpStatus.CREATED).body(Map.of("connection", connection));
    } catch (RuntimeException failure) {
      try {
        useCases
            .deleteStorageConnection()
            .delete(caller, new ConnectionReference(connection), Precondition.NONE);
      } catch (RuntimeException failedDeletion) {
        failure.addSuppressed(failedDeletion);
        throw failure;
      }
      if (failure instanceof DuplicateKeyException) {
        return problem(HttpStatus.CONFLICT, "The project has a connection of that name.");
      }
      throw failure;
    }
  }

  private static String describe(Conflict conflict) {
    return switch (conflict) {
      case HeldFile held -> "The file is in connection " + held.holder().displayName() + ".";
      case RepeatedFile repeated -> "The file is named twice.";
    };
  }

  private static ResponseEntity<?> problem(HttpStatus status, String detail) {
    return ResponseEntity.of(ProblemDetail.forStatusAndDetail(status, detail)).build();
  }
}
