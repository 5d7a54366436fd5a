package io.storageconnections.platform;

import io.storageconnections.adapter.http.RouteGroup;
import io.storageconnections.adapter.http.link.BaseUrl;
import io.storageconnections.adapter.persistence.sql.Transactions;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.platform.application.access.Permissions;
import io.storageconnections.platform.application.port.StorageStore;
import io.storageconnections.platform.application.port.StorageStore.BlobFolder;
import io.storageconnections.platform.application.storage.ContentTokenSigner;
import io.storageconnections.platform.application.storage.ContentUrls;
import io.storageconnections.platform.application.storage.ContentUseCases;
import io.storageconnections.platform.application.storage.FileUseCases;
import io.storageconnections.platform.application.storage.FolderUseCases;
import io.storageconnections.platform.application.storage.StorageAccess;
import io.storageconnections.platform.application.storage.StorageSettings;
import io.storageconnections.platform.application.storage.StorageSweeper;
import io.storageconnections.platform.blob.FolderBlobStore;
import io.storageconnections.platform.http.storage.ContentRoutes;
import io.storageconnections.platform.http.storage.FileRoutes;
import io.storageconnections.platform.http.storage.FolderRoutes;
import io.storageconnections.platform.persistence.storage.JooqStorageStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Storage, wired on a database and a blob folder. Thread-safe.
 *
 * @param routes the routes, for the server
 * @param sweeper removes leftovers, and the Storage of deleted iTwins
 * @param store keeps the folders and files
 * @param blobs keeps the contents
 * @param folderId the id that the blob folder must have
 */
record LocalStorage(
    RouteGroup routes,
    StorageSweeper sweeper,
    StorageStore store,
    FolderBlobStore blobs,
    UUID folderId) {

  private static final int KEY_BYTES = 32;

  static LocalStorage on(
      Transactions transactions,
      Permissions permissions,
      BaseUrl url,
      Path blobFolder,
      StorageSettings settings,
      Clock clock,
      Supplier<UUID> ids) {
    var store = new JooqStorageStore(transactions);
    var blobs = FolderBlobStore.in(blobFolder);
    var identity =
        store
            .blobFolder()
            .orElseGet(() -> store.addBlobFolder(new BlobFolder(blobs.claim(), newKey())));
    blobs.requireId(identity.id());
    var urls = new ContentUrls(new ContentTokenSigner(identity.urlKey()), clock);
    var access = new StorageAccess(permissions);
    var groups =
        List.of(
            new FolderRoutes(new FolderUseCases(store, access, clock, ids), url),
            new FileRoutes(new FileUseCases(store, access, urls, clock, ids), url),
            new ContentRoutes(
                new ContentUseCases(store, permissions, blobs, settings, clock, ids), urls));
    return new LocalStorage(
        (routes, pipeline) -> groups.forEach(group -> group.mount(routes, pipeline)),
        new StorageSweeper(store, blobs, settings, clock),
        store,
        blobs,
        identity.id());
  }

  /**
   * Returns if the blob folder is still there and can be written to.
   *
   * @throws StoreException if not, for example because its file system is no longer mounted
   */
  void check() {
    blobs.requireId(folderId);
    blobs.requireWritable();
  }

  private static String newKey() {
    var key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return HexFormat.of().formatHex(key);
  }
}
