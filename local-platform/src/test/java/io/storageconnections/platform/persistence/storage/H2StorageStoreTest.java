package io.storageconnections.platform.persistence.storage;

import io.storageconnections.adapter.persistence.Database;

/** Runs the contract on H2. */
final class H2StorageStoreTest extends StorageStoreContract {

  @Override
  Database open() {
    return Database.inMemory();
  }
}
