package io.storageconnections.platform.directory;

import io.storageconnections.application.port.SourceContents;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.domain.connection.FileName;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.platform.application.access.Permissions;
import io.storageconnections.platform.application.port.BlobStore;
import io.storageconnections.platform.application.port.BlobStore.BlobStoreException;
import io.storageconnections.platform.application.port.StorageStore;
import io.storageconnections.platform.domain.storage.StorageItem.StoredFile;
import java.nio.channels.Channels;

/**
 * Opens the contents of this platform's files for connectors, in the version that a file has at
 * this moment. If the platform trusts every caller, the contents of files of iTwins that never
 * existed here are unknown. Thread-safe.
 */
public record LocalSourceContents(
    StorageStore store, BlobStore blobs, UnknownIds unknown, Permissions permissions)
    implements SourceContents {

  @Override
  public SourceContent open(IModelId iModel, StorageFileId file) {
    var found = store.findFile(file);
    if (found.isPresent()) {
      return open(found.get());
    }
    return permissions.everyCallerOwnsAll() && unknown.contain(file.iTwin())
        ? new Unknown()
        : new Missing();
  }

  private SourceContent open(StoredFile file) {
    try {
      var blob = blobs.open(file.content().id());
      return new Opened(
          FileName.of(file.displayName()), blob.size(), Channels.newInputStream(blob.channel()));
    } catch (BlobStoreException failure) {
      throw new StoreException(
          StoreException.Reason.DISK,
          "opening the content of file " + file.id(),
          "check the blob folder",
          failure);
    }
  }
}
