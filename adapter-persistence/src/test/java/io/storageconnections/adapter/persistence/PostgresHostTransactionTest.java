package io.storageconnections.adapter.persistence;

import static io.storageconnections.domain.audit.AuditFixtures.CAUSE;
import static io.storageconnections.domain.connection.ConnectionFixtures.connection;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.storageconnections.domain.connection.Limits;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Runs the tests of host transactions on a real PostgreSQL. */
final class PostgresHostTransactionTest extends HostTransactionContracts {

  private final EmbeddedPostgres postgres = TestPostgres.start();

  @Override
  String url() {
    return postgres.getJdbcUrl("postgres", "postgres");
  }

  @Override
  String blockedSessions() {
    return "select count(*) from pg_stat_activity where wait_event_type = 'Lock'";
  }

  @AfterAll
  void stop() throws IOException {
    postgres.close();
  }

  @Test
  void a_transaction_that_failed_before_is_reported_as_such() throws SQLException {
    var store = JooqStorageConnectionStore.on(dataSource());
    try (var transaction = dataSource().getConnection();
        var statement = transaction.createStatement()) {
      transaction.setAutoCommit(false);
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> statement.execute("select 1 / 0"));
      assertThatIllegalStateException()
          .isThrownBy(() -> store.within(transaction).add(CAUSE, connection().build(), Limits.NONE))
          .withMessageContaining("has failed already");
    }
  }
}
