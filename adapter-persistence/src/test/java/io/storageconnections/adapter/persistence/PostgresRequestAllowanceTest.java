package io.storageconnections.adapter.persistence;

import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_RATE_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.storageconnections.adapter.persistence.sql.Transactions;
import io.storageconnections.application.contract.RequestAllowanceContract;
import io.storageconnections.application.port.RequestLease;
import io.storageconnections.application.port.StoreException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The allowance, on a real PostgreSQL. */
@TestInstance(Lifecycle.PER_CLASS)
final class PostgresRequestAllowanceTest implements RequestAllowanceContract {

  private EmbeddedPostgres postgres;
  private Database database;

  @BeforeAll
  void open() {
    postgres = TestPostgres.start();
    database =
        Database.open(
            postgres.getJdbcUrl("postgres", "postgres"), null, null, Database.CONNECTIONS_DEFAULT);
    Migrations.run(database.dataSource());
  }

  @AfterAll
  void close() throws IOException {
    database.close();
    postgres.close();
  }

  @Override
  public RequestLease lease(String partition, int wanted, int limit, Duration window) {
    return allowance().lease(partition, wanted, limit, window);
  }

  private JooqRequestAllowance allowance() {
    return JooqRequestAllowance.on(database.dataSource()).orElseThrow();
  }

  @Test
  void a_window_from_before_the_clock_was_set_back_is_over() {
    var allowance = allowance();
    allowance.lease("early", 10, 10, LONG);
    setAllEnds(OffsetDateTime.now(ZoneOffset.UTC).plus(LONG.multipliedBy(3)));
    var lease = allowance.lease("early", 10, 10, LONG);
    assertThat(lease.granted()).isEqualTo(10);
    assertThat(lease.ends()).isLessThanOrEqualTo(LONG);
  }

  @Test
  void a_statement_joins_a_window_that_began_after_the_statement() {
    var allowance = allowance();
    allowance.lease("late", 10, 10, LONG);
    setAllEnds(OffsetDateTime.now(ZoneOffset.UTC).plus(LONG).plusSeconds(5));
    assertThat(allowance.lease("late", 10, 10, LONG).granted()).isZero();
  }

  @Test
  void ended_windows_are_deleted_and_running_windows_are_kept() {
    var allowance = allowance();
    allowance.lease("kept", 7, 10, LONG);
    for (int i = 2; i < JooqRequestAllowance.LEASES_PER_DELETION; i++) {
      allowance.lease("passing " + i, 1, 10, Duration.ofNanos(1_000));
    }
    assertThat(rows()).isGreaterThan(JooqRequestAllowance.LEASES_PER_DELETION - 3);
    assertThat(allowance.lease("kept", 7, 10, LONG).granted()).isEqualTo(3);
    assertThat(rows()).isLessThan(JooqRequestAllowance.LEASES_PER_DELETION / 2);
  }

  @Test
  void an_unreachable_database_is_a_store_exception() {
    var gone =
        Database.open(
            postgres.getJdbcUrl("postgres", "postgres"), null, null, Database.CONNECTIONS_DEFAULT);
    var allowance = JooqRequestAllowance.on(gone.dataSource()).orElseThrow();
    gone.close();
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> allowance.lease("a client", 1, 10, LONG));
  }

  private void setAllEnds(OffsetDateTime end) {
    dsl()
        .update(STORAGE_CONNECTION_RATE_LIMIT)
        .set(STORAGE_CONNECTION_RATE_LIMIT.ENDS_AT, end)
        .execute();
  }

  private int rows() {
    return dsl().fetchCount(STORAGE_CONNECTION_RATE_LIMIT);
  }

  private DSLContext dsl() {
    return Transactions.on(database.dataSource()).dsl();
  }
}
