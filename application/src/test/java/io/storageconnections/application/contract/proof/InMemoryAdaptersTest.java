package io.storageconnections.application.contract.proof;

import io.storageconnections.application.contract.InMemoryIModelDirectory;
import io.storageconnections.application.contract.InMemoryRequestAllowance;
import io.storageconnections.application.contract.InMemoryRunScripts;
import io.storageconnections.application.contract.InMemoryRunStore;
import io.storageconnections.application.contract.InMemoryStorageConnectionStore;
import io.storageconnections.application.contract.InMemoryStorageFiles;
import io.storageconnections.application.contract.OpenIModelDirectoryContract;
import io.storageconnections.application.contract.RequestAllowanceContract;
import io.storageconnections.application.contract.RunScriptsContract;
import io.storageconnections.application.contract.RunStoreContract;
import io.storageconnections.application.contract.StorageConnectionStoreContract;
import io.storageconnections.application.contract.StorageFilesContract;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.IModelDirectory;
import io.storageconnections.application.port.RequestLease;
import io.storageconnections.application.port.RunScripts;
import io.storageconnections.application.port.RunStore;
import io.storageconnections.application.port.StorageConnectionStore;
import io.storageconnections.application.port.StorageFiles;
import io.storageconnections.domain.connection.ConnectionFixtures;
import io.storageconnections.domain.connection.StorageFileId;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Runs the contract tests with the in-memory adapters, on which other tests rely. */
final class InMemoryAdaptersTest
    implements StorageConnectionStoreContract,
        OpenIModelDirectoryContract,
        StorageFilesContract,
        RunStoreContract,
        RunScriptsContract,
        RequestAllowanceContract {

  private final InMemoryStorageConnectionStore store = new InMemoryStorageConnectionStore();
  private final RunScripts scripts = new InMemoryRunScripts();
  private final RunStore runs = new InMemoryRunStore(store);
  private final IModelDirectory directory = new InMemoryIModelDirectory();
  private final InMemoryStorageFiles storageFiles = new InMemoryStorageFiles();
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
  public StorageConnectionStore connections() {
    return store;
  }

  @Override
  public RunStore runs() {
    return runs;
  }

  @Override
  public Optional<RunStore> unavailableRuns() {
    var unavailable = new InMemoryRunStore();
    unavailable.makeUnavailable();
    return Optional.of(unavailable);
  }

  @Override
  public RunScripts scripts() {
    return scripts;
  }

  @Override
  public IModelDirectory directory() {
    return directory;
  }

  @Override
  public StorageFiles storageFiles() {
    return storageFiles;
  }

  @Override
  public StorageFileId usableFile(Caller caller) {
    return ConnectionFixtures.file(UUID.randomUUID().toString());
  }

  @Override
  public StorageFileId missingFile(Caller caller) {
    var file = usableFile(caller);
    storageFiles.remove(file);
    return file;
  }

  @Override
  public RequestLease lease(String partition, int wanted, int limit, Duration window) {
    return allowance.lease(partition, wanted, limit, window);
  }
}
