package io.storageconnections.platform.application.deletion;

import io.storageconnections.application.port.Caller;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.platform.application.port.ConnectionsOfIModel;
import io.storageconnections.platform.application.port.IModelStore;
import io.storageconnections.platform.application.port.ITwinStore;
import io.storageconnections.platform.application.port.StorageOfITwin;
import java.time.Clock;
import java.time.Duration;

/**
 * Deletes what belongs to iTwins and iModels that are marked as being deleted. Each step may be
 * repeated, and the rows that carry the mark go last, so that another node can finish a deletion
 * that was interrupted at any point. Thread-safe; several nodes may do the same at the same time.
 */
public record Deletions(
    ITwinStore iTwins,
    IModelStore iModels,
    ConnectionsOfIModel connections,
    StorageOfITwin storage,
    Clock clock) {

  /**
   * How long the deletion of connections is repeated after an iModel is deleted: a request that
   * creates a connection may have read the iModel before the mark and commit after it.
   */
  private static final Duration REPEATED_FOR = Duration.ofMinutes(10);

  private static final int BATCH = 100;

  /** Who deletes what an interrupted deletion has left: its caller is not kept. */
  private static final Caller BACKGROUND = Caller.ofClient("local-platform");

  /**
   * Ends the deletion of an iModel that is marked.
   *
   * @param caller who deletes the iModel
   */
  public void finish(Caller caller, IModelId iModel) {
    connections.deleteAll(caller, iModel);
    iModels.endDeletion(iModel, clock.instant());
  }

  /**
   * Ends the deletion of an iTwin that is marked.
   *
   * @param caller who deletes the iTwin
   */
  public void finish(Caller caller, ITwinId iTwin) {
    for (var batch = iModels.ofITwin(iTwin, BATCH);
        !batch.isEmpty();
        batch = iModels.ofITwin(iTwin, BATCH)) {
      batch.forEach(iModel -> finish(caller, iModel));
    }
    storage.deleteAll(iTwin);
    iTwins.remove(iTwin);
  }

  /**
   * Ends all deletions that began and were interrupted, in the name of the client {@code
   * local-platform}.
   */
  public void resume() {
    iTwins.beingDeleted().forEach(iTwin -> finish(BACKGROUND, iTwin));
    iModels.beingDeleted().forEach(iModel -> finish(BACKGROUND, iModel));
    iModels
        .deletedSince(clock.instant().minus(REPEATED_FOR))
        .forEach(iModel -> connections.deleteAll(BACKGROUND, iModel));
  }
}
