package io.storageconnections.adapter.persistence;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;

/** Runs the contracts on a real PostgreSQL. */
final class PostgresStoreTest extends DatabaseContracts {

  private final EmbeddedPostgres postgres = TestPostgres.start();

  @Override
  String url() {
    return postgres.getJdbcUrl("postgres", "postgres");
  }

  @AfterAll
  void stop() throws IOException {
    postgres.close();
  }
}
