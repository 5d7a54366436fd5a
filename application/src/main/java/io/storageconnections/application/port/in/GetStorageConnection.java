package io.storageconnections.application.port.in;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.validation.Violation;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.StorageConnection;
import java.util.List;

/**
 * Finds one connection by its id. Safe to call concurrently.
 *
 * <p>Source: api-contract.md, section 1.2, operation 3.
 */
public interface GetStorageConnection {

  /**
   * Finds the connection that {@code reference} names.
   *
   * @param caller who asks; an iModel that they cannot see is not there for them
   * @param reference which connection is meant; may be invalid
   * @return what was found
   * @throws StoreException if the store, or the directory of iModels, cannot answer
   */
  Outcome get(Caller caller, ConnectionReference reference);

  /** How it went. */
  sealed interface Outcome {

    /**
     * Here it is.
     *
     * @param connection as it is now
     */
    record Found(StorageConnection connection) implements Outcome {}

    /**
     * The id is well-formed and names nothing, or nothing that the caller can see.
     *
     * @param id the one that was asked for
     */
    record ConnectionNotFound(ConnectionId id) implements Outcome {}

    /**
     * The id is not well-formed.
     *
     * @param violations never empty
     */
    record Invalid(List<Violation> violations) implements Outcome {}
  }
}
