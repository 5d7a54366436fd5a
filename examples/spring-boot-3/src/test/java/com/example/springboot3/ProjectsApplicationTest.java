package com.example.springboot3;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.connection.ConnectionRequest;
import io.storageconnections.application.outcome.Failure.Invalid;
import io.storageconnections.application.outcome.Outcome.Failed;
import io.storageconnections.application.outcome.Outcome.Success;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.sourcefile.SourceFileRequest;
import io.storageconnections.embedded.StorageConnectionsService;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

final class ProjectsApplicationTest {

  private static final String FILE = "t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cA";

  private final String database =
      "--spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
  private final String iModel = UUID.randomUUID().toString();

  private ConfigurableApplicationContext start() {
    return SpringApplication.run(ProjectsApplication.class, database);
  }

  private static Object create(
      ConfigurableApplicationContext application, ConnectionRequest request) {
    return application
        .getBean(StorageConnectionsService.class)
        .useCases()
        .createStorageConnection()
        .create(Caller.ofClient("projects"), request);
  }

  private ConnectionRequest request(String connectorType) {
    return new ConnectionRequest(
        "Bridge", iModel, null, List.of(new SourceFileRequest(FILE, connectorType)));
  }

  @Test
  void the_application_and_the_library_store_in_the_same_database() {
    try (var application = start()) {
      var jdbc = application.getBean(JdbcClient.class);
      jdbc.sql("insert into project values (?, ?)").params(iModel, "Bridge").update();

      assertThat(create(application, request("MSTN"))).isInstanceOf(Success.class);
      assertThat(jdbc.sql("select count(*) from storage_connection").query(Integer.class).single())
          .isOne();
      assertThat(create(application, request("MSTN"))).isInstanceOf(Failed.class);
      assertThat(create(application, request("PAPER")))
          .isInstanceOfSatisfying(
              Failed.class, failed -> assertThat(failed.failure()).isInstanceOf(Invalid.class));
    }
  }

  @Test
  void each_has_a_history_of_migrations_which_a_second_start_accepts() {
    start().close();
    try (var application = start()) {
      var jdbc = application.getBean(JdbcClient.class);
      assertThat(
              jdbc.sql(
                      "select \"description\" from \"flyway_schema_history\" where \"type\" ="
                          + " 'SQL'")
                  .query(String.class)
                  .list())
          .containsExactly("projects");
      assertThat(
              jdbc.sql(
                      "select count(*) from \"storage_connection_schema_history\" where"
                          + " \"success\"")
                  .query(Integer.class)
                  .single())
          .isPositive();
    }
  }
}
