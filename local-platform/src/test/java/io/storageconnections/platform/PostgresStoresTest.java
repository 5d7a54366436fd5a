package io.storageconnections.platform;

import io.storageconnections.platform.fixture.TestPostgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;

/** Tests the stores on a real PostgreSQL. */
final class PostgresStoresTest extends StoresTest {

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
