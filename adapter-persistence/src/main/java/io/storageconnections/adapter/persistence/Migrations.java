package io.storageconnections.adapter.persistence;

import io.storageconnections.adapter.persistence.database.SchemaMigrations;
import io.storageconnections.application.port.StoreException;
import javax.sql.DataSource;

/**
 * Creates and updates the tables of this adapter with Flyway. A host that runs the files in {@code
 * io/storageconnections/adapter/persistence/migrations} itself needs neither Flyway nor this class.
 * Thread-safe.
 */
public final class Migrations {

  private static final SchemaMigrations TABLES =
      new SchemaMigrations(
          "io/storageconnections/adapter/persistence/migrations",
          "storage_connection_schema_history");

  private Migrations() {}

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
  public static int run(DataSource dataSource) {
    return TABLES.run(dataSource);
  }

  /**
   * Counts the migrations that the database behind {@code dataSource} lacks. Changes nothing.
   *
   * @param dataSource gives out connections to an H2 or a PostgreSQL; its owner closes it
   * @return the number of missing migrations, 0 or more
   * @throws StoreException if the database cannot be reached, or has no suitable schema or encoding
   * @throws NoClassDefFoundError if Flyway is not on the class path
   */
  public static int missing(DataSource dataSource) {
    return TABLES.missing(dataSource);
  }

  /**
   * Counts the migrations that the database behind {@code dataSource} has. Changes nothing.
   *
   * @param dataSource gives out connections to an H2 or a PostgreSQL; its owner closes it
   * @return the number of migrations, 0 or more
   * @throws StoreException if the database cannot be reached, or has no suitable schema or encoding
   * @throws NoClassDefFoundError if Flyway is not on the class path
   */
  public static int applied(DataSource dataSource) {
    return TABLES.applied(dataSource);
  }
}
