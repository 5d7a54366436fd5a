package io.storageconnections.adapter.execution.clock;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The time of the database, which is the same for all nodes, however their own clocks differ.
 * Between two readings of the database's time, the monotonic clock of the JVM advances it; changes
 * of the node's clock have no effect. Thread-safe.
 */
public final class DatabaseClock implements InstantSource {

  /** A reading that took longer is less accurate than the clock that it would correct. */
  private static final Duration ROUND_TRIP_MAX = Duration.ofSeconds(1);

  private final DataSource dataSource;
  private final InstantSource untilRead;
  private volatile @Nullable Reading reading;

  /**
   * Creates a clock.
   *
   * @param dataSource the database
   * @param untilRead the time until the database's time was read for the first time
   */
  public DatabaseClock(DataSource dataSource, InstantSource untilRead) {
    this.dataSource = dataSource;
    this.untilRead = untilRead;
  }

  @Override
  public Instant instant() {
    var current = reading;
    return current == null
        ? untilRead.instant()
        : current.time.plusNanos(System.nanoTime() - current.nanos);
  }

  /** {@return whether the database's time was read} */
  public boolean isRead() {
    return reading != null;
  }

  /**
   * Reads the database's time.
   *
   * @throws SQLException if the database cannot answer; the clock goes on
   */
  public void read() throws SQLException {
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement()) {
      var before = System.nanoTime();
      try (var result = statement.executeQuery("select current_timestamp")) {
        result.next();
        var time = result.getObject(1, OffsetDateTime.class).toInstant();
        var roundTrip = System.nanoTime() - before;
        if (reading == null || roundTrip <= ROUND_TRIP_MAX.toNanos()) {
          reading = new Reading(time, before + roundTrip / 2);
        }
      }
    }
  }

  /** The database's time when the monotonic clock had the given value. */
  private record Reading(Instant time, long nanos) {}
}
