package io.storageconnections.application.sourcefile;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.outcome.Failure.OfReading;
import io.storageconnections.application.outcome.OperationFailedException;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.validation.ParsableAs;
import io.storageconnections.application.validation.Request;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.SourceFile;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lists the source files of a connection, the oldest first. Safe to call concurrently.
 *
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/get-storage-connection-sourcefiles">The
 *     documented operation</a>
 */
public interface ListSourceFiles {

  /**
   * Returns the use case on the given dependencies.
   *
   * @param dependencies what the use case needs from outside
   * @return the use case
   */
  static ListSourceFiles on(Dependencies dependencies) {
    return new ListSourceFilesUseCase(dependencies);
  }

  /**
   * Returns one page of the source files of the connection that {@code query} names.
   *
   * @param caller the caller; an iModel that the caller cannot see does not exist for the caller
   * @param query the id of the connection, and the page; may be invalid
   * @return the page, empty if the connection has no source files, or why the list is not found
   * @throws StoreException if the store or the directory of iModels cannot answer
   */
  Outcome<Listed, OfReading> list(Caller caller, Query query);

  /**
   * Returns all source files of a connection. The stream reads one page of {@link
   * PageRequest#TOP_MAX} source files at a time, when it needs it. Source files that are removed in
   * the meantime may be missing, and new ones may be included; every other one occurs exactly once.
   *
   * @param caller the caller; an iModel that the caller cannot see does not exist for the caller
   * @param connection the id of the connection
   * @return the source files, the oldest first. The stream throws an {@link
   *     OperationFailedException} if the connection does not exist, and a {@link StoreException} if
   *     the store or the directory of iModels cannot answer
   */
  default Stream<SourceFile> stream(Caller caller, ConnectionId connection) {
    requireNonNull(caller, "caller");
    requireNonNull(connection, "connection");
    return Page.stream(
        request -> list(caller, Query.of(connection, request)).orElseThrow().page(),
        SourceFile.OLDEST_FIRST);
  }

  /**
   * The query, not yet validated.
   *
   * @param connectionId the text form of a {@link ConnectionId}; required
   * @param skip the number of source files before the page, 0 or more; null means 0
   * @param top the greatest number of source files on the page, 1 or more; null means {@link
   *     PageRequest#TOP_DEFAULT}, and a number above {@link PageRequest#TOP_MAX} means {@code
   *     TOP_MAX}
   * @param mistyped see {@link Request#mistyped()}
   */
  record Query(
      @NotNull @ParsableAs(ConnectionId.class) @Nullable String connectionId,
      @PositiveOrZero @Nullable Long skip,
      @Positive @Nullable Long top,
      Set<String> mistyped)
      implements Request {

    /** Copies the set. */
    public Query {
      mistyped = Set.copyOf(mistyped);
    }

    /**
     * Creates a query from Java, where the compiler has checked the types.
     *
     * @param connectionId the text form of a {@link ConnectionId}; required
     * @param skip the number of source files before the page, 0 or more; null means 0
     * @param top the greatest number of source files on the page, 1 or more; null means {@link
     *     PageRequest#TOP_DEFAULT}
     */
    public Query(@Nullable String connectionId, @Nullable Long skip, @Nullable Long top) {
      this(connectionId, skip, top, Set.of());
    }

    /**
     * Creates a query from parsed values.
     *
     * @param connection the id of the connection
     * @param page the position and size of the page
     * @return a valid query
     */
    public static Query of(ConnectionId connection, PageRequest page) {
      return new Query(connection.toString(), page.skip(), (long) page.top());
    }
  }

  /**
   * A page of source files.
   *
   * @param connection the id of their connection
   * @param pageRequest the parsed position and size of the page
   * @param page the page
   */
  record Listed(ConnectionId connection, PageRequest pageRequest, Page<SourceFile> page) {}
}
