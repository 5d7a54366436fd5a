package io.storageconnections.application.connection;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.outcome.Failure.OfListing;
import io.storageconnections.application.outcome.OperationFailedException;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.ConnectionFilter;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.validation.ParsableAs;
import io.storageconnections.application.validation.Request;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.DisplayName;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.StorageConnection;
import io.storageconnections.domain.connection.StorageFileId;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lists the connections of an iModel, the oldest first. Safe to call concurrently. The documented
 * operation has no filters.
 *
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/get-storage-connections">The
 *     documented operation</a>
 */
public interface ListStorageConnections {

  /**
   * Returns the use case on the given dependencies.
   *
   * @param dependencies what the use case needs from outside
   * @return the use case
   */
  static ListStorageConnections on(Dependencies dependencies) {
    return new ListStorageConnectionsUseCase(dependencies);
  }

  /**
   * Returns one page of the connections that {@code query} selects.
   *
   * @param caller the caller; an iModel that the caller cannot see does not exist for the caller
   * @param query the iModel, the filters and the page; may be invalid
   * @return the page, or why it is not read. An iModel that the caller cannot see is a violation of
   *     {@code query}
   * @throws StoreException if the store or the directory of iModels cannot answer
   */
  Outcome<Listed, OfListing> list(Caller caller, Query query);

  /**
   * Returns all connections that {@code filter} selects. The stream reads one page of {@link
   * PageRequest#TOP_MAX} connections at a time, when it needs it. Connections that are deleted in
   * the meantime may be missing, and new ones may be included; every other one occurs exactly once.
   *
   * @param caller the caller; an iModel that the caller cannot see does not exist for the caller
   * @param filter selects the connections
   * @return the connections, the oldest first. The stream throws an {@link
   *     OperationFailedException} if the iModel does not exist for the caller, and a {@link
   *     StoreException} if the store or the directory of iModels cannot answer
   */
  default Stream<StorageConnection> stream(Caller caller, ConnectionFilter filter) {
    requireNonNull(caller, "caller");
    requireNonNull(filter, "filter");
    return Page.stream(
        request -> list(caller, Query.of(filter, request)).orElseThrow().page(),
        StorageConnection.OLDEST_FIRST);
  }

  /**
   * The query, not yet validated. Every filter may be absent.
   *
   * @param iModelId the text form of an {@link IModelId}; required
   * @param storageFileId the text form of a {@link StorageFileId}: selects the connection that has
   *     this source file; null if absent
   * @param connectorType the text form of a {@link ConnectorType}: selects connections with a
   *     source file that this connector reads; null if absent
   * @param displayName the text form of a {@link DisplayName}: selects connections with exactly
   *     this name; null if absent
   * @param skip the number of connections before the page, 0 or more; null means 0
   * @param top the greatest number of connections on the page, 1 or more; null means {@link
   *     PageRequest#TOP_DEFAULT}, and a number above {@link PageRequest#TOP_MAX} means {@code
   *     TOP_MAX}
   * @param mistyped see {@link Request#mistyped()}
   */
  record Query(
      @NotNull @ParsableAs(IModelId.class) @Nullable String iModelId,
      @ParsableAs(StorageFileId.class) @Nullable String storageFileId,
      @ParsableAs(ConnectorType.class) @Nullable String connectorType,
      @ParsableAs(DisplayName.class) @Nullable String displayName,
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
     * @param iModelId the text form of an {@link IModelId}; required
     * @param storageFileId selects the connection that has this source file; null if absent
     * @param connectorType selects connections with a source file that this connector reads; null
     *     if absent
     * @param displayName selects connections with exactly this name; null if absent
     * @param skip the number of connections before the page, 0 or more; null means 0
     * @param top the greatest number of connections on the page, 1 or more; null means {@link
     *     PageRequest#TOP_DEFAULT}
     */
    public Query(
        @Nullable String iModelId,
        @Nullable String storageFileId,
        @Nullable String connectorType,
        @Nullable String displayName,
        @Nullable Long skip,
        @Nullable Long top) {
      this(iModelId, storageFileId, connectorType, displayName, skip, top, Set.of());
    }

    /**
     * Creates a query from parsed values.
     *
     * @param filter selects the connections
     * @param page the position and size of the page
     * @return a valid query
     */
    public static Query of(ConnectionFilter filter, PageRequest page) {
      return new Query(
          filter.iModel().toString(),
          text(filter.storageFileId()),
          text(filter.connectorType()),
          text(filter.displayName()),
          page.skip(),
          (long) page.top());
    }

    private static @Nullable String text(@Nullable Object value) {
      return value == null ? null : value.toString();
    }
  }

  /**
   * A page of connections.
   *
   * @param filter the parsed filter
   * @param pageRequest the parsed position and size of the page
   * @param page the page
   */
  record Listed(ConnectionFilter filter, PageRequest pageRequest, Page<StorageConnection> page) {}
}
