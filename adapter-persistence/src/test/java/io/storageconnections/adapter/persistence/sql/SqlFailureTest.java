package io.storageconnections.adapter.persistence.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.SQLExceptionOverride.Override;
import io.storageconnections.adapter.persistence.database.PoolReplacement;
import io.storageconnections.application.port.StoreException.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.OverlappingFileLockException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the meaning of SQLSTATEs of PostgreSQL and H2. */
final class SqlFailureTest {

  @ParameterizedTest
  @CsvSource({
    "P0001,MISCONFIGURED",
    "55000,MISCONFIGURED",
    "26000,MISCONFIGURED",
    "08001,UNREACHABLE",
    "08006,UNREACHABLE",
    "57P01,UNREACHABLE",
    "57P03,UNREACHABLE",
    "XX000,UNREACHABLE",
    "40001,BUSY",
    "40P01,BUSY",
    "53200,BUSY",
    "53300,BUSY",
    "55P03,BUSY",
    "57014,BUSY",
    "HYT00,BUSY",
    "25006,READ_ONLY",
    "90097,READ_ONLY",
    "53100,DISK",
    "58030,DISK",
    "90020,UNREACHABLE",
    "90028,DISK",
    "90062,DISK",
    "90031,DISK",
    "90098,DISK",
    "90121,DISK",
    "42501,MISCONFIGURED",
    "28P01,MISCONFIGURED",
    "28000,MISCONFIGURED",
    "3D000,MISCONFIGURED",
    "3F000,MISCONFIGURED",
    "42P01,MISCONFIGURED",
    "42703,MISCONFIGURED",
    "42S02,MISCONFIGURED",
    "22021,MISCONFIGURED",
    "22P05,MISCONFIGURED",
    "XX001,MISCONFIGURED",
    "22023,MISCONFIGURED",
    "90011,MISCONFIGURED",
    "90066,MISCONFIGURED",
    "90030,MISCONFIGURED",
    "22001,DEFECT",
    "23503,DEFECT",
    "23514,DEFECT",
    "42601,DEFECT"
  })
  void each_sqlstate_has_a_reason_and_advice(String state, Reason reason) {
    var failure = new DataAccessException("SQL", new SQLException("refused", state));
    var exception = SqlFailure.of(failure).exception("adding", failure);
    assertThat(exception.reason()).isEqualTo(reason);
    assertThat(exception).hasMessageStartingWith("adding: ").hasCause(failure);
    assertThat(exception.advice()).isNotBlank();
  }

  @Test
  void a_failure_without_a_sqlstate_means_unreachable() {
    assertThat(SqlFailure.of(new SQLException("closed"))).isEqualTo(SqlFailure.UNREACHABLE);
    assertThat(SqlFailure.of(new IllegalStateException())).isEqualTo(SqlFailure.UNREACHABLE);
  }

  @Test
  void an_exhausted_pool_means_busy_unless_the_failure_has_a_sqlstate() {
    assertThat(SqlFailure.of(new SQLTransientConnectionException("timed out")))
        .isEqualTo(SqlFailure.BUSY);
    assertThat(
            SqlFailure.of(
                new SQLTransientConnectionException(
                    "timed out", "28P01", new SQLException("wrong password", "28P01"))))
        .isEqualTo(SqlFailure.LOGIN);
  }

  @Test
  void a_general_error_of_h2_that_an_io_exception_caused_means_disk() {
    var full = new SQLException("General error", "HY000", 50000, new IOException("No space left"));
    assertThat(SqlFailure.of(full)).isEqualTo(SqlFailure.DISK);
    assertThat(SqlFailure.of(new SQLException("General error", "HY000", 50000)))
        .isEqualTo(SqlFailure.UNREACHABLE);
  }

  @Test
  void an_io_exception_of_the_network_does_not_mean_disk() {
    var broken = new SQLException("I/O error", "08006", new IOException("reset"));
    assertThat(SqlFailure.of(broken)).isEqualTo(SqlFailure.UNREACHABLE);
  }

  @Test
  void a_broken_connection_to_a_server_of_h2_means_unreachable() {
    var refused = new SQLException("broken", "90067", 90067, new ConnectException("refused"));
    assertThat(SqlFailure.of(refused)).isEqualTo(SqlFailure.UNREACHABLE);
    assertThat(new PoolReplacement().adjudicate(refused)).isEqualTo(Override.MUST_EVICT);
  }

  @Test
  void a_file_that_this_process_still_has_locked_does_not_mean_another_process() {
    var locked = new SQLException("locked", "90020", 90020, new OverlappingFileLockException());
    assertThat(SqlFailure.of(locked)).isEqualTo(SqlFailure.CLOSED);
    assertThat(SqlFailure.of(new SQLException("locked", "90020"))).isEqualTo(SqlFailure.IN_USE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"08006", "57P01", "57P02", "90098", "90121", "90028"})
  void the_pool_evicts_a_session_that_ended(String state) {
    assertThat(new PoolReplacement().adjudicate(new SQLException("ended", state)))
        .isEqualTo(Override.MUST_EVICT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"23505", "40001", "53100", "25006", "42501", "22P05"})
  void the_pool_keeps_a_session_that_still_works(String state) {
    assertThat(new PoolReplacement().adjudicate(new SQLException("refused", state)))
        .isEqualTo(Override.CONTINUE_EVICT);
  }
}
