package io.storageconnections.adapter.persistence;

import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_RATE_LIMIT;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.storageconnections.adapter.persistence.schema.tables.StorageConnectionRateLimit;
import io.storageconnections.adapter.persistence.sql.Transactions;
import io.storageconnections.application.port.RequestAllowance;
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
 * An allowance that all nodes on one PostgreSQL share. A lease is one statement; the database's
 * clock alone decides when a window ends. Thread-safe.
 *
 * <p>A statement knows the time at which it began, and may then wait for others at the same row: so
 * it can meet a window that began later than itself, which it joins. A window that ends more than
 * its length too late was not made by anybody who waited, but before somebody set the clock back;
 * it is over, or it would last until the clock has caught up.
 */
public final class JooqRequestAllowance implements RequestAllowance {

  private static final StorageConnectionRateLimit TAKEN = STORAGE_CONNECTION_RATE_LIMIT;

  /** How often what is over is cleared away: each lease adds a row at most. */
  static final int LEASES_PER_CLEARING = 1_000;

  /** More than can have been added since, so that the table comes down to what is in use. */
  private static final int CLEARED_MAX = 5 * LEASES_PER_CLEARING;

  private final Transactions transactions;
  private final DSLContext dsl;
  private final AtomicLong leases = new AtomicLong();

  private JooqRequestAllowance(Transactions transactions) {
    this.transactions = transactions;
    this.dsl = transactions.dsl();
  }

  /**
   * Makes an allowance on a database that this adapter's migrations have been run on.
   *
   * @param dataSource as {@link JooqStorageConnectionStore#on} wants it; stays its owner's to close
   * @return the allowance, which has nothing to close; empty on any other database than PostgreSQL:
   *     nobody else can be at one that is embedded
   * @throws IllegalArgumentException if its connections are of another isolation level than READ
   *     COMMITTED
   * @throws IllegalStateException if they are not in auto-commit mode
   * @throws StoreException if the database cannot be reached to ask which one it is
   */
  public static Optional<RequestAllowance> on(DataSource dataSource) {
    var transactions = Transactions.on(dataSource);
    return transactions.isPostgres()
        ? Optional.of(new JooqRequestAllowance(transactions))
        : Optional.empty();
  }

  @Override
  public Lease lease(String partition, int wanted, int limit, Duration window) {
    return transactions.run(
        "counting requests",
        () -> {
          if (leases.incrementAndGet() % LEASES_PER_CLEARING == 0) {
            clear();
          }
          return take(partition, wanted, limit, window);
        });
  }

  private Lease take(String partition, int wanted, int limit, Duration window) {
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
          return new Lease(
              (int) (after - before),
              (int) (limit - after),
              Duration.between(row.value3(), row.value2()));
        });
  }

  /** Of one length whatever the text; and who was here need not be kept to be counted. */
  private static UUID id(String partition) {
    return UUID.nameUUIDFromBytes(partition.getBytes(UTF_8));
  }

  /** What somebody else is at is left to them. */
  private void clear() {
    dsl.deleteFrom(TAKEN)
        .where(
            TAKEN.PARTITION_ID.in(
                DSL.select(TAKEN.PARTITION_ID)
                    .from(TAKEN)
                    .where(TAKEN.ENDS_AT.le(now()))
                    .limit(CLEARED_MAX)
                    .forUpdate()
                    .skipLocked()))
        .execute();
  }

  private static Field<OffsetDateTime> now() {
    return DSL.currentOffsetDateTime();
  }
}
