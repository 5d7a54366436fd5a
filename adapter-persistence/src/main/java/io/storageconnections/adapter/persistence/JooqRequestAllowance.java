package io.storageconnections.adapter.persistence;

import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_RATE_LIMIT;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.storageconnections.adapter.persistence.schema.tables.StorageConnectionRateLimit;
import io.storageconnections.adapter.persistence.sql.Transactions;
import io.storageconnections.application.port.RequestLease;
import io.storageconnections.application.port.StoreException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.types.DayToSecond;

/**
 * Counts requests for all nodes on one PostgreSQL. A lease is one statement; the clock of the
 * database alone decides when a window ends. Thread-safe.
 *
 * <p>A statement knows the time at which it began, and may then wait for the lock of the row. So it
 * can find a window that began later than the statement itself, and joins it. A window whose end is
 * further away than its length was not made by a waiting statement, but before an operator set the
 * clock back; the statement treats it as over, because it would last until the clock has caught up.
 */
public final class JooqRequestAllowance {

  private static final StorageConnectionRateLimit TAKEN = STORAGE_CONNECTION_RATE_LIMIT;

  /** Windows that are over are deleted once in so many leases; each lease adds at most one row. */
  static final int LEASES_PER_DELETION = 1_000;

  /** More than can have been added since the last deletion, so that the table shrinks. */
  private static final int DELETED_MAX = 5 * LEASES_PER_DELETION;

  private final Transactions transactions;
  private final DSLContext dsl;
  private final AtomicLong leases = new AtomicLong();

  private JooqRequestAllowance(Transactions transactions) {
    this.transactions = transactions;
    this.dsl = transactions.dsl();
  }

  /**
   * Creates a count on a database that has this adapter's migrations.
   *
   * @param dataSource as for {@link JooqStorageConnectionStore#on}; its owner closes it
   * @return the count, which need not be closed; empty on another database than PostgreSQL, because
   *     an embedded database has one node
   * @throws IllegalArgumentException if the connections have another isolation level than READ
   *     COMMITTED
   * @throws IllegalStateException if the connections are not in auto-commit mode
   * @throws StoreException if the database cannot be reached to ask for its dialect
   */
  public static Optional<JooqRequestAllowance> on(DataSource dataSource) {
    var transactions = Transactions.on(dataSource);
    return transactions.isPostgres()
        ? Optional.of(new JooqRequestAllowance(transactions))
        : Optional.empty();
  }

  /**
   * Leases requests of the current window of {@code partition}. A lease begins a new window if no
   * window is running. All leases of one window together grant at most {@code limit} requests.
   *
   * @param partition the name of the partition; any text
   * @param wanted the number of requests to lease, 0 or more; 0 only reads the state
   * @param limit the number of requests in a window, 1 or more; every node passes the same
   * @param window the length of a window, positive; every node passes the same
   * @return the lease, which may grant no request
   * @throws StoreException if the database cannot answer; requests that were leased anyway are lost
   *     until the window ends
   */
  public RequestLease lease(String partition, int wanted, int limit, Duration window) {
    return transactions.run(
        "counting requests",
        () -> {
          if (leases.incrementAndGet() % LEASES_PER_DELETION == 0) {
            deleteEndedWindows();
          }
          return take(partition, wanted, limit, window);
        });
  }

  private RequestLease take(String partition, int wanted, int limit, Duration window) {
    var length = DayToSecond.valueOf(window);
    var wantedNow = DSL.excluded(TAKEN.WANTED);
    var endsThen = DSL.excluded(TAKEN.ENDS_AT);
    var isRunning = TAKEN.ENDS_AT.gt(now()).and(TAKEN.ENDS_AT.le(endsThen.plus(length)));
    return dsl.insertInto(TAKEN)
        .set(TAKEN.PARTITION_ID, id(partition))
        .set(TAKEN.WANTED, (long) wanted)
        .set(TAKEN.ENDS_AT, now().plus(length))
        .onConflict(TAKEN.PARTITION_ID)
        .doUpdate()
        .set(TAKEN.WANTED, DSL.when(isRunning, TAKEN.WANTED.plus(wantedNow)).otherwise(wantedNow))
        .set(TAKEN.ENDS_AT, DSL.when(isRunning, TAKEN.ENDS_AT).otherwise(endsThen))
        .returningResult(TAKEN.WANTED, TAKEN.ENDS_AT, now())
        .fetchSingle(row -> {
          var before = Math.min(limit, row.value1() - wanted);
          var after = Math.min(limit, row.value1());
          return new RequestLease(
              (int) (after - before),
              (int) (limit - after),
              Duration.between(row.value3(), row.value2()));
        });
  }

  /** A hash has a fixed length, and does not store the names of clients. */
  private static UUID id(String partition) {
    return UUID.nameUUIDFromBytes(partition.getBytes(UTF_8));
  }

  /** Skips rows that another node has locked. */
  private void deleteEndedWindows() {
    dsl.deleteFrom(TAKEN)
        .where(
            TAKEN.PARTITION_ID.in(
                DSL.select(TAKEN.PARTITION_ID)
                    .from(TAKEN)
                    .where(TAKEN.ENDS_AT.le(now()))
                    .limit(DELETED_MAX)
                    .forUpdate()
                    .skipLocked()))
        .execute();
  }

  private static Field<OffsetDateTime> now() {
    return DSL.currentOffsetDateTime();
  }
}
