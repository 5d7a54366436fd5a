package io.storageconnections.adapter.execution.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.assertj.core.api.Assertions;
import org.assertj.core.data.TemporalUnitOffset;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

final class DatabaseClockTest {

  private static final Duration TWO_MINUTES = Duration.ofMinutes(2);

  private static JdbcDataSource database() {
    var database = new JdbcDataSource();
    database.setUrl("jdbc:h2:mem:");
    return database;
  }

  /** The database's clock is that of this JVM. */
  private static DatabaseClock clockOfANode(Duration fast) {
    return new DatabaseClock(database(), InstantSource.offset(InstantSource.system(), fast));
  }

  @Test
  void nodes_whose_clocks_differ_by_minutes_agree_on_the_time() throws SQLException {
    var fast = clockOfANode(TWO_MINUTES);
    var slow = clockOfANode(TWO_MINUTES.negated());
    assertThat(fast.isRead()).isFalse();
    assertThat(Duration.between(slow.instant(), fast.instant()))
        .isGreaterThan(Duration.ofMinutes(3));

    fast.read();
    slow.read();

    assertThat(fast.isRead()).isTrue();
    assertThat(Duration.between(slow.instant(), fast.instant()).abs())
        .isLessThan(Duration.ofMinutes(1));
    assertThat(fast.instant()).isCloseTo(Instant.now(), within(Duration.ofMinutes(1)));
  }

  @Test
  void the_time_goes_on_between_two_readings_also_if_the_clock_of_the_node_stands_still()
      throws SQLException {
    var clock = new DatabaseClock(database(), InstantSource.fixed(Instant.EPOCH));
    clock.read();
    var before = clock.instant();
    var nanos = System.nanoTime();
    while (System.nanoTime() - nanos < 1_000_000) {
      Thread.onSpinWait();
    }
    assertThat(Duration.between(before, clock.instant())).isGreaterThan(Duration.ofMillis(1));
  }

  @Test
  void the_time_of_the_node_serves_until_the_database_answers() {
    var unreachable = new JdbcDataSource();
    unreachable.setUrl("jdbc:h2:tcp://127.0.0.1:1/none");
    var clock = new DatabaseClock(unreachable, InstantSource.fixed(Instant.EPOCH));
    assertThatThrownBy(clock::read).isInstanceOf(SQLException.class);
    assertThat(clock.isRead()).isFalse();
    assertThat(clock.instant()).isEqualTo(Instant.EPOCH);
  }

  private static TemporalUnitOffset within(Duration duration) {
    return Assertions.within(duration.toSeconds(), ChronoUnit.SECONDS);
  }
}
