package io.storageconnections.application.contract;

import io.storageconnections.application.port.out.StorageConnectionStore;

/**
 * What every store promises. Implementations supply {@link #store()}; tests take an iModel of their
 * own each, so that a store may be shared between them.
 */
public interface StorageConnectionStoreContract
    extends StoredConnectionsContract, StoredFilesContract, MappingContract, LimitsContract {

  @Override
  StorageConnectionStore store();
}
