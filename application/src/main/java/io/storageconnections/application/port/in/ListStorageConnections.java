package io.storageconnections.application.port.in;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.ConnectionFilter;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.Slice;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.validation.Parses;
import io.storageconnections.application.validation.Request;
import io.storageconnections.application.validation.Violation;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.DisplayName;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.StorageConnection;
import io.storageconnections.domain.connection.StorageFileId;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lists the connections of an iModel, the oldest first, or those of them that fit a filter. Safe to
 * call concurrently.
 *
 * <p>Source: api-contract.md, section 1.2, operations 2 and 14, and section 1.4; the filters are
 * ours.
 */
public interface ListStorageConnections {

  /**
   * Lists the part of the connections that {@code query} means.
   *
   * @param caller who asks; an iModel that they cannot see is not there for them
   * @param query which connections are meant; may be invalid
   * @return what was found
   * @throws StoreException if the store, or the directory of iModels, cannot answer
   */
  Outcome list(Caller caller, Query query);

  /**
   * Which connections are meant, not yet judged.
   *
   * @param iModelId the text form of an {@link IModelId}; required
   * @param storageFileId the text form of a {@link StorageFileId}: only the connection that holds
   *     this file; absent means any
   * @param connectorType the text form of a {@link ConnectorType}: only those with a source file
   *     that this connector reads; absent means any
   * @param displayName the text form of a {@link DisplayName}: only those that are called exactly
   *     so; absent means any
   * @param skip how many to pass over, 0 or more; absent means 0
   * @param top how many to list, 1 or more; absent means {@link Slice#TOP_DEFAULT}, and more than
   *     {@link Slice#TOP_MAX} means that
   * @param mistyped as {@link Request#mistyped()} says
   */
  record Query(
      @NotNull @Parses(IModelId.class) @Nullable String iModelId,
      @Parses(StorageFileId.class) @Nullable String storageFileId,
      @Parses(ConnectorType.class) @Nullable String connectorType,
      @Parses(DisplayName.class) @Nullable String displayName,
      @PositiveOrZero @Nullable Long skip,
      @Positive @Nullable Long top,
      Set<String> mistyped)
      implements Request {

    /** Copies what can change. */
    public Query {
      mistyped = Set.copyOf(mistyped);
    }

    /**
     * A query from Java, whose types the compiler has checked.
     *
     * @param iModelId the text form of an {@link IModelId}; required
     * @param storageFileId only the connection that holds this file; absent means any
     * @param connectorType only those with a source file that this connector reads; absent means
     *     any
     * @param displayName only those that are called exactly so; absent means any
     * @param skip how many to pass over, 0 or more; absent means 0
     * @param top how many to list, 1 or more; absent means {@link Slice#TOP_DEFAULT}, and more than
     *     {@link Slice#TOP_MAX} means that
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
  }

  /** How it went. */
  sealed interface Outcome {

    /**
     * Here they are.
     *
     * @param filter what was meant
     * @param slice which part was meant
     * @param page that part
     */
    record Listed(ConnectionFilter filter, Slice slice, Page<StorageConnection> page)
        implements Outcome {}

    /**
     * The query is not valid, or names an iModel that the caller cannot see.
     *
     * @param violations all that is wrong, in the order of its members; never empty
     */
    record Invalid(List<Violation> violations) implements Outcome {}
  }
}
