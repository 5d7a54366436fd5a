package com.example.springbootstarter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.storageconnections.application.outcome.OperationFailedException.FilesAlreadyMappedException;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.embedded.ChangeEvent;
import io.storageconnections.embedded.ChangeListener;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

@SpringBootTest
final class ProjectsApplicationTest {

  /** A listener of the application: a bean is enough. */
  @TestConfiguration(proxyBeanMethods = false)
  static class Listener {

    static final BlockingQueue<ChangeEvent> TOLD = new LinkedBlockingQueue<>();

    @Bean
    ChangeListener changeListener() {
      return TOLD::add;
    }
  }

  private final IModelId iModel = new IModelId(UUID.randomUUID());
  private final StorageFileId drawing =
      new StorageFileId(new ITwinId(UUID.randomUUID()), UUID.randomUUID());

  @Autowired private Projects projects;
  @Autowired private JdbcClient jdbc;
  @Autowired private ConfigurableListableBeanFactory beans;
  @Autowired private HealthIndicator storageConnectionsHealthIndicator;

  @Test
  void a_project_and_its_connection_are_added_together_or_not_at_all() throws Exception {
    var connection = projects.add("Bridge", iModel, drawing);
    assertThat(projects.connections(iModel)).containsExactly(connection);

    assertThatExceptionOfType(FilesAlreadyMappedException.class)
        .isThrownBy(() -> projects.add("Tunnel", iModel, drawing))
        .withMessageContaining(connection.id().toString());
    assertThat(projects.names()).contains("Bridge").doesNotContain("Tunnel");
    assertThat(Listener.TOLD.poll(10, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            ChangeEvent.ConnectionCreated.class,
            created -> assertThat(created.connection()).isEqualTo(connection));
    assertThat(Listener.TOLD).isEmpty();
  }

  @Test
  void the_application_and_the_library_have_migration_histories_of_their_own() {
    var tables =
        jdbc.sql("select lower(table_name) from information_schema.tables")
            .query(String.class)
            .list();
    assertThat(tables)
        .contains(
            "project",
            "flyway_schema_history",
            "storage_connection",
            "storage_connection_schema_history");
  }

  @Test
  void the_tables_of_the_library_exist_before_jpa_starts() {
    assertThat(beans.getBeanDefinition("entityManagerFactory").getDependsOn())
        .contains("storageConnectionsMigration");
  }

  @Test
  void the_health_of_the_application_includes_the_library() {
    assertThat(storageConnectionsHealthIndicator.health().getStatus()).isEqualTo(Status.UP);
  }
}
