package io.storageconnections.spring;

import io.storageconnections.adapter.persistence.Migrations;
import javax.sql.DataSource;
import org.springframework.beans.factory.InitializingBean;

/**
 * Creates and updates the library's tables when the application starts. Runs after the
 * application's own Flyway, Liquibase and SQL scripts, and before JPA and other beans that need the
 * database.
 */
final class StorageConnectionsMigration implements InitializingBean {

  private final DataSource dataSource;

  StorageConnectionsMigration(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Runs the migrations that the database lacks. */
  @Override
  public void afterPropertiesSet() {
    Migrations.run(dataSource);
  }
}
