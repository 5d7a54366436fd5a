package io.storageconnections.application.port.in;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.Slice;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.validation.Parses;
import io.storageconnections.application.validation.Request;
import io.storageconnections.application.validation.Violation;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.SourceFile;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lists the source files of a connection, the oldest first. Safe to call concurrently.
 *
 * <p>Source: api-contract.md, section 1.2, operation 10, and section 1.4.
 */
public interface ListSourceFiles {

  /**
   * Lists the part of the source files that {@code query} means.
   *
   * @param caller who asks; an iModel that they cannot see is not there for them
   * @param query whose files are meant; may be invalid
   * @return what was found
   * @throws StoreException if the store, or the directory of iModels, cannot answer
   */
  Outcome list(Caller caller, Query query);

  /**
   * Whose files are meant, not yet judged.
   *
   * @param connectionId the text form of a {@link ConnectionId}; required
   * @param skip how many to pass over, 0 or more; absent means 0
   * @param top how many to list, 1 or more; absent means {@link Slice#TOP_DEFAULT}, and more than
   *     {@link Slice#TOP_MAX} means that
   * @param mistyped as {@link Request#mistyped()} says
   */
  record Query(
      @NotNull @Parses(ConnectionId.class) @Nullable String connectionId,
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
     * @param connectionId the text form of a {@link ConnectionId}; required
     * @param skip how many to pass over, 0 or more; absent means 0
     * @param top how many to list, 1 or more; absent means {@link Slice#TOP_DEFAULT}, and more than
     *     {@link Slice#TOP_MAX} means that
     */
    public Query(@Nullable String connectionId, @Nullable Long skip, @Nullable Long top) {
      this(connectionId, skip, top, Set.of());
    }
  }

  /** How it went. */
  sealed interface Outcome {

    /**
     * Here they are.
     *
     * @param connection whose they are
     * @param slice which part was meant
     * @param page that part
     */
    record Listed(ConnectionId connection, Slice slice, Page<SourceFile> page) implements Outcome {}

    /**
     * There is no such connection, or the caller cannot see its iModel.
     *
     * @param id the one that was asked for
     */
    record ConnectionNotFound(ConnectionId id) implements Outcome {}

    /**
     * The query is not valid.
     *
     * @param violations all that is wrong, in the order of its members; never empty
     */
    record Invalid(List<Violation> violations) implements Outcome {}
  }
}
