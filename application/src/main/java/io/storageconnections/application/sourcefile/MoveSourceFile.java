package io.storageconnections.application.sourcefile;

import io.storageconnections.application.outcome.Failure.OfFileMove;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.validation.ParsableAs;
import io.storageconnections.application.validation.Request;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.SourceFileId;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/**
 * Moves a source file to another connection of the same iModel. At no moment is its Storage file
 * unmapped or mapped twice. Safe to call concurrently. The documented API has no such operation.
 */
public interface MoveSourceFile {

  /**
   * Returns the use case on the given dependencies.
   *
   * @param dependencies what the use case needs from outside
   * @return the use case
   */
  static MoveSourceFile on(Dependencies dependencies) {
    return new MoveSourceFileUseCase(dependencies);
  }

  /**
   * Moves the source file as {@code move} says, if its revision meets {@code precondition}.
   *
   * @param caller the caller; an iModel that the caller cannot see does not exist for the caller
   * @param move the ids of the source file and of both connections; may be invalid
   * @param precondition the revisions to which the request applies; {@link Precondition#NONE} for
   *     any
   * @return the source file in its new state, or why it is not moved. It keeps its id. Its revision
   *     stays the same if both connections are the same
   * @throws StoreException if the store or the directory of iModels cannot answer; the move may
   *     then have taken effect
   */
  Outcome<SourceFile, OfFileMove> move(Caller caller, Move move, Precondition precondition);

  /**
   * A source file and the connection that gets it, not yet validated.
   *
   * @param connectionId the text form of the {@link ConnectionId} that has the source file;
   *     required
   * @param sourceFileId the text form of the {@link SourceFileId}, which stays the same; required
   * @param targetConnectionId the text form of the {@link ConnectionId} that gets the source file;
   *     required, of the same iModel as {@code connectionId}
   */
  record Move(
      @NotNull @ParsableAs(ConnectionId.class) @Nullable String connectionId,
      @NotNull @ParsableAs(SourceFileId.class) @Nullable String sourceFileId,
      @NotNull @ParsableAs(ConnectionId.class) @Nullable String targetConnectionId)
      implements Request {

    /**
     * Creates a move from parsed ids.
     *
     * @param from the connection that has the source file
     * @param sourceFile the id of the source file, which stays the same
     * @param to the connection that gets the source file
     * @return the move
     */
    public static Move of(ConnectionId from, SourceFileId sourceFile, ConnectionId to) {
      return new Move(from.toString(), sourceFile.toString(), to.toString());
    }
  }
}
