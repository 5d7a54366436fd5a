package io.storageconnections.adapter.execution;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** Starts real PostgreSQL servers for tests. */
final class TestPostgres {

  private TestPostgres() {}

  /** Starts a server. If PostgreSQL cannot start, the tests fail and are not skipped. */
  static EmbeddedPostgres start() {
    try {
      return EmbeddedPostgres.builder().setPGStartupWait(Duration.ofSeconds(60)).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
