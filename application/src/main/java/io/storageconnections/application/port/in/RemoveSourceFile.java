package io.storageconnections.application.port.in;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.validation.Violation;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.SourceFileId;
import java.util.List;

/**
 * Removes a source file from a connection, be it the last. Its Storage file is free at once to be
 * mapped to the iModel again. Safe to call concurrently.
 *
 * <p>Source: api-contract.md, section 1.2, operation 13, and section 3.13; preconditions are ours.
 */
public interface RemoveSourceFile {

  /**
   * Removes the source file that {@code reference} names, if its revision meets {@code
   * precondition}.
   *
   * @param caller who asks; an iModel that they cannot see is not there for them
   * @param reference which source file of which connection is meant; may be invalid
   * @param precondition which revisions are meant; {@link Precondition#NONE} for any
   * @return what became of it
   * @throws StoreException if the outcome is unknown
   */
  Outcome remove(Caller caller, SourceFileReference reference, Precondition precondition);

  /** How it went. Nothing is removed unless it is {@link Removed}. */
  sealed interface Outcome {

    /** It is gone, durably. */
    record Removed() implements Outcome {}

    /**
     * There is no such connection, or the caller cannot see its iModel.
     *
     * @param id the one that was asked for
     */
    record ConnectionNotFound(ConnectionId id) implements Outcome {}

    /**
     * The connection has no such source file.
     *
     * @param id the one that was asked for
     */
    record SourceFileNotFound(SourceFileId id) implements Outcome {}

    /**
     * It is in none of the revisions that the precondition asks for.
     *
     * @param revision the one it is in now
     */
    record Outdated(long revision) implements Outcome {}

    /**
     * An id is not well-formed.
     *
     * @param violations never empty
     */
    record Invalid(List<Violation> violations) implements Outcome {}
  }
}
