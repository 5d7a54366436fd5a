package com.example.springboot;

import com.zaxxer.hikari.HikariDataSource;
import io.storageconnections.adapter.persistence.JooqStorageConnectionStore;
import io.storageconnections.adapter.persistence.Migrations;
import io.storageconnections.application.contract.StorageConnectionStoreContract;
import io.storageconnections.application.port.StorageConnectionStore;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Runs the contract of stores with the jOOQ version that Spring Boot chooses. */
@TestInstance(Lifecycle.PER_CLASS)
final class StoreTest implements StorageConnectionStoreContract {

  private final HikariDataSource dataSource = pool();
  private StorageConnectionStore store;

  private static HikariDataSource pool() {
    var pool = new HikariDataSource();
    pool.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000");
    return pool;
  }

  @BeforeAll
  void migrate() {
    Migrations.run(dataSource);
    store = JooqStorageConnectionStore.on(dataSource);
  }

  @AfterAll
  void close() {
    dataSource.close();
  }

  @Override
  public StorageConnectionStore store() {
    return store;
  }

  @Override
  public Optional<StorageConnectionStore> unavailableStore() {
    try (var closed = pool()) {
      return Optional.of(JooqStorageConnectionStore.on(closed));
    }
  }
}
