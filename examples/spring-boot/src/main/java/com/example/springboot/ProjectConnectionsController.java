package com.example.springboot;

import io.storageconnections.application.connection.ConnectionRequest;
import io.storageconnections.application.outcome.Failure.FilesAlreadyMapped;
import io.storageconnections.application.outcome.Failure.IModelDeleted;
import io.storageconnections.application.outcome.Failure.InsufficientPermissions;
import io.storageconnections.application.outcome.Failure.Invalid;
import io.storageconnections.application.outcome.Failure.LimitReached;
import io.storageconnections.application.outcome.Outcome.Failed;
import io.storageconnections.application.outcome.Outcome.Success;
import io.storageconnections.application.outcome.Violation;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.sourcefile.SourceFileRequest;
import io.storageconnections.domain.connection.FileMappings.Conflict;
import io.storageconnections.domain.connection.FileMappings.HeldFile;
import io.storageconnections.domain.connection.FileMappings.RepeatedFile;
import io.storageconnections.embedded.StorageConnectionsService;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Creates connections, stores which project they belong to, and answers in its own format. */
@RestController
class ProjectConnectionsController {

  private final StorageConnectionsService storageConnections;
  private final DataSource dataSource;
  private final JdbcClient jdbc;

  ProjectConnectionsController(
      StorageConnectionsService storageConnections, DataSource dataSource, JdbcClient jdbc) {
    this.storageConnections = storageConnections;
    this.dataSource = dataSource;
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

  /**
   * Creates a connection and the rows of the service in one transaction. A failure of the library,
   * such as a conflict, leaves the transaction usable. An exception rolls everything back.
   */
  @PostMapping("/projects/{project}/connections")
  @Transactional
  ResponseEntity<?> create(
      @AuthenticationPrincipal Jwt user,
      @PathVariable String project,
      @RequestBody ProjectConnectionRequest request) {
    var caller = Caller.ofUser("project-connections", user.getSubject());
    log(project, caller.subject() + " adds " + request.displayName());
    var useCases = storageConnections.within(DataSourceUtils.getConnection(dataSource));
    return switch (useCases
        .createStorageConnection()
        .create(caller, request.toConnectionRequest())) {
      case Success(var created) -> {
        var id = created.connection().id().toString();
        jdbc.sql("insert into project_connection (project, name, id) values (?, ?, ?)")
            .params(project, request.displayName(), id)
            .update();
        yield ResponseEntity.status(HttpStatus.CREATED).body(Map.of("connection", id));
      }
      case Failed(FilesAlreadyMapped(var conflicts)) ->
          problem(HttpStatus.CONFLICT, describe(conflicts.getFirst()));
      case Failed(Invalid(var violations)) ->
          problem(
              HttpStatus.BAD_REQUEST,
              "Look at " + violations.stream().map(Violation::member).toList() + " again.");
      case Failed(LimitReached(var excess)) ->
          problem(HttpStatus.CONFLICT, "The iModel takes no more than " + excess.limit() + ".");
      case Failed(InsufficientPermissions(var iModel)) ->
          problem(HttpStatus.FORBIDDEN, "You may not change iModel " + iModel + ".");
      case Failed(IModelDeleted(var iModel)) ->
          problem(HttpStatus.GONE, "iModel " + iModel + " was deleted.");
    };
  }

  private void log(String project, String entry) {
    jdbc.sql("insert into project_log (project, entry) values (?, ?)")
        .params(project, entry)
        .update();
  }

  /** Answers a request whose transaction was rolled back because the name is taken. */
  @ExceptionHandler
  ResponseEntity<?> answer(DuplicateKeyException taken) {
    return problem(HttpStatus.CONFLICT, "The project has a connection of that name.");
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
