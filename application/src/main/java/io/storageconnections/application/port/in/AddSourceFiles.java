package io.storageconnections.application.port.in;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.validation.Parses;
import io.storageconnections.application.validation.Request;
import io.storageconnections.application.validation.Violation;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.FileMappings;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.Usage;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Adds files to a connection: all of them, or none. Safe to call concurrently: any number of
 * additions to one connection succeed side by side, and of several that want one file, exactly one
 * wins.
 *
 * <p>Source: api-contract.md, section 1.2, operation 9; several at once are ours.
 */
public interface AddSourceFiles {

  /**
   * Adds the files that {@code addition} names.
   *
   * @param caller who asks; an iModel that they cannot see is not there for them
   * @param addition what is to be added to which connection; may be invalid
   * @return what became of it
   * @throws StoreException if the outcome is unknown; whoever retries may then meet {@link
   *     Outcome.FilesAlreadyMapped}
   */
  Outcome add(Caller caller, Addition addition);

  /**
   * What is to be added to which connection, not yet judged.
   *
   * @param connectionId the text form of a {@link ConnectionId}; required
   * @param sourceFiles required, 1 to {@link ConnectionRequest#SOURCE_FILES_MAX}
   * @param mistyped as {@link Request#mistyped()} says
   */
  record Addition(
      @NotNull @Parses(ConnectionId.class) @Nullable String connectionId,
      @NotNull @Size(min = 1, max = ConnectionRequest.SOURCE_FILES_MAX)
          @Nullable List<@NotNull @Valid @Nullable SourceFileRequest> sourceFiles,
      Set<String> mistyped)
      implements Request {

    /** Copies what can change, as {@link ConnectionRequest} does and for the same reasons. */
    public Addition {
      sourceFiles =
          sourceFiles == null ? null : Collections.unmodifiableList(new ArrayList<>(sourceFiles));
      mistyped = Collections.unmodifiableSet(new HashSet<>(mistyped));
    }

    /**
     * An addition from Java, whose types the compiler has checked.
     *
     * @param connectionId the text form of a {@link ConnectionId}; required
     * @param sourceFiles required, 1 to {@link ConnectionRequest#SOURCE_FILES_MAX}
     */
    public Addition(
        @Nullable String connectionId, @Nullable List<@Nullable SourceFileRequest> sourceFiles) {
      this(connectionId, sourceFiles, Set.of());
    }
  }

  /** How it went. Nothing is stored unless it is {@link Added}. */
  sealed interface Outcome {

    /**
     * They are stored, durably.
     *
     * @param connection what they were added to
     * @param sourceFiles in the order of the request
     * @param usage what the iModel holds now, 0 of what is not limited; null if there are no
     *     limits, for then nobody counts
     */
    record Added(ConnectionId connection, List<SourceFile> sourceFiles, @Nullable Usage usage)
        implements Outcome {}

    /**
     * There is no such connection, or the caller cannot see its iModel.
     *
     * @param id the one that was asked for
     */
    record ConnectionNotFound(ConnectionId id) implements Outcome {}

    /**
     * The request is not valid.
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
     * The iModel would hold too many source files.
     *
     * @param excess by how many
     */
    record LimitReached(Limits.Excess excess) implements Outcome {}
  }
}
