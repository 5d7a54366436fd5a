package io.storageconnections.application.contract;

import io.storageconnections.application.port.out.IModelDirectory;
import io.storageconnections.application.port.out.RequestAllowance;
import io.storageconnections.application.port.out.StorageConnectionStore;

/** The in-memory adapters keep the contracts, or tests that lean on them would prove nothing. */
final class InMemoryAdaptersTest
    implements StorageConnectionStoreContract, IModelDirectoryContract, RequestAllowanceContract {

  private final StorageConnectionStore store = new InMemoryStorageConnectionStore();
  private final IModelDirectory directory = new InMemoryIModelDirectory();
  private final RequestAllowance allowance = new InMemoryRequestAllowance(System::nanoTime);

  @Override
  public StorageConnectionStore store() {
    return store;
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
