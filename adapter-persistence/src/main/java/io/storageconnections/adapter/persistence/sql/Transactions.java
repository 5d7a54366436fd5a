package io.storageconnections.adapter.persistence.sql;

import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.port.TransactionConflictException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.DataSourceConnectionProvider;
import org.jooq.impl.DefaultConnectionProvider;
import org.jooq.tools.jdbc.DefaultConnection;
import org.jooq.tools.jdbc.JDBCUtils;
import org.jspecify.annotations.Nullable;

/**
 * Runs the statements of this adapter: begins and ends transactions, retries transient failures,
 * translates the violation of a named constraint into an outcome, and every other failure of the
 * database into a {@link StoreException}. Thread-safe, unless within a transaction of the host.
 *
 * <p>{@linkplain #within Within a transaction of the host}, a transaction of this adapter is a
 * savepoint instead, and a transient failure becomes a {@link TransactionConflictException}.
 */
public final class Transactions {

  /**
   * Serialization failure and deadlock: the database rolled the transaction back in favor of
   * another one.
   */
  private static final Set<String> ROLLED_BACK_FOR_ANOTHER = Set.of("40001", "40P01");

  /** PostgreSQL accepts no statement but a rollback, because an earlier statement failed. */
  private static final String TRANSACTION_FAILED = "25P02";

  /** The greatest number of attempts; after the last one, the store reports that it is busy. */
  private static final int ATTEMPTS_MAX = 10;

  private static final int PAUSE_MILLIS_MAX = 20;

  /**
   * The time for which the store is not ready after a failure of the disk. An embedded database
   * that reopens its file on a full disk frees a little space: a small write, such as the one of a
   * readiness check, then succeeds before the next request fails.
   */
  private static final Duration NOT_READY_AFTER_DISK_FAILURE = Duration.ofSeconds(5);

  private final DSLContext dsl;

  /** The connection of the host's transaction; null if this adapter has transactions of its own. */
  private final @Nullable Connection hostTransaction;

  private final AtomicReference<@Nullable DiskFailure> latestDiskFailure;

  private final List<NamedConstraint> randomKeys;

  private record DiskFailure(StoreException exception, long nanoTime) {}

  private Transactions(
      DSLContext dsl,
      @Nullable Connection hostTransaction,
      AtomicReference<@Nullable DiskFailure> latestDiskFailure,
      List<NamedConstraint> randomKeys) {
    this.dsl = dsl;
    this.hostTransaction = hostTransaction;
    this.latestDiskFailure = latestDiskFailure;
    this.randomKeys = randomKeys;
  }

  /**
   * Says that a statement failed because of a conflict that no longer exists, so that a retry can
   * succeed.
   */
  private static final class TransientConflictException extends DataAccessException {

    private static final long serialVersionUID = 1L;

    TransientConflictException(@Nullable DataAccessException failure) {
      super("the conflict no longer exists", failure);
    }
  }

  /**
   * Returns transactions of the store of connections on the database behind {@code dataSource}, as
   * {@link #on(DataSource, List)} does.
   */
  public static Transactions on(DataSource dataSource) {
    return on(dataSource, StoreConstraints.RANDOM_KEYS);
  }

  /**
   * Returns transactions on the database behind {@code dataSource}. Their statements fail with an
   * {@link IllegalStateException} if they get a connection on which a transaction of the host is
   * already open.
   *
   * @param randomKeys the constraints of new random ids, whose violation is a transient conflict
   * @throws IllegalArgumentException if the connections have another isolation level than READ
   *     COMMITTED
   * @throws IllegalStateException if the first connection is not in auto-commit mode
   * @throws StoreException if the database cannot be reached to ask for its dialect
   */
  public static Transactions on(DataSource dataSource, List<NamedConstraint> randomKeys) {
    var keys = List.copyOf(randomKeys);
    return retrying(
        "connecting",
        keys,
        () -> new Transactions(dsl(dataSource), null, new AtomicReference<>(), keys));
  }

  /**
   * Returns transactions on the same database that are part of a transaction of the host. They
   * neither commit, nor roll back, nor close it. Not thread-safe, like the connection.
   *
   * @param connection a connection to the database of this object, on which the host has begun a
   *     transaction
   * @throws IllegalArgumentException if the connection is closed or in auto-commit mode, or if the
   *     database would show it changes that other transactions have not committed
   * @throws StoreException if the connection is broken
   */
  public Transactions within(Connection connection) {
    try {
      if (connection.isClosed()) {
        throw new IllegalArgumentException("the connection is closed");
      }
      if (connection.getAutoCommit()) {
        throw new IllegalArgumentException(
            "the connection is in auto-commit mode, so that no transaction is open on it: call"
                + " setAutoCommit(false), or begin a transaction with the framework of the host");
      }
      // PostgreSQL has no such level: it treats it as READ COMMITTED.
      if (!isPostgres()
          && connection.getTransactionIsolation() == Connection.TRANSACTION_READ_UNCOMMITTED) {
        throw new IllegalArgumentException(
            "the transaction has the isolation level READ UNCOMMITTED, which shows changes that"
                + " may be rolled back: use READ COMMITTED");
      }
    } catch (SQLException failure) {
      throw SqlFailure.of(failure).exception("joining a transaction of the host", failure);
    }
    var joined =
        dsl.configuration()
            .derive(new DefaultConnectionProvider(connection))
            .derive(new SavepointTransactions(connection));
    return new Transactions(DSL.using(joined), connection, latestDiskFailure, randomKeys);
  }

  /** Returns whether the transactions are part of a transaction of the host. */
  public boolean isWithinHostTransaction() {
    return hostTransaction != null;
  }

  /**
   * Checks that a statement sees the rows that other transactions committed before it began. At
   * higher isolation levels a transaction of the host sees only the rows that were committed when
   * it began, so that a lock does not protect what it counts.
   *
   * @throws IllegalStateException if the transaction of the host has a higher isolation level
   * @throws DataAccessException if the connection is broken
   */
  public void requireReadCommitted() {
    // Method "on" has checked the connections of this adapter's own transactions.
    if (hostTransaction == null) {
      return;
    }
    try {
      var level = hostTransaction.getTransactionIsolation();
      if (level != Connection.TRANSACTION_READ_COMMITTED
          && level != Connection.TRANSACTION_READ_UNCOMMITTED) {
        throw new IllegalStateException(
            "limits are counted only in transactions of the isolation level READ COMMITTED: use"
                + " it, or a service without limits");
      }
    } catch (SQLException failure) {
      throw new DataAccessException("reading the isolation level", failure);
    }
  }

  private static DSLContext dsl(DataSource dataSource) {
    // Unquoted names mean the same table to a database that folds names to lower case (PostgreSQL)
    // and to one that folds them to upper case (H2).
    var settings =
        new Settings().withRenderQuotedNames(RenderQuotedNames.EXPLICIT_DEFAULT_UNQUOTED);
    try (var connection = dataSource.getConnection()) {
      if (connection.getTransactionIsolation() != Connection.TRANSACTION_READ_COMMITTED) {
        throw new IllegalArgumentException("connections must be of isolation level READ COMMITTED");
      }
      requireAutoCommit(connection);
      return DSL.using(new Connections(dataSource), JDBCUtils.dialect(connection), settings);
    } catch (SQLException e) {
      throw new DataAccessException("connecting to the database", e);
    }
  }

  /** Gets connections from a {@code DataSource}, and checks that each is in auto-commit mode. */
  private static final class Connections extends DataSourceConnectionProvider {

    Connections(DataSource dataSource) {
      super(dataSource);
    }

    @Override
    public Connection acquire() {
      var connection = super.acquire();
      try {
        requireAutoCommit(connection);
        return new ReadCommitted(connection);
      } catch (SQLException e) {
        release(connection);
        throw new DataAccessException("connecting to the database", e);
      } catch (IllegalStateException e) {
        release(connection);
        throw e;
      }
    }
  }

  /**
   * A connection that knows its isolation level, which method {@code on} has checked. jOOQ asks for
   * it at the beginning of each transaction, and PostgreSQL's driver would ask the database.
   */
  private static final class ReadCommitted extends DefaultConnection {

    ReadCommitted(Connection connection) {
      super(connection);
    }

    @Override
    public int getTransactionIsolation() {
      return TRANSACTION_READ_COMMITTED;
    }
  }

  /**
   * Prevents a commit of the store from ending an open transaction of the host, which would not
   * notice.
   */
  private static void requireAutoCommit(Connection connection) throws SQLException {
    if (!connection.getAutoCommit()) {
      // A connection that broke during a transaction is not in auto-commit mode either. The cause
      // is then the database and not the host.
      requireAnswer(connection);
      throw new IllegalStateException(
          "the DataSource gives out connections that are not in auto-commit mode: it needs to be a"
              + " pool itself, set to auto-commit, not a proxy that joins the host's transactions");
    }
  }

  private static void requireAnswer(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("select 1");
    }
  }

  /**
   * Returns a context for single statements. Each statement is a transaction of its own, or part of
   * the host's transaction.
   */
  public DSLContext dsl() {
    return dsl;
  }

  /** Returns whether the database is PostgreSQL. */
  public boolean isPostgres() {
    return dsl.family() == SQLDialect.POSTGRES;
  }

  /**
   * Runs statements, and retries them after a transient failure, but not within a transaction of
   * the host.
   *
   * @param doing what the store is asked to do, for the message of an exception
   * @param statements contains at most one transaction; is run again on each retry
   * @throws StoreException if the database cannot answer, or the last retry fails
   * @throws TransactionConflictException if a transient failure occurs within a transaction of the
   *     host, which only the host can repeat
   * @throws IllegalStateException if the transaction of the host has ended, or an earlier statement
   *     has made it unusable (PostgreSQL)
   */
  public <T> T run(String doing, Supplier<T> statements) {
    try {
      return hostTransaction == null
          ? retrying(doing, randomKeys, statements)
          : once(hostTransaction, doing, randomKeys, statements);
    } catch (StoreException failure) {
      if (failure.reason() == StoreException.Reason.DISK) {
        latestDiskFailure.set(new DiskFailure(failure, System.nanoTime()));
      }
      throw failure;
    }
  }

  /**
   * Checks that no statement failed because of the disk within the last 5 seconds.
   *
   * @throws StoreException if one did; it is the exception of that statement
   */
  public void requireNoRecentDiskFailure() {
    var latest = latestDiskFailure.get();
    if (latest != null
        && System.nanoTime() - latest.nanoTime() < NOT_READY_AFTER_DISK_FAILURE.toNanos()) {
      throw latest.exception();
    }
  }

  /**
   * Runs one transaction, as {@link #run} runs statements.
   *
   * @param doing what the store is asked to do, for the message of an exception
   * @param statements the statements of the transaction; are run again on each retry
   * @throws StoreException if the database cannot answer, or the last retry fails
   */
  public <T> T transaction(String doing, Function<DSLContext, T> statements) {
    return run(doing, () -> inTransaction(statements));
  }

  /** Runs one transaction, without retries. Call it within {@link #run}. */
  public <T> T inTransaction(Function<DSLContext, T> statements) {
    return dsl.transactionResult(transaction -> statements.apply(transaction.dsl()));
  }

  /**
   * Runs one statement that may violate a constraint. Within a transaction of the host the
   * statement gets a savepoint, because on PostgreSQL its failure would otherwise make the host's
   * transaction unusable. Call it within {@link #run}.
   */
  public <T> T inStatement(Supplier<T> statement) {
    return hostTransaction == null ? statement.get() : inTransaction(savepoint -> statement.get());
  }

  /**
   * Runs a change that may violate {@code constraint}. Call it within {@link #run}.
   *
   * @param constraint the only constraint whose violation is an outcome
   * @param change one call of {@link #inTransaction} or {@link #inStatement}
   * @param refusal reads the reason of the violation. It runs after the rollback of {@code change},
   *     so that it sees the committed rows of the other transaction. If it returns null, {@link
   *     #run} retries the change
   * @return the result of {@code change}, or the outcome of {@code refusal}
   * @throws DataAccessException if the change fails for any other reason than {@code constraint}
   */
  public static <T> T unlessViolated(
      NamedConstraint constraint, Supplier<T> change, Refusal<T> refusal) {
    try {
      return change.get();
    } catch (DataAccessException failure) {
      if (!constraint.isViolatedBy(failure)) {
        throw failure;
      }
      requireRolledBack(failure);
      return outcome(refusal, failure);
    }
  }

  /**
   * Runs a change as {@link #unlessViolated} does, which may also find out that the rows that it
   * depends on have changed since they were read.
   *
   * @param change one call of {@link #inTransaction} that returns empty, and has changed nothing,
   *     in this case; {@code refusal} then has the outcome
   */
  public static <T> T unlessOutdated(
      NamedConstraint constraint, Supplier<Optional<T>> change, Refusal<T> refusal) {
    return unlessViolated(
        constraint, () -> change.get().orElseGet(() -> outcome(refusal, null)), refusal);
  }

  private static <T> T outcome(Refusal<T> refusal, @Nullable DataAccessException failure) {
    var outcome = refusal.outcome();
    if (outcome == null) {
      throw new TransientConflictException(failure);
    }
    return outcome;
  }

  /** A violation is an outcome only if the rows of the change were taken back. */
  private static void requireRolledBack(DataAccessException violation) {
    for (var suppressed : violation.getSuppressed()) {
      // jOOQ adds the failure of a rollback to the failure that caused the rollback.
      throw new DataAccessException("the change was not rolled back", suppressed);
    }
  }

  /** Finds the outcome of a change that violated a constraint. */
  @FunctionalInterface
  public interface Refusal<T> {

    /** {@return the outcome; null if the conflict no longer exists} */
    @Nullable T outcome();
  }

  /** Runs statements in a transaction of the host. */
  private static <T> T once(
      Connection hostTransaction,
      String doing,
      List<NamedConstraint> randomKeys,
      Supplier<T> statements) {
    try {
      requireOpen(hostTransaction);
      return statements.get();
    } catch (SQLException failure) {
      throw SqlFailure.of(failure).exception(doing, failure);
    } catch (DataAccessException failure) {
      if (TRANSACTION_FAILED.equals(failure.sqlState())) {
        throw new IllegalStateException(
            "the transaction of the host has failed already; roll it back", failure);
      }
      throw isTransientConflict(failure, randomKeys)
          ? new TransactionConflictException(doing, failure)
          : SqlFailure.of(failure).exception(doing, failure);
    }
  }

  /** Prevents a change that no savepoint could take back, because each statement commits. */
  private static void requireOpen(Connection hostTransaction) throws SQLException {
    if (hostTransaction.isClosed() || hostTransaction.getAutoCommit()) {
      throw new IllegalStateException(
          "the transaction of the host has ended: its connection is closed, or in auto-commit"
              + " mode");
    }
  }

  /** Runs statements, and repeats them after a conflict with another transaction. */
  private static <T> T retrying(
      String doing, List<NamedConstraint> randomKeys, Supplier<T> statements) {
    for (int attempt = 1; ; attempt++) {
      try {
        return statements.get();
      } catch (DataAccessException failure) {
        if (!isTransientConflict(failure, randomKeys)) {
          throw SqlFailure.of(failure).exception(doing, failure);
        }
        if (attempt == ATTEMPTS_MAX) {
          var meaning =
              isRandomKeyRepeated(failure, randomKeys) ? SqlFailure.of(failure) : SqlFailure.BUSY;
          throw meaning.exception(doing, failure);
        }
        pause(doing, PAUSE_MILLIS_MAX);
      }
    }
  }

  private static boolean isTransientConflict(
      DataAccessException failure, List<NamedConstraint> randomKeys) {
    return failure instanceof TransientConflictException
        || ROLLED_BACK_FOR_ANOTHER.contains(failure.sqlState())
        || isRandomKeyRepeated(failure, randomKeys);
  }

  /**
   * Returns whether the database reports that a new random id already exists. H2 2.4 sometimes
   * reports this when it waited for a row lock and repeats the statement: the row of its own first
   * attempt then violates the constraint.
   */
  private static boolean isRandomKeyRepeated(
      DataAccessException failure, List<NamedConstraint> randomKeys) {
    return randomKeys.stream().anyMatch(key -> key.isViolatedBy(failure));
  }

  /**
   * Waits for a random time, so that transactions that conflicted do not conflict again.
   *
   * @param doing what the store is asked to do, for the message of an exception
   * @param millisMax the upper bound of the time, in milliseconds, exclusive
   * @throws StoreException if the thread is interrupted
   */
  public static void pause(String doing, int millisMax) {
    try {
      TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(millisMax));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      // The pause is between two attempts, so that nothing is changed.
      throw SqlFailure.BUSY.exception(doing, e);
    }
  }
}
