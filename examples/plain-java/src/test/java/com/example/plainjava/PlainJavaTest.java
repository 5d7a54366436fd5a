package com.example.plainjava;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.storageconnections.embedded.StorageConnectionsService;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PlainJavaTest {

  private final HikariDataSource pool = pool();
  private final StorageConnectionsService service = StorageConnectionsService.on(pool);
  private final PlainJava example = new PlainJava(service.useCases());

  private static HikariDataSource pool() {
    var pool = new HikariDataSource();
    pool.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID());
    return pool;
  }

  @AfterEach
  void close() {
    service.close();
    pool.close();
  }

  @Test
  void a_file_is_mapped_once() {
    assertThat(example.create("Bridge", "MSTN")).isEqualTo("created Bridge");
    assertThat(example.create("Tunnel", "MSTN"))
        .startsWith("already mapped: ")
        .contains("displayName=Bridge");
    assertThat(example.list()).isEqualTo("connections: [Bridge]");
  }

  @Test
  void a_violation_names_the_member() {
    assertThat(example.create("Bridge", "PAPER"))
        .isEqualTo("invalid: sourceFiles[0].connectorType");
  }
}
