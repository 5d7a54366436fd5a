package io.storageconnections.application.contract;

import io.storageconnections.application.port.StorageConnectionStore;
import java.util.Optional;

/**
 * What every store promises. Implementations supply {@link #store()} and {@link
 * #storeThatIsAway()}; tests take an iModel of their own each, so that a store may be shared
 * between them.
 */
public interface StorageConnectionStoreContract
    extends StoredConnectionsContract, StoredFilesContract, MappingContract, LimitsContract {

  @Override
  StorageConnectionStore store();

  @Override
  Optional<StorageConnectionStore> storeThatIsAway();
}
