package io.storageconnections.application.contract.proof;

import io.storageconnections.application.contract.IModelDirectoryContract;
import io.storageconnections.application.contract.InMemoryIModelDirectory;
import io.storageconnections.application.contract.InMemoryRequestAllowance;
import io.storageconnections.application.contract.InMemoryStorageConnectionStore;
import io.storageconnections.application.contract.RequestAllowanceContract;
import io.storageconnections.application.contract.StorageConnectionStoreContract;
import io.storageconnections.application.port.IModelDirectory;
import io.storageconnections.application.port.RequestAllowance;
import io.storageconnections.application.port.StorageConnectionStore;
import java.util.Optional;

/** The in-memory adapters keep the contracts, or tests that lean on them would prove nothing. */
final class InMemoryAdaptersTest
    implements StorageConnectionStoreContract, IModelDirectoryContract, RequestAllowanceContract {

  private final StorageConnectionStore store = new InMemoryStorageConnectionStore();
  private final IModelDirectory directory = new InMemoryIModelDirectory();
  private final RequestAllowance allowance = new InMemoryRequestAllowance();

  @Override
  public StorageConnectionStore store() {
    return store;
  }

  @Override
  public Optional<StorageConnectionStore> storeThatIsAway() {
    var lost = new InMemoryStorageConnectionStore();
    lost.goAway();
    return Optional.of(lost);
  }

  @Override
  public IModelDirectory directory() {
    return directory;
  }

  @Override
  public RequestAllowance allowance() {
    return allowance;
  }
}
