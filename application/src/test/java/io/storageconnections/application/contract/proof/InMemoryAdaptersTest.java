package io.storageconnections.application.contract.proof;

import io.storageconnections.application.contract.InMemoryIModelDirectory;
import io.storageconnections.application.contract.InMemoryRequestAllowance;
import io.storageconnections.application.contract.InMemoryStorageConnectionStore;
import io.storageconnections.application.contract.OpenIModelDirectoryContract;
import io.storageconnections.application.contract.RequestAllowanceContract;
import io.storageconnections.application.contract.StorageConnectionStoreContract;
import io.storageconnections.application.port.IModelDirectory;
import io.storageconnections.application.port.RequestLease;
import io.storageconnections.application.port.StorageConnectionStore;
import java.time.Duration;
import java.util.Optional;

/** Runs the contract tests with the in-memory adapters, on which other tests rely. */
final class InMemoryAdaptersTest
    implements StorageConnectionStoreContract,
        OpenIModelDirectoryContract,
        RequestAllowanceContract {

  private final StorageConnectionStore store = new InMemoryStorageConnectionStore();
  private final IModelDirectory directory = new InMemoryIModelDirectory();
  private final InMemoryRequestAllowance allowance = new InMemoryRequestAllowance();

  @Override
  public StorageConnectionStore store() {
    return store;
  }

  @Override
  public Optional<StorageConnectionStore> unavailableStore() {
    var unavailable = new InMemoryStorageConnectionStore();
    unavailable.makeUnavailable();
    return Optional.of(unavailable);
  }

  @Override
  public IModelDirectory directory() {
    return directory;
  }

  @Override
  public RequestLease lease(String partition, int wanted, int limit, Duration window) {
    return allowance.lease(partition, wanted, limit, window);
  }
}
