package io.storageconnections.platform.application.port;

import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.platform.application.outcome.Failure.IModelExists;
import io.storageconnections.platform.application.outcome.Failure.IModelNotFound;
import io.storageconnections.platform.application.outcome.Failure.ITwinNotFound;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.domain.imodel.IModel;
import io.storageconnections.platform.domain.member.Role;
import io.storageconnections.platform.domain.member.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Stores iModels. An iModel exists until its deletion, or that of its iTwin, begins. Every method
 * may throw a {@link io.storageconnections.application.port.StoreException}.
 */
public interface IModelStore {

  /**
   * An iModel that exists.
   *
   * @param role the role of the subject in the iTwin of the iModel; null if it has none
   */
  record Found(IModel iModel, @Nullable Role role) {}

  /** The properties by which a list can be ordered. */
  enum SortKey {
    NAME,
    CREATED
  }

  /**
   * Adds an iModel. Fails with {@link ITwinNotFound}, also if the deletion of the iTwin begins
   * first, or with {@link IModelExists}.
   */
  Outcome<IModel> add(IModel iModel);

  /**
   * Returns an iModel, in one statement.
   *
   * @param subject the subject whose role is returned; null for none
   */
  Optional<Found> find(IModelId id, @Nullable Subject subject);

  /** Returns whether an iModel with this id exists or has existed. */
  boolean isKnown(IModelId id);

  /**
   * Returns a page of the iModels of an iTwin.
   *
   * @param name selects the iModel with exactly this name; null for all
   * @param search selects iModels whose name or description contains this text, in any case; null
   *     for all
   */
  Page<IModel> list(
      ITwinId iTwin,
      @Nullable String name,
      @Nullable String search,
      Order<SortKey> order,
      PageRequest page);

  /**
   * Changes an iModel in one transaction. Fails with {@link IModelNotFound}, {@link IModelExists},
   * or as {@code change} does.
   */
  Outcome<IModel> update(IModelId id, Function<IModel, Outcome<IModel>> change);

  /** Marks an iModel as being deleted. Returns whether it existed. */
  boolean beginDeletion(IModelId id);

  /** Returns the iModels whose deletion has begun and not ended. */
  List<IModelId> beingDeleted();

  /**
   * Returns iModels of an iTwin whose deletion has not ended.
   *
   * @param max the greatest number of them
   */
  List<IModelId> ofITwin(ITwinId iTwin, int max);

  /** Ends the deletion of an iModel. Its id stays known. */
  void endDeletion(IModelId id, Instant now);

  /** Returns the iModels whose deletion ended at or after a time. */
  List<IModelId> deletedSince(Instant time);
}
