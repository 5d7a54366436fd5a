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

/** Has connections made, remembers which project they belong to, and says so in its own words. */
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

  /** What a user asks for; whether it is valid the library judges, but that there is a name. */
  record Wish(
      String displayName,
      @Nullable String iModelId,
      @Nullable String storageFileId,
      @Nullable String connectorType) {

    Wish {
      Objects.requireNonNull(displayName);
    }

    ConnectionRequest request() {
      var file = new SourceFileRequest(storageFileId, connectorType);
      return new ConnectionRequest(displayName, iModelId, null, List.of(file));
    }
  }

  @PostMapping("/projects/{project}/connections")
  ResponseEntity<?> create(
      @AuthenticationPrincipal Jwt user, @PathVariable String project, @RequestBody Wish wish) {
    var caller = Caller.ofUser("project-connections", user.getSubject());
    return switch (useCases.createStorageConnection().create(caller, wish.request())) {
      case Success(var created) ->
          own(caller, project, wish.displayName(), created.connection().id().toString());
      case Failed(FilesAlreadyMapped(var conflicts)) ->
          refusal(HttpStatus.CONFLICT, holder(conflicts.getFirst()));
      case Failed(Invalid(var violations)) ->
          refusal(
              HttpStatus.BAD_REQUEST,
              "Look at " + violations.stream().map(Violation::member).toList() + " again.");
      case Failed(LimitReached(var excess)) ->
          refusal(HttpStatus.CONFLICT, "The iModel takes no more than " + excess.limit() + ".");
    };
  }

  /**
   * The connection is there for good, whatever becomes of our transaction: the library's requests
   * are never part of it. So ours comes second, with no connection to the database held while the
   * library works, and what it does not want is deleted again. If this process ends in between, or
   * the database is away by then, the connection is left without a project, and keeps its file
   * until somebody deletes it.
   */
  private ResponseEntity<?> own(Caller caller, String project, String name, String connection) {
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
      } catch (RuntimeException again) {
        failure.addSuppressed(again);
        throw failure;
      }
      if (failure instanceof DuplicateKeyException) {
        return refusal(HttpStatus.CONFLICT, "The project has a connection of that name.");
      }
      throw failure;
    }
  }

  private static String holder(Conflict conflict) {
    return switch (conflict) {
      case HeldFile held -> "The file is in connection " + held.holder().displayName() + ".";
      case RepeatedFile repeated -> "The file is named twice.";
    };
  }

  private static ResponseEntity<?> refusal(HttpStatus status, String why) {
    return ResponseEntity.of(ProblemDetail.forStatusAndDetail(status, why)).build();
  }
}
