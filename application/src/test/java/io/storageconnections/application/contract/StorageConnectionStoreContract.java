package io.storageconnections.application.contract;

import io.storageconnections.application.port.StorageConnectionStore;
import java.util.Optional;

/**
 * The contract of every store. A test class that implements it inherits the tests of the six parts,
 * and supplies {@link #store()} and {@link #unavailableStore()}.
 *
 * <p>A new store fails most tests. To see only those that matter next, let the test class implement
 * one part after the other: first {@link StoredConnectionsContract}, then {@link
 * StoredFilesContract}, {@link LimitsContract}, {@link MappingContract}, {@link
 * DeletedIModelsContract} and {@link AuditTrailContract}, and this interface at the end.
 *
 * <p>The tests do not assume an empty store: each uses new iModels. All tests can therefore share
 * one database, and need not clean up. Races have up to 32 threads.
 */
public interface StorageConnectionStoreContract
    extends StoredConnectionsContract,
        StoredFilesContract,
        MappingContract,
        LimitsContract,
        DeletedIModelsContract,
        AuditTrailContract {

  /**
   * Returns the store under test: one store for each test, or one for all tests, but always the
   * same instance at each call within a test. A test calls this method many times, and expects to
   * find what it stored at an earlier call. Keep the store in a field; do not create it here.
   */
  @Override
  StorageConnectionStore store();

  /**
   * Returns another store of the same kind that cannot be reached, for example because its database
   * is closed: every method of it must throw a {@link
   * io.storageconnections.application.port.StoreException}. Empty if a store of this kind is always
   * available, such as one in memory; JUnit then reports one test as skipped.
   */
  @Override
  Optional<StorageConnectionStore> unavailableStore();
}
