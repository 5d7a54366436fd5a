package io.storageconnections.adapter.persistence;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;

/** The contracts, kept by a real PostgreSQL. If it cannot start, nothing is proven: that fails. */
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
