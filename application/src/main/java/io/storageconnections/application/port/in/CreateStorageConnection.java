package io.storageconnections.application.port.in;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.validation.Violation;
import io.storageconnections.domain.connection.FileMappings;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.StorageConnection;
import io.storageconnections.domain.connection.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Creates a connection and maps its files to the iModel: all of them, or none. Safe to call
 * concurrently; of several requests for one file, exactly one wins.
 *
 * <p>Source: create-storage-connection.txt.
 */
public interface CreateStorageConnection {

  /**
   * Creates the connection that {@code request} describes.
   *
   * @param caller who asks; an iModel that they cannot see is not there for them
   * @param request what is to be created; may be invalid
   * @return what became of it
   * @throws StoreException if the outcome is unknown; whoever retries may then meet {@link
   *     Outcome.FilesAlreadyMapped}
   */
  Outcome create(Caller caller, ConnectionRequest request);

  /** How it went. Nothing is stored unless it is {@link Created}. */
  sealed interface Outcome {

    /**
     * It is stored, durably.
     *
     * @param connection as it is stored, of revision 1
     * @param usage what the iModel holds now, 0 of what is not limited; null if there are no
     *     limits, for then nobody counts
     */
    record Created(StorageConnection connection, @Nullable Usage usage) implements Outcome {}

    /**
     * The request is not valid, or names an iModel that the caller cannot see.
     *
     * @param violations all that is wrong, in document order; never empty
     */
    record Invalid(List<Violation> violations) implements Outcome {}

    /**
     * Files are mapped to the iModel already, or named twice.
     *
     * @param conflicts one for every file in conflict, in the order of the request; never empty
     */
    record FilesAlreadyMapped(List<FileMappings.Conflict> conflicts) implements Outcome {}

    /**
     * The iModel would hold too many connections, or too many source files.
     *
     * @param excess which of them, and by how many
     */
    record LimitReached(Limits.Excess excess) implements Outcome {}
  }
}
