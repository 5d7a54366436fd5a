package io.storageconnections.adapter.execution;

import io.storageconnections.adapter.persistence.Migrations;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Engines on an H2 database in memory. */
class H2RunEngineTest extends RunEngineFailureContracts {

  private static final JdbcDataSource DATABASE = new JdbcDataSource();

  @BeforeAll
  static void open() {
    DATABASE.setUrl("jdbc:h2:mem:engines;DB_CLOSE_DELAY=-1");
    Migrations.run(DATABASE);
  }

  @AfterAll
  static void close() {
    new Queue(DATABASE).execute("shutdown");
  }

  @Override
  DataSource database() {
    return DATABASE;
  }
}
