package io.storageconnections.application.port.in;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.validation.Violation;
import io.storageconnections.domain.connection.ConnectionId;
import java.util.List;

/**
 * Deletes a connection. All its files are free at once to be mapped to the iModel again. Safe to
 * call concurrently.
 *
 * <p>Source: api-contract.md, section 1.2, operation 5, and section 3.13; preconditions are ours.
 */
public interface DeleteStorageConnection {

  /**
   * Deletes the connection that {@code reference} names, if its revision meets {@code
   * precondition}.
   *
   * @param caller who asks; an iModel that they cannot see is not there for them
   * @param reference which connection is meant; may be invalid
   * @param precondition which revisions are meant; {@link Precondition#NONE} for any
   * @return what became of it
   * @throws StoreException if the outcome is unknown
   */
  Outcome delete(Caller caller, ConnectionReference reference, Precondition precondition);

  /** How it went. Nothing is deleted unless it is {@link Deleted}. */
  sealed interface Outcome {

    /** It is gone, durably. */
    record Deleted() implements Outcome {}

    /**
     * There is no such connection, or the caller cannot see its iModel.
     *
     * @param id the one that was asked for
     */
    record ConnectionNotFound(ConnectionId id) implements Outcome {}

    /**
     * It is in none of the revisions that the precondition asks for.
     *
     * @param revision the one it is in now
     */
    record Outdated(long revision) implements Outcome {}

    /**
     * The id is not well-formed.
     *
     * @param violations never empty
     */
    record Invalid(List<Violation> violations) implements Outcome {}
  }
}
