package io.storageconnections.application.port.in;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.validation.Parses;
import io.storageconnections.application.validation.Request;
import io.storageconnections.application.validation.Violation;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.FileMappings;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.SourceFileId;
import io.storageconnections.domain.connection.StorageFileId;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets a source file be another Storage file, or be read by another connector; its id stays. Safe
 * to call concurrently; of several that want one Storage file, exactly one wins.
 *
 * <p>Source: api-contract.md, section 1.2, operation 12; preconditions are ours.
 */
public interface UpdateSourceFile {

  /**
   * Changes the source file as {@code change} says, if its revision meets {@code precondition}.
   *
   * @param caller who asks; an iModel that they cannot see is not there for them
   * @param change what which source file is to be; may be invalid
   * @param precondition which revisions are meant; {@link Precondition#NONE} for any
   * @return what became of it
   * @throws StoreException if the outcome is unknown
   */
  Outcome update(Caller caller, Change change, Precondition precondition);

  /**
   * What the source file is to be, not yet judged.
   *
   * @param connectionId the text form of a {@link ConnectionId}; required
   * @param sourceFileId the text form of the {@link SourceFileId} that stays; required
   * @param storageFileId the text form of a {@link StorageFileId}; required
   * @param connectorType the text form of a {@link ConnectorType}; required
   * @param mistyped as {@link Request#mistyped()} says
   */
  record Change(
      @NotNull @Parses(ConnectionId.class) @Nullable String connectionId,
      @NotNull @Parses(SourceFileId.class) @Nullable String sourceFileId,
      @NotNull @Parses(StorageFileId.class) @Nullable String storageFileId,
      @NotNull @Parses(ConnectorType.class) @Nullable String connectorType,
      Set<String> mistyped)
      implements Request {

    /** Copies what can change. */
    public Change {
      mistyped = Set.copyOf(mistyped);
    }

    /**
     * A change from Java, whose types the compiler has checked.
     *
     * @param connectionId the text form of a {@link ConnectionId}; required
     * @param sourceFileId the text form of the {@link SourceFileId} that stays; required
     * @param storageFileId the text form of a {@link StorageFileId}; required
     * @param connectorType the text form of a {@link ConnectorType}; required
     */
    public Change(
        @Nullable String connectionId,
        @Nullable String sourceFileId,
        @Nullable String storageFileId,
        @Nullable String connectorType) {
      this(connectionId, sourceFileId, storageFileId, connectorType, Set.of());
    }
  }

  /** How it went. Nothing is changed unless it is {@link Updated}. */
  sealed interface Outcome {

    /**
     * It is changed, durably, and now like this.
     *
     * @param sourceFile as it is now; of the revision it had if nothing became different
     */
    record Updated(SourceFile sourceFile) implements Outcome {}

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
     * The request is not valid.
     *
     * @param violations all that is wrong, in the order of its members; never empty
     */
    record Invalid(List<Violation> violations) implements Outcome {}

    /**
     * Another source file of the iModel is that Storage file already.
     *
     * @param conflicts one, of index 0
     */
    record FilesAlreadyMapped(List<FileMappings.Conflict> conflicts) implements Outcome {}
  }
}
