package io.storageconnections.platform.application.storage;

import io.storageconnections.application.port.StoreException;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.platform.application.port.BlobStore;
import io.storageconnections.platform.application.port.BlobStore.BlobStoreException;
import io.storageconnections.platform.application.port.StorageOfITwin;
import io.storageconnections.platform.application.port.StorageStore;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what is not needed any more: uploads that did not end, what is in deleted folders, the
 * Storage of deleted iTwins, and blobs. Several nodes may do so at the same time, and each step may
 * be interrupted: a later call goes on. Thread-safe.
 *
 * <p>A blob is registered before its first byte is written, and an upload can end only while its
 * blob is registered. The sweeper first marks the registration, then deletes the blob, then the
 * registration. So it deletes no blob that becomes the content of a file, however long a node stops
 * between two statements.
 */
public record StorageSweeper(
    StorageStore store, BlobStore blobs, StorageSettings settings, Clock clock)
    implements StorageOfITwin {

  private static final Logger LOG = LoggerFactory.getLogger(StorageSweeper.class);

  /** The greatest number of rows that one transaction removes. */
  private static final int BATCH = 200;

  /** The number of files and folders of the blob folder that one call looks at, roughly. */
  private static final int BLOBS_PER_CALL = 2_000;

  /**
   * Removes a bounded number of leftovers.
   *
   * @return whether more are likely to be left, so that another call is worthwhile at once
   * @throws StoreException if the database cannot answer
   * @throws BlobStoreException if the blob folder cannot be read
   */
  public boolean sweep() {
    var now = clock.instant();
    var begunBefore = now.minus(settings.uploadLifetime());
    var unfinished = store.removeUnfinished(begunBefore, BATCH, now);
    var folders = store.removeDeletedFolders(BATCH, now);
    // A URL that was given out just before a content was replaced is valid for this time.
    var chosen =
        store.chooseBlobsToDelete(begunBefore, now.minus(ContentUrls.VALIDITY), BATCH, now);
    var deleted = delete(chosen);
    store.forgetBlobs(deleted);
    deleteUnregistered(begunBefore);
    return unfinished >= BATCH || folders || (chosen.size() == BATCH && !deleted.isEmpty());
  }

  /** A database that was restored from a backup does not know the blobs of later uploads. */
  private void deleteUnregistered(Instant before) {
    var found = blobs.next(before, BLOBS_PER_CALL);
    if (!found.isEmpty()) {
      var registered = store.registered(found);
      var unused = delete(found.stream().filter(blob -> !registered.contains(blob)).toList());
    }
  }

  /** Deletes blobs and returns those that it could delete. */
  private List<UUID> delete(Collection<UUID> some) {
    return some.stream().filter(this::isDeleted).toList();
  }

  private boolean isDeleted(UUID blob) {
    try {
      blobs.delete(blob);
      return true;
    } catch (BlobStoreException failure) {
      LOG.warn("A blob is not deleted; a later attempt may succeed", failure);
      return false;
    }
  }

  @Override
  public void deleteAll(ITwinId iTwin) {
    var more = true;
    while (more) {
      more = store.removeAll(iTwin, BATCH, clock.instant());
    }
  }
}
