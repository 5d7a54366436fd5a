package io.storageconnections.application.port.in;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.validation.Parses;
import io.storageconnections.application.validation.Request;
import io.storageconnections.application.validation.Violation;
import io.storageconnections.domain.connection.AuthenticationType;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.DisplayName;
import io.storageconnections.domain.connection.StorageConnection;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Renames a connection, or has its files read on somebody else's behalf. Safe to call concurrently.
 *
 * <p>Source: api-contract.md, section 1.2, operation 4; preconditions are ours.
 */
public interface UpdateStorageConnection {

  /**
   * Changes the connection as {@code change} says, if its revision meets {@code precondition}.
   *
   * @param caller who asks; an iModel that they cannot see is not there for them
   * @param change what is to become different about which connection; may be invalid
   * @param precondition which revisions are meant; {@link Precondition#NONE} for any
   * @return what became of it
   * @throws StoreException if the outcome is unknown
   */
  Outcome update(Caller caller, Change change, Precondition precondition);

  /**
   * What is to become different, not yet judged. What is absent stays as it is.
   *
   * @param connectionId the text form of a {@link ConnectionId}; required
   * @param displayName the text form of a {@link DisplayName}; may be absent
   * @param authenticationType the text form of an {@link AuthenticationType}; may be absent
   * @param mistyped as {@link Request#mistyped()} says
   */
  record Change(
      @NotNull @Parses(ConnectionId.class) @Nullable String connectionId,
      @Parses(DisplayName.class) @Nullable String displayName,
      @Parses(AuthenticationType.class) @Nullable String authenticationType,
      Set<String> mistyped)
      implements Request {

    /** Copies what can change. */
    public Change {
      mistyped = Set.copyOf(mistyped);
    }

    /**
     * A change from Java, whose types the compiler has checked.
     *
     * @param connectionId the text form of a {@link ConnectionId}; required
     * @param displayName the text form of a {@link DisplayName}; may be absent
     * @param authenticationType the text form of an {@link AuthenticationType}; may be absent
     */
    public Change(
        @Nullable String connectionId,
        @Nullable String displayName,
        @Nullable String authenticationType) {
      this(connectionId, displayName, authenticationType, Set.of());
    }
  }

  /** How it went. Nothing is changed unless it is {@link Updated}. */
  sealed interface Outcome {

    /**
     * It is changed, durably, and now like this.
     *
     * @param connection as it is now; of the revision it had if nothing became different
     */
    record Updated(StorageConnection connection) implements Outcome {}

    /**
     * There is no such connection, or the caller cannot see its iModel.
     *
     * @param id the one that was asked for
     */
    record ConnectionNotFound(ConnectionId id) implements Outcome {}

    /**
     * It is in none of the revisions that the precondition asks for.
     *
     * @param revision the one it is in now
     */
    record Outdated(long revision) implements Outcome {}

    /**
     * The request is not valid.
     *
     * @param violations all that is wrong, in the order of its members; never empty
     */
    record Invalid(List<Violation> violations) implements Outcome {}
  }
}
