package io.storageconnections.application.run;

import io.storageconnections.application.outcome.Failure.OfReading;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.validation.ParsableAs;
import io.storageconnections.application.validation.Request;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.run.Run;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lists the runs of a connection, the newest first. Safe to call concurrently.
 *
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/get-storage-connection-runs">The
 *     documented operation</a>
 */
@FunctionalInterface
public interface ListRuns {

  /**
   * Returns one page of the runs of the connection that {@code query} names.
   *
   * @param caller the caller; an iModel that the caller cannot see does not exist for the caller
   * @param query the id of the connection, and the page; may be invalid
   * @return the page, in the order {@link Run#NEWEST_FIRST}, empty if the connection had no run
   *     yet; or why the list is not found
   * @throws StoreException if the store or the directory of iModels cannot answer
   */
  Outcome<Listed, OfReading> list(Caller caller, Query query);

  /**
   * The query, not yet validated.
   *
   * @param connectionId the text form of a {@link ConnectionId}; required
   * @param skip the number of runs before the page, 0 or more; null means 0
   * @param top the greatest number of runs on the page, 1 or more; null means {@link
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
     * Creates a query from parsed values.
     *
     * @param connection the id of the connection
     * @param page the position and size of the page
     * @return a valid query
     */
    public static Query of(ConnectionId connection, PageRequest page) {
      return new Query(connection.toString(), page.skip(), (long) page.top(), Set.of());
    }
  }

  /**
   * A page of runs.
   *
   * @param connection the id of their connection
   * @param pageRequest the parsed position and size of the page
   * @param page the page
   */
  record Listed(ConnectionId connection, PageRequest pageRequest, Page<RunDetails> page) {}
}
