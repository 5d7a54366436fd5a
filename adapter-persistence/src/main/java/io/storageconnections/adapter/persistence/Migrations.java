package io.storageconnections.adapter.persistence;

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
   * @throws StoreException if the database cannot be reached or refuses a migration
   * @throws NoClassDefFoundError if Flyway is not on the class path
   */
  public static int run(DataSource dataSource) {
    for (int attempt = 1; ; attempt++) {
      try {
        return flyway(dataSource).migrate().migrationsExecuted;
      } catch (FlywayException failure) {
        // What another process has begun and not finished looks like a fault: a history without
        // entries, for one.
        if (attempt == ATTEMPTS_MAX) {
          throw new StoreException("migrating the database", failure);
        }
        Sql.pause("migrating the database", PAUSE_MILLIS_MAX);
      }
    }
  }

  /**
   * Counts the migrations that the database behind {@code dataSource} lacks. Changes nothing.
   *
   * @param dataSource gives out connections to an H2 or a PostgreSQL; stays its owner's to close
   * @return how many migrations are missing, 0 or more
   * @throws StoreException if the database cannot be reached
   * @throws NoClassDefFoundError if Flyway is not on the class path
   */
  public static int missing(DataSource dataSource) {
    try {
      return flyway(dataSource).info().pending().length;
    } catch (FlywayException failure) {
      throw new StoreException("asking which migrations the database has", failure);
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
        .load();
  }
}
