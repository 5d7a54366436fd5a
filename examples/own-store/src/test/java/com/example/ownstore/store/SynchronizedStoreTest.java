package com.example.ownstore.store;

import io.storageconnections.application.contract.StorageConnectionStoreContract;
import io.storageconnections.application.port.StorageConnectionStore;
import java.util.Optional;

final class SynchronizedStoreTest implements StorageConnectionStoreContract {

  private final SynchronizedStore store = new SynchronizedStore();

  @Override
  public StorageConnectionStore store() {
    return store;
  }

  @Override
  public Optional<StorageConnectionStore> unavailableStore() {
    return Optional.empty();
  }
}
