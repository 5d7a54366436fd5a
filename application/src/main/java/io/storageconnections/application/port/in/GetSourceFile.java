package io.storageconnections.application.port.in;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.validation.Violation;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.SourceFileId;
import java.util.List;

/**
 * Finds one source file of a connection. Safe to call concurrently.
 *
 * <p>Source: api-contract.md, section 1.2, operation 11.
 */
public interface GetSourceFile {

  /**
   * Finds the source file that {@code reference} names.
   *
   * @param caller who asks; an iModel that they cannot see is not there for them
   * @param reference which source file of which connection is meant; may be invalid
   * @return what was found
   * @throws StoreException if the store, or the directory of iModels, cannot answer
   */
  Outcome get(Caller caller, SourceFileReference reference);

  /** How it went. */
  sealed interface Outcome {

    /**
     * Here it is.
     *
     * @param sourceFile as it is now
     */
    record Found(SourceFile sourceFile) implements Outcome {}

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
     * An id is not well-formed.
     *
     * @param violations never empty
     */
    record Invalid(List<Violation> violations) implements Outcome {}
  }
}
