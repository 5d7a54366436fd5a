package io.storageconnections.platform;

import io.storageconnections.adapter.persistence.Database;

/** Runs the contract on H2. */
final class H2SeedTest extends SeedContract {

  @Override
  Database open() {
    return Database.inMemory();
  }
}
