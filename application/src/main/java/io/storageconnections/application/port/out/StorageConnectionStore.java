package io.storageconnections.application.port.out;

import io.storageconnections.application.port.StoreException;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.FileMappings;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.StorageConnection;
import io.storageconnections.domain.connection.StorageFileId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Keeps connections and lets a file be mapped to an iModel once. Every change is atomic and, where
 * the store is durable at all, durable when the method returns. Safe for use by several threads
 * and, where the store is shared, by several processes.
 */
public interface StorageConnectionStore {

  /**
   * Adds a connection and maps all its files, or does nothing. Of several that want one file at the
   * same time exactly one is added.
   *
   * @throws StoreException if the store cannot answer; it is then unknown whether it was added
   */
  Addition add(StorageConnection connection);

  /** How {@link #add} went. */
  sealed interface Addition {

    /** It is stored. */
    record Added() implements Addition {}

    /**
     * Nothing is stored, because connections of the iModel hold files of it.
     *
     * @param conflicts one for each such file, in the order of the connection's files; never empty
     */
    record FilesTaken(List<FileMappings.Conflict> conflicts) implements Addition {}
  }

  /**
   * The connection with that id, as it was added; empty if there is none.
   *
   * @throws StoreException if the store cannot answer
   */
  Optional<StorageConnection> find(ConnectionId id);

  /**
   * Who holds which of {@code files} in an iModel at this moment. Good for telling people why they
   * were refused, not for deciding whether to refuse them: only {@link #add} can.
   *
   * @throws StoreException if the store cannot answer
   */
  FileMappings mappings(IModelId iModel, Collection<StorageFileId> files);

  /**
   * Returns if the store can be reached.
   *
   * @throws StoreException if it cannot
   */
  void check();
}
