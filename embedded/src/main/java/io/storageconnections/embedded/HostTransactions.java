package io.storageconnections.embedded;

import java.sql.Connection;
import java.util.Optional;

/**
 * The transactions of the host's framework, such as Spring's {@code @Transactional}. Thread-safe.
 */
public interface HostTransactions {

  /**
   * Finds the transaction of the current thread.
   *
   * @return the connection to the service's database on which the current thread has an open
   *     transaction, in the sense of {@link StorageConnectionsService#within}; empty if it has
   *     none, so that the request becomes a transaction of its own
   */
  Optional<Connection> current();

  /**
   * Runs an action after the current transaction, and never if it is rolled back.
   *
   * @param action returns quickly and throws no exception
   */
  void afterCommit(Runnable action);
}
