package io.storageconnections.platform;

import io.storageconnections.adapter.persistence.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;

/** Runs the contract on a real PostgreSQL. */
final class PostgresSeedTest extends SeedContract {

  private final EmbeddedPostgres postgres = start();

  private static EmbeddedPostgres start() {
    try {
      return EmbeddedPostgres.builder().setPGStartupWait(Duration.ofSeconds(60)).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  Database open() {
    return Database.open(postgres.getJdbcUrl("postgres", "postgres"), null, null, 10);
  }

  @AfterAll
  void stop() throws IOException {
    postgres.close();
  }
}
