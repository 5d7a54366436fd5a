package io.storageconnections.adapter.persistence.database;

import io.storageconnections.adapter.persistence.sql.SqlFailure;
import io.storageconnections.adapter.persistence.sql.Transactions;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.port.StoreException.Reason;
import java.util.Arrays;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreMigrationType;
import org.flywaydb.core.api.FlywayException;

/**
 * Creates and updates a set of tables with Flyway. Thread-safe.
 *
 * @param folder the folder of the migration files on the class path
 * @param historyTable the table in which Flyway keeps which migrations the database has. Each set
 *     of tables has its own, because the database may also contain tables and migrations of others
 */
public record SchemaMigrations(String folder, String historyTable) {

  private static final String MIGRATING = "migrating the database";
  private static final String READING_HISTORY = "asking which migrations the database has";
  private static final String TWO_CONNECTIONS =
      "the pool had no free connection until its timeout; the migrations need two connections at"
          + " the same time; set the maximum size of the pool to 2 or more, and check what else"
          + " holds its connections";
  private static final int ATTEMPTS_MAX = 5;
  private static final int PAUSE_MILLIS_MAX = 500;

  /**
   * Runs the migrations that the database behind {@code dataSource} lacks. Several processes may
   * call this at the same time; each migration runs once.
   *
   * @param dataSource gives out connections to an H2 or a PostgreSQL, at least two at the same
   *     time; their user may create tables; its owner closes it
   * @return the number of migrations that this call ran, 0 or more
   * @throws StoreException if the database cannot be reached, cannot be used (it is read-only, or a
   *     right, a schema or an encoding is missing), or refuses a migration; or if {@code
   *     dataSource} is a pool that does not give out a second connection in time
   * @throws NoClassDefFoundError if Flyway is not on the class path
   */
  public int run(DataSource dataSource) {
    // Before Flyway runs, because Flyway retries for many seconds even if no retry can succeed.
    var state = DatabaseState.of(dataSource, MIGRATING);
    state.requireSuitable(MIGRATING);
    state.requireWritable(MIGRATING);
    if (!state.mayCreateTables() && pending(dataSource) > 0) {
      throw state.tableCreationRefused(MIGRATING);
    }
    for (int attempt = 1; ; attempt++) {
      try {
        return migrate(flyway(dataSource));
      } catch (FlywayException failure) {
        // A migration that another process has not finished looks like an error, for example a
        // history table without entries.
        if (!isWorthRetrying(failure) || attempt == ATTEMPTS_MAX) {
          throw exception(MIGRATING, failure);
        }
        Transactions.pause(MIGRATING, PAUSE_MILLIS_MAX);
      }
    }
  }

  /**
   * Changes nothing if no migration is missing, so that a full disk does not fail within Flyway.
   * Only one thread at a time runs this method, because with H2 Flyway does not prevent two threads
   * from creating the history.
   */
  private static synchronized int migrate(Flyway flyway) {
    return flyway.validateWithResult().validationSuccessful
        ? 0
        : flyway.migrate().migrationsExecuted;
  }

  private static boolean isWorthRetrying(FlywayException failure) {
    var meaning = SqlFailure.of(failure);
    return switch (meaning) {
      // Another process may be creating the tables.
      case TABLES, DEFECT -> true;
      case READ_ONLY -> false;
      // The thread has already waited for the pool's timeout.
      default -> meaning.isTransient() && !SqlFailure.isPoolExhausted(failure);
    };
  }

  private static StoreException exception(String doing, FlywayException failure) {
    return SqlFailure.isPoolExhausted(failure)
        ? new StoreException(Reason.BUSY, doing, TWO_CONNECTIONS, failure)
        : SqlFailure.of(failure).exception(doing, failure);
  }

  /**
   * Counts the migrations that the database behind {@code dataSource} lacks. Changes nothing.
   *
   * @param dataSource gives out connections to an H2 or a PostgreSQL; its owner closes it
   * @return the number of missing migrations, 0 or more
   * @throws StoreException if the database cannot be reached, or has no suitable schema or encoding
   * @throws NoClassDefFoundError if Flyway is not on the class path
   */
  public int missing(DataSource dataSource) {
    DatabaseState.of(dataSource, READING_HISTORY).requireSuitable(READING_HISTORY);
    return pending(dataSource);
  }

  /**
   * Counts the migrations that the database behind {@code dataSource} has. Changes nothing.
   *
   * @param dataSource gives out connections to an H2 or a PostgreSQL; its owner closes it
   * @return the number of migrations, 0 or more
   * @throws StoreException if the database cannot be reached, or has no suitable schema or encoding
   * @throws NoClassDefFoundError if Flyway is not on the class path
   */
  public int applied(DataSource dataSource) {
    DatabaseState.of(dataSource, READING_HISTORY).requireSuitable(READING_HISTORY);
    try {
      return (int)
          Arrays.stream(flyway(dataSource).info().applied())
              // Without the entry for a database that had other tables.
              .filter(migration -> migration.getType() != CoreMigrationType.BASELINE)
              .count();
    } catch (FlywayException failure) {
      throw exception(READING_HISTORY, failure);
    }
  }

  private int pending(DataSource dataSource) {
    try {
      return flyway(dataSource).info().pending().length;
    } catch (FlywayException failure) {
      throw exception(READING_HISTORY, failure);
    }
  }

  private Flyway flyway(DataSource dataSource) {
    return Flyway.configure(SchemaMigrations.class.getClassLoader())
        .dataSource(dataSource)
        .locations("classpath:" + folder)
        .table(historyTable)
        // The database may contain other tables already.
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .callbacks(new MigrationStatementTimeout())
        .load();
  }
}
