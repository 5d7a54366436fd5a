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
 * Replaces all connections of a pool as soon as one of them proves unusable. Connections of one
 * pool share their fate: after a failover, a crash of the database's host or a failure of the disk,
 * the others are unusable too, and to find that out one by one costs a second each. Thread-safe.
 */
public final class PoolReplacement implements SQLExceptionOverride {

  /** So that requests that go on failing do not keep the pool empty. */
  private static final Duration INTERVAL_MIN = Duration.ofSeconds(2);

  private final AtomicReference<@Nullable HikariDataSource> pool = new AtomicReference<>();
  private final AtomicLong notBefore = new AtomicLong(System.nanoTime());

  /** Names the pool, which is created with this object and so after it. */
  public void of(HikariDataSource created) {
    pool.set(created);
  }

  // Override alone names the enum of the interface.
  @java.lang.Override
  public Override adjudicate(SQLException failure) {
    if (SqlFailure.endsSession(failure)) {
      replaceAll();
      return Override.MUST_EVICT;
    }
    if (SqlFailure.of(failure) == SqlFailure.READ_ONLY) {
      // The session stays read-only after the database became writable, but reads well until then.
      replaceAll();
    }
    return Override.CONTINUE_EVICT;
  }

  /** Idle connections are closed now, and those in use when they are given back. */
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
