package com.example.springbootjpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.storageconnections.application.connection.ConnectionRequest;
import io.storageconnections.application.outcome.Outcome.Success;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.sourcefile.SourceFileRequest;
import io.storageconnections.embedded.StorageConnectionsService;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;

@SpringBootTest
final class ProjectsApplicationTest {

  private static final String FILE = "t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cA";

  private final String iModel = UUID.randomUUID().toString();

  @Autowired private JdbcClient jdbc;
  @Autowired private ProjectRepository projects;
  @Autowired private StorageConnectionsService storageConnections;

  @Test
  void an_entity_and_a_connection_are_stored_in_the_same_database() {
    projects.save(new Project(iModel, "Bridge"));

    var files = List.of(new SourceFileRequest(FILE, "MSTN"));
    var created =
        storageConnections
            .useCases()
            .createStorageConnection()
            .create(
                Caller.ofClient("projects"), new ConnectionRequest("Bridge", iModel, null, files));

    assertThat(created).isInstanceOf(Success.class);
    assertThat(projects.findById(iModel)).map(Project::name).contains("Bridge");
    assertThat(jdbc.sql("select count(*) from storage_connection").query(Integer.class).single())
        .isOne();
  }

  @Test
  void jpa_validates_entities_and_interpolates_the_messages() {
    assertThatExceptionOfType(ConstraintViolationException.class)
        .isThrownBy(() -> projects.saveAndFlush(new Project(iModel, "")))
        .satisfies(failure ->
            assertThat(failure.getConstraintViolations())
                .extracting(ConstraintViolation::getMessage)
                .containsExactly("size must be between 1 and 50"));
  }
}
