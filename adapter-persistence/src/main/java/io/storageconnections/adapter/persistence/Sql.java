package io.storageconnections.adapter.persistence;

import io.storageconnections.application.port.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.DataSourceConnectionProvider;
import org.jooq.tools.jdbc.JDBCUtils;

/** How this adapter speaks to a database, and how it hears that a constraint said no. */
final class Sql {

  private static final String UNIQUE_VIOLATION = "23505";

  /** Serialization failure and deadlock: the database gave one transaction up for another. */
  private static final Set<String> GIVEN_UP = Set.of("40001", "40P01");

  /** How often a transaction is tried; then the store is too busy. */
  private static final int ATTEMPTS_MAX = 10;

  private static final int PAUSE_MILLIS_MAX = 20;

  private Sql() {}

  /** Says that a statement failed for a reason that has passed. */
  static final class TryAgainException extends DataAccessException {

    private static final long serialVersionUID = 1L;

    TryAgainException(DataAccessException failure) {
      super("no longer true", failure);
    }
  }

  /**
   * A jOOQ context that speaks the dialect of the database behind {@code dataSource}. Its
   * statements fail with an {@link IllegalStateException} when they are given a connection that
   * somebody's transaction is on.
   *
   * @throws IllegalArgumentException if its connections are of another isolation level than READ
   *     COMMITTED
   * @throws IllegalStateException if a transaction is on the first connection it gives out
   * @throws DataAccessException if the database cannot be reached to ask which one it is
   */
  static DSLContext on(DataSource dataSource) {
    // Unquoted names mean the same table to a database that folds to lower case and one that folds
    // to upper case.
    var settings =
        new Settings().withRenderQuotedNames(RenderQuotedNames.EXPLICIT_DEFAULT_UNQUOTED);
    try (var connection = dataSource.getConnection()) {
      if (connection.getTransactionIsolation() != Connection.TRANSACTION_READ_COMMITTED) {
        throw new IllegalArgumentException("connections must be of isolation level READ COMMITTED");
      }
      ownTransaction(connection);
      return DSL.using(new Connections(dataSource), JDBCUtils.dialect(connection), settings);
    } catch (SQLException e) {
      throw new DataAccessException("connecting to the database", e);
    }
  }

  /** Connections of a {@code DataSource}, each without a transaction until we begin one. */
  private static final class Connections extends DataSourceConnectionProvider {

    Connections(DataSource dataSource) {
      super(dataSource);
    }

    @Override
    public Connection acquire() {
      var connection = super.acquire();
      try {
        ownTransaction(connection);
        return connection;
      } catch (SQLException e) {
        release(connection);
        throw new DataAccessException("connecting to the database", e);
      } catch (IllegalStateException e) {
        release(connection);
        throw e;
      }
    }
  }

  /** Else our commit would be the end of a transaction of the host's, which would not notice. */
  private static void ownTransaction(Connection connection) throws SQLException {
    if (!connection.getAutoCommit()) {
      // A transaction on a connection that broke leaves it so: then the database is to blame.
      requireAnswer(connection);
      throw new IllegalStateException(
          "the DataSource gives out connections that are not in auto-commit mode: it needs to be a"
              + " pool itself, set to auto-commit, not a proxy that joins the host's transactions");
    }
  }

  /**
   * Returns if the connection works.
   *
   * @throws SQLException if it does not
   */
  private static void requireAnswer(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("select 1");
    }
  }

  /** Exactly this SQLSTATE: class 23 also holds what would be a fault of ours. */
  static boolean isUniqueViolation(DataAccessException failure) {
    return UNIQUE_VIOLATION.equals(failure.sqlState());
  }

  static <T> T inTransaction(DSLContext dsl, Function<DSLContext, T> statements) {
    return dsl.transactionResult(transaction -> statements.apply(transaction.dsl()));
  }

  /**
   * The one place where a failure of the database becomes one of the port. What took no effect only
   * because others were at work at the same time is tried again.
   *
   * @param statements at most one transaction
   */
  static <T> T answering(String doing, Supplier<T> statements) {
    for (int attempt = 1; ; attempt++) {
      try {
        return statements.get();
      } catch (DataAccessException failure) {
        if (!isPassing(failure)) {
          throw SqlFailure.of(failure).exception(doing, failure);
        }
        if (attempt == ATTEMPTS_MAX) {
          throw SqlFailure.BUSY.exception(doing, failure);
        }
        pause(doing, PAUSE_MILLIS_MAX);
      }
    }
  }

  private static boolean isPassing(DataAccessException failure) {
    return failure instanceof TryAgainException || GIVEN_UP.contains(failure.sqlState());
  }

  /** For a random while, so that those who met once do not meet again. */
  static void pause(String doing, int millisMax) {
    try {
      TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(millisMax));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(doing, e);
    }
  }
}
