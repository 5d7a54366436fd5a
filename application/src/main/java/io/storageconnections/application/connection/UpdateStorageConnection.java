package io.storageconnections.application.connection;

import io.storageconnections.application.outcome.Failure.OfChange;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.validation.ParsableAs;
import io.storageconnections.application.validation.Request;
import io.storageconnections.domain.connection.AuthenticationType;
import io.storageconnections.domain.connection.ConnectionChange;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.DisplayName;
import io.storageconnections.domain.connection.StorageConnection;
import jakarta.validation.constraints.NotNull;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes the name or the authentication type of a connection. Safe to call concurrently. The
 * documented operation has no precondition.
 *
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/update-storage-connection">The
 *     documented operation</a>
 */
public interface UpdateStorageConnection {

  /**
   * Returns the use case on the given dependencies.
   *
   * @param dependencies what the use case needs from outside
   * @return the use case
   */
  static UpdateStorageConnection on(Dependencies dependencies) {
    return new UpdateStorageConnectionUseCase(dependencies);
  }

  /**
   * Changes the connection as {@code change} says, if its revision meets {@code precondition}.
   *
   * @param caller the caller; an iModel that the caller cannot see does not exist for the caller
   * @param change the change, and the id of the connection; may be invalid
   * @param precondition the revisions to which the request applies; {@link Precondition#NONE} for
   *     any
   * @return the connection in its new state, or why it is not changed. Its revision stays the same
   *     if the change changes nothing
   * @throws StoreException if the store or the directory of iModels cannot answer; a change may
   *     then have taken effect
   */
  Outcome<StorageConnection, OfChange> update(
      Caller caller, Change change, Precondition precondition);

  /**
   * The change of a connection, not yet validated. An absent member stays unchanged.
   *
   * @param connectionId the text form of a {@link ConnectionId}; required
   * @param displayName the text form of a {@link DisplayName}; null if absent
   * @param authenticationType the text form of an {@link AuthenticationType}; null if absent
   * @param mistyped see {@link Request#mistyped()}
   */
  record Change(
      @NotNull @ParsableAs(ConnectionId.class) @Nullable String connectionId,
      @ParsableAs(DisplayName.class) @Nullable String displayName,
      @ParsableAs(AuthenticationType.class) @Nullable String authenticationType,
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
     * @param displayName the text form of a {@link DisplayName}; null if absent
     * @param authenticationType the text form of an {@link AuthenticationType}; null if absent
     */
    public Change(
        @Nullable String connectionId,
        @Nullable String displayName,
        @Nullable String authenticationType) {
      this(connectionId, displayName, authenticationType, Set.of());
    }

    /**
     * Creates a change from parsed values.
     *
     * @param connection the id of the connection
     * @param change the new values
     * @return a valid change
     */
    public static Change of(ConnectionId connection, ConnectionChange change) {
      var name = change.displayName();
      var type = change.authenticationType();
      return new Change(
          connection.toString(),
          name == null ? null : name.value(),
          type == null ? null : type.toString());
    }
  }
}
