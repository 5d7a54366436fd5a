package io.storageconnections.platform;

import io.storageconnections.adapter.persistence.Database;
import io.storageconnections.platform.fixture.TestPostgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;

/** Runs the contract on a real PostgreSQL. */
final class PostgresSeedTest extends SeedContract {

  private final EmbeddedPostgres postgres = TestPostgres.start();

  @Override
  Database open() {
    return Database.open(postgres.getJdbcUrl("postgres", "postgres"), null, null, 10);
  }

  @AfterAll
  void stop() throws IOException {
    postgres.close();
  }
}
