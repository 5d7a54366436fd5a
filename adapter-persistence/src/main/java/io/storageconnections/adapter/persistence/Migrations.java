package io.storageconnections.adapter.persistence;

import io.storageconnections.adapter.persistence.database.DatabaseState;
import io.storageconnections.adapter.persistence.database.MigrationStatementTimeout;
import io.storageconnections.adapter.persistence.sql.SqlFailure;
import io.storageconnections.adapter.persistence.sql.Transactions;
import io.storageconnections.application.port.StoreException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * The tables this adapter needs, and how a database gets them: with Flyway. Whoever runs the files
 * in {@code io/storageconnections/adapter/persistence/migrations} themselves needs neither Flyway
 * nor this class.
 */
public final class Migrations {

  private static final String MIGRATING = "migrating the database";
  private static final String ASKING = "asking which migrations the database has";
  private static final int ATTEMPTS_MAX = 5;
  private static final int PAUSE_MILLIS_MAX = 500;

  private Migrations() {}

  /**
   * Brings the database behind {@code dataSource} up to date. Does nothing if it is; safe to call
   * from several processes at once.
   *
   * @param dataSource gives out connections to an H2 or a PostgreSQL, two at once, whose user may
   *     make tables; stays its owner's to close
   * @return how many migrations were run, 0 or more
   * @throws StoreException if the database cannot be reached, cannot be used (it is read-only, or a
   *     right, a schema or an encoding is missing), or refuses a migration
   * @throws NoClassDefFoundError if Flyway is not on the class path
   */
  public static int run(DataSource dataSource) {
    // Beforehand, because Flyway tries for many seconds what no retry mends.
    var state = DatabaseState.of(dataSource, MIGRATING);
    state.requireSuitable(MIGRATING);
    state.requireWritable(MIGRATING);
    if (!state.mayCreateTables() && pending(dataSource) > 0) {
      state.requireTableCreation(MIGRATING);
    }
    for (int attempt = 1; ; attempt++) {
      try {
        return flyway(dataSource).migrate().migrationsExecuted;
      } catch (FlywayException failure) {
        // What another process has begun and not finished looks like a fault: a history without
        // entries, for one.
        var meaning = SqlFailure.of(failure);
        if (!isWorthRetry(meaning) || attempt == ATTEMPTS_MAX) {
          throw meaning.exception(MIGRATING, failure);
        }
        Transactions.pause(MIGRATING, PAUSE_MILLIS_MAX);
      }
    }
  }

  private static boolean isWorthRetry(SqlFailure failure) {
    return switch (failure) {
      // Another process may be about to create them.
      case TABLES, DEFECT -> true;
      case READ_ONLY -> false;
      default -> failure.isTransient();
    };
  }

  /**
   * Counts the migrations that the database behind {@code dataSource} lacks. Changes nothing.
   *
   * @param dataSource gives out connections to an H2 or a PostgreSQL; stays its owner's to close
   * @return how many migrations are missing, 0 or more
   * @throws StoreException if the database cannot be reached, or has no suitable schema or encoding
   * @throws NoClassDefFoundError if Flyway is not on the class path
   */
  public static int missing(DataSource dataSource) {
    DatabaseState.of(dataSource, ASKING).requireSuitable(ASKING);
    return pending(dataSource);
  }

  private static int pending(DataSource dataSource) {
    try {
      return flyway(dataSource).info().pending().length;
    } catch (FlywayException failure) {
      throw SqlFailure.of(failure).exception(ASKING, failure);
    }
  }

  private static Flyway flyway(DataSource dataSource) {
    return Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(dataSource)
        .locations("classpath:io/storageconnections/adapter/persistence/migrations")
        // A table of our own and a baseline, because the database may be one that a host has
        // tables and migrations of its own in.
        .table("storage_connection_schema_history")
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .callbacks(new MigrationStatementTimeout())
        .load();
  }
}
