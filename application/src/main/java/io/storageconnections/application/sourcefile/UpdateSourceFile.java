package io.storageconnections.application.sourcefile;

import io.storageconnections.application.outcome.Failure.OfFileChange;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.validation.ParsableAs;
import io.storageconnections.application.validation.Request;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.SourceFileChange;
import io.storageconnections.domain.connection.SourceFileId;
import io.storageconnections.domain.connection.StorageFileId;
import jakarta.validation.constraints.NotNull;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the Storage file or the connector type of a source file, whose id stays the same. Of
 * several concurrent requests for one Storage file, exactly one succeeds. Safe to call
 * concurrently. The documented operation has no precondition.
 *
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/update-storage-connection-sourcefile">The
 *     documented operation</a>
 */
public interface UpdateSourceFile {

  /**
   * Returns the use case on the given dependencies.
   *
   * @param dependencies what the use case needs from outside
   * @return the use case
   */
  static UpdateSourceFile on(Dependencies dependencies) {
    return new UpdateSourceFileUseCase(dependencies);
  }

  /**
   * Changes the source file as {@code change} says, if its revision meets {@code precondition}.
   *
   * @param caller the caller; an iModel that the caller cannot see does not exist for the caller
   * @param change the new values, and the ids of the connection and of the source file; may be
   *     invalid
   * @param precondition the revisions to which the request applies; {@link Precondition#NONE} for
   *     any
   * @return the source file in its new state, or why it is not changed. Its revision stays the same
   *     if the change changes nothing
   * @throws StoreException if the store or the directory of iModels cannot answer; a change may
   *     then have taken effect
   */
  Outcome<SourceFile, OfFileChange> update(Caller caller, Change change, Precondition precondition);

  /**
   * The new values of a source file, not yet validated.
   *
   * @param connectionId the text form of a {@link ConnectionId}; required
   * @param sourceFileId the text form of the {@link SourceFileId}, which stays the same; required
   * @param storageFileId the text form of a {@link StorageFileId}; required
   * @param connectorType the text form of a {@link ConnectorType}; required
   * @param mistyped see {@link Request#mistyped()}
   */
  record Change(
      @NotNull @ParsableAs(ConnectionId.class) @Nullable String connectionId,
      @NotNull @ParsableAs(SourceFileId.class) @Nullable String sourceFileId,
      @NotNull @ParsableAs(StorageFileId.class) @Nullable String storageFileId,
      @NotNull @ParsableAs(ConnectorType.class) @Nullable String connectorType,
      Set<String> mistyped)
      implements Request {

    /** Copies the set. */
    public Change {
      mistyped = Set.copyOf(mistyped);
    }

    /**
     * Creates a change from Java, where the compiler has checked the types.
     *
     * @param connectionId the text form of a {@link ConnectionId}; required
     * @param sourceFileId the text form of the {@link SourceFileId}, which stays the same; required
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

    /**
     * Creates a change from parsed values.
     *
     * @param connection the id of the connection
     * @param sourceFile the id of the source file, which stays the same
     * @param change the new values
     * @return a valid change
     */
    public static Change of(
        ConnectionId connection, SourceFileId sourceFile, SourceFileChange change) {
      return new Change(
          connection.toString(),
          sourceFile.toString(),
          change.storageFileId().toString(),
          change.connectorType().toString());
    }
  }
}
