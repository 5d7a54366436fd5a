package io.storageconnections.adapter.execution;

import io.storageconnections.adapter.persistence.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Engines on a PostgreSQL server. */
class PostgresRunEngineTest extends RunEngineContracts {

  private static EmbeddedPostgres server;

  @BeforeAll
  static void open() {
    server = TestPostgres.start();
    Migrations.run(server.getPostgresDatabase());
  }

  @AfterAll
  static void close() throws IOException {
    server.close();
  }

  @Override
  DataSource database() {
    return server.getPostgresDatabase();
  }
}
