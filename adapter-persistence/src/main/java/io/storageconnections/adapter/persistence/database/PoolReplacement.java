package io.storageconnections.adapter.persistence.database;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import io.storageconnections.adapter.persistence.sql.SqlFailure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Replaces all connections of a pool as soon as one of them is found unusable. After a failover, a
 * crash of the database host or a disk failure, the other connections are usually unusable as well,
 * and a test of each one would take a second. Thread-safe.
 */
public final class PoolReplacement implements SQLExceptionOverride {

  /**
   * The shortest time between two replacements, so that continuing failures do not keep the pool
   * empty.
   */
  private static final Duration INTERVAL_MIN = Duration.ofSeconds(2);

  private final AtomicReference<@Nullable HikariDataSource> pool = new AtomicReference<>();
  private final AtomicLong notBefore = new AtomicLong(System.nanoTime());

  /**
   * Sets the pool. The configuration of the pool refers to this object, so that the pool is created
   * later.
   */
  public void of(HikariDataSource created) {
    pool.set(created);
  }

  // Without the package, Override would mean the enum of the interface.
  @java.lang.Override
  public Override adjudicate(SQLException failure) {
    if (SqlFailure.endsSession(failure)) {
      replaceAll();
      return Override.MUST_EVICT;
    }
    if (SqlFailure.of(failure) == SqlFailure.READ_ONLY) {
      // The session can still read, but it stays read-only after the database became writable.
      replaceAll();
    }
    return Override.CONTINUE_EVICT;
  }

  /**
   * Closes idle connections now, and connections in use when they return to the pool. Does nothing
   * if the last replacement was less than 2 seconds ago.
   */
  public void replaceAll() {
    var now = System.nanoTime();
    var due = notBefore.get();
    if (due - now > 0 || !notBefore.compareAndSet(due, now + INTERVAL_MIN.toNanos())) {
      return;
    }
    var known = pool.get();
    if (known != null && known.getHikariPoolMXBean() != null) {
      known.getHikariPoolMXBean().softEvictConnections();
    }
  }
}
