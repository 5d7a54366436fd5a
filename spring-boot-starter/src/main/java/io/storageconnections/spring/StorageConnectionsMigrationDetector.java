package io.storageconnections.spring;

import java.util.Set;
import org.springframework.boot.sql.init.dependency.AbstractBeansOfTypeDatabaseInitializerDetector;
import org.springframework.core.Ordered;

/** Tells Spring Boot that {@link StorageConnectionsMigration} initializes the database. */
final class StorageConnectionsMigrationDetector
    extends AbstractBeansOfTypeDatabaseInitializerDetector {

  @Override
  protected Set<Class<?>> getDatabaseInitializerBeanTypes() {
    return Set.of(StorageConnectionsMigration.class);
  }

  /** The last one: Flyway refuses to create the application's tables in a schema with tables. */
  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE;
  }
}
