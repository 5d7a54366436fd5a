package io.storageconnections.application.sourcefile;

import io.storageconnections.application.outcome.Failure.FilesAlreadyMapped;
import io.storageconnections.application.outcome.Failure.OfFileAddition;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.validation.ParsableAs;
import io.storageconnections.application.validation.Request;
import io.storageconnections.domain.connection.ConnectionId;
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
 * Adds source files to a connection: all of them, or none. Any number of concurrent additions to
 * one connection succeed; of several requests for one file, exactly one succeeds. Safe to call
 * concurrently. The documented operation adds one file.
 *
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/add-storage-connection-sourcefile">The
 *     documented operation</a>
 */
public interface AddSourceFiles {

  /**
   * Returns the use case on the given dependencies.
   *
   * @param dependencies what the use case needs from outside
   * @return the use case
   */
  static AddSourceFiles on(Dependencies dependencies) {
    return new AddSourceFilesUseCase(dependencies);
  }

  /**
   * Adds the source files that {@code addition} names.
   *
   * @param caller the caller; an iModel that the caller cannot see does not exist for the caller
   * @param addition the source files, and the id of the connection; may be invalid
   * @return the new source files, or why none was added
   * @throws StoreException if the store or the directory of iModels cannot answer; the files may
   *     then be added, and a retry may fail with {@link FilesAlreadyMapped}
   */
  Outcome<Added, OfFileAddition> add(Caller caller, Addition addition);

  /**
   * The source files to add, not yet validated.
   *
   * @param connectionId the text form of a {@link ConnectionId}; required
   * @param sourceFiles required, 1 to {@link SourceFileRequest#FILES_MAX}
   * @param mistyped see {@link Request#mistyped()}
   */
  record Addition(
      @NotNull @ParsableAs(ConnectionId.class) @Nullable String connectionId,
      @NotNull @Size(min = 1, max = SourceFileRequest.FILES_MAX)
          @Nullable List<@NotNull @Valid @Nullable SourceFileRequest> sourceFiles,
      Set<String> mistyped)
      implements Request {

    /** Copies the collections. */
    public Addition {
      // List.copyOf refuses the null entries that are still to be validated.
      sourceFiles =
          sourceFiles == null ? null : Collections.unmodifiableList(new ArrayList<>(sourceFiles));
      // Set.copyOf probes linearly, which is slow for paths with such similar hash codes.
      mistyped = Collections.unmodifiableSet(new HashSet<>(mistyped));
    }

    /**
     * Creates an addition from Java, where the compiler has checked the types.
     *
     * @param connectionId the text form of a {@link ConnectionId}; required
     * @param sourceFiles required, 1 to {@link SourceFileRequest#FILES_MAX}
     */
    public Addition(
        @Nullable String connectionId, @Nullable List<@Nullable SourceFileRequest> sourceFiles) {
      this(connectionId, sourceFiles, Set.of());
    }

    /**
     * Creates an addition from parsed values.
     *
     * @param connection the id of the connection
     * @param sourceFiles the source files to add, 1 to {@link SourceFileRequest#FILES_MAX}
     * @return the addition
     */
    public static Addition of(ConnectionId connection, List<SourceFileRequest> sourceFiles) {
      return new Addition(connection.toString(), List.copyOf(sourceFiles));
    }
  }

  /**
   * The source files are stored.
   *
   * @param connection the id of their connection
   * @param sourceFiles the new source files, in the order of the request
   * @param usage what the iModel now holds of each limited kind, 0 of a kind without a limit; null
   *     if there are no limits, because nothing is counted then
   */
  record Added(ConnectionId connection, List<SourceFile> sourceFiles, @Nullable Usage usage) {}
}
