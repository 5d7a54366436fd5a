package io.storageconnections.platform.persistence.storage;

import static io.storageconnections.platform.persistence.schema.Tables.LOCAL_PLATFORM_FILE;
import static io.storageconnections.platform.persistence.schema.Tables.LOCAL_PLATFORM_FOLDER;
import static io.storageconnections.platform.persistence.schema.Tables.LOCAL_PLATFORM_UPLOAD;

import io.storageconnections.platform.application.port.StorageStore.NewItem;
import io.storageconnections.platform.domain.storage.Content;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;

/** Reads and writes the rows of all files and folders together, in a transaction of the caller. */
public final class SeededRows {

  private SeededRows() {}

  /** Returns whether there is a file or a folder. */
  public static boolean exist(DSLContext dsl) {
    return dsl.fetchExists(LOCAL_PLATFORM_FILE) || dsl.fetchExists(LOCAL_PLATFORM_FOLDER);
  }

  /** Registers the blob of a content, before its first byte is stored. */
  public static void registerBlob(DSLContext dsl, UUID blob, Instant at) {
    BlobRows.insert(dsl, blob, at);
  }

  /**
   * Makes a registered blob permanent. Returns false if the blob was chosen to be deleted, because
   * it was registered too long ago.
   */
  public static boolean keepBlob(DSLContext dsl, Content content, Instant at) {
    return BlobRows.keep(dsl, content, at);
  }

  /** Returns the contents whose blobs are permanent, by their hash. */
  public static Map<String, Content> keptBlobs(DSLContext dsl) {
    return BlobRows.kept(dsl);
  }

  /** Adds a folder. */
  public static void insertFolder(DSLContext dsl, NewItem folder) {
    FolderRows.insert(dsl, folder);
  }

  /** Adds a complete file. */
  public static void insertFile(DSLContext dsl, NewItem file, Content content) {
    FileRows.insert(dsl, file);
    FileRows.updateContent(dsl, file.id(), content, file.by(), file.at());
    FileRows.setComplete(dsl, file.id());
  }

  /**
   * Deletes all files, folders and uploads. The blobs of contents become unused, unless they are
   * permanent. Folders are locked first, as by a transaction that adds to one of them.
   */
  public static void deleteAll(DSLContext transaction, Instant at) {
    transaction
        .select(LOCAL_PLATFORM_FOLDER.FOLDER_ID)
        .from(LOCAL_PLATFORM_FOLDER)
        .orderBy(LOCAL_PLATFORM_FOLDER.ITWIN_ID, LOCAL_PLATFORM_FOLDER.FOLDER_ID)
        .forUpdate()
        .fetch();
    transaction
        .select(LOCAL_PLATFORM_FILE.FILE_ID)
        .from(LOCAL_PLATFORM_FILE)
        .orderBy(LOCAL_PLATFORM_FILE.ITWIN_ID, LOCAL_PLATFORM_FILE.FILE_ID)
        .forUpdate()
        .fetch();
    transaction.deleteFrom(LOCAL_PLATFORM_UPLOAD).execute();
    transaction.deleteFrom(LOCAL_PLATFORM_FILE).execute();
    transaction.deleteFrom(LOCAL_PLATFORM_FOLDER).execute();
    BlobRows.makeAllUnused(transaction, at);
  }
}
