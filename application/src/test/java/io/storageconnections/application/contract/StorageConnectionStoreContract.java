package io.storageconnections.application.contract;

import io.storageconnections.application.port.StorageConnectionStore;
import java.util.Optional;

/**
 * The contract of every store. An implementation supplies {@link #store()} and {@link
 * #unavailableStore()}. Each test uses its own iModels, so that all tests can share one store.
 */
public interface StorageConnectionStoreContract
    extends StoredConnectionsContract, StoredFilesContract, MappingContract, LimitsContract {

  @Override
  StorageConnectionStore store();

  @Override
  Optional<StorageConnectionStore> unavailableStore();
}
