package io.storageconnections.platform.application.port;

import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.platform.application.outcome.Failure.ITwinExists;
import io.storageconnections.platform.application.outcome.Failure.ITwinNotFound;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.domain.itwin.ITwin;
import io.storageconnections.platform.domain.member.Subject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Stores iTwins. An iTwin whose deletion has begun does not exist for any method but {@link
 * #isKnown}, {@link #beingDeleted} and {@link #remove}. Every method may throw a {@link
 * io.storageconnections.application.port.StoreException}.
 */
public interface ITwinStore {

  /** The properties by which a list can be ordered. */
  enum SortKey {
    CREATED,
    DISPLAY_NAME,
    NUMBER
  }

  /** Adds an iTwin with its first owner. Fails with {@link ITwinExists}. */
  Outcome<ITwin> add(ITwin iTwin, Subject owner);

  /** Returns an iTwin. */
  Optional<ITwin> find(ITwinId id);

  /** Returns whether an iTwin with this id exists or has existed. */
  boolean isKnown(ITwinId id);

  /**
   * Returns a page of the iTwins that {@code filter} selects.
   *
   * @param member selects the iTwins of which this subject is a member; null for all iTwins
   */
  Page<ITwin> list(
      ITwinFilter filter, @Nullable Subject member, Order<SortKey> order, PageRequest page);

  /**
   * Changes an iTwin in one transaction. Fails with {@link ITwinNotFound}, {@link ITwinExists}, or
   * as {@code change} does.
   */
  Outcome<ITwin> update(ITwinId id, Function<ITwin, Outcome<ITwin>> change);

  /** Marks an iTwin as being deleted. Returns whether it existed. */
  boolean beginDeletion(ITwinId id);

  /** Returns the iTwins whose deletion has begun and not ended. */
  List<ITwinId> beingDeleted();

  /** Removes the rows of an iTwin whose deletion has begun. Its id stays known. */
  void remove(ITwinId id);
}
