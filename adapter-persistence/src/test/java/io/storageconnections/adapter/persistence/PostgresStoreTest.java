package io.storageconnections.adapter.persistence;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;

/**
 * Runs the contracts on a real PostgreSQL. If PostgreSQL cannot start, the tests fail and are not
 * skipped.
 */
final class PostgresStoreTest extends DatabaseContracts {

  private final EmbeddedPostgres postgres = start();

  private static EmbeddedPostgres start() {
    try {
      return EmbeddedPostgres.builder().setPGStartupWait(Duration.ofSeconds(60)).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  String url() {
    return postgres.getJdbcUrl("postgres", "postgres");
  }

  @AfterAll
  void stop() throws IOException {
    postgres.close();
  }
}
