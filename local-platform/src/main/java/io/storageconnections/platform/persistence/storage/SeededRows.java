package io.storageconnections.platform.persistence.storage;

import static io.storageconnections.platform.persistence.schema.Tables.LOCAL_PLATFORM_FILE;
import static io.storageconnections.platform.persistence.schema.Tables.LOCAL_PLATFORM_FOLDER;
import static io.storageconnections.platform.persistence.schema.Tables.LOCAL_PLATFORM_UPLOAD;

import io.storageconnections.platform.application.port.StorageStore.NewItem;
import io.storageconnections.platform.domain.storage.Content;
import io.storageconnections.platform.persistence.schema.tables.LocalPlatformFile;
import io.storageconnections.platform.persistence.schema.tables.LocalPlatformFolder;
import io.storageconnections.platform.persistence.schema.tables.LocalPlatformUpload;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record1;
import org.jooq.Select;

/** Reads and writes the rows of all files and folders together, in a transaction of the caller. */
public final class SeededRows {

  private static final LocalPlatformFile FILE = LOCAL_PLATFORM_FILE;
  private static final LocalPlatformFolder FOLDER = LOCAL_PLATFORM_FOLDER;
  private static final LocalPlatformUpload UPLOAD = LOCAL_PLATFORM_UPLOAD;

  private SeededRows() {}

  /** Returns whether there is a file or a folder. */
  public static boolean exist(DSLContext dsl) {
    return dsl.fetchExists(FILE) || dsl.fetchExists(FOLDER);
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
   * Deletes the files, folders and uploads of all iTwins but {@code others}. The blobs of contents
   * are chosen to be deleted, unless they are permanent. Folders are locked before files, and files
   * before blobs, as by the transactions of requests.
   */
  public static void deleteAll(DSLContext transaction, Select<Record1<UUID>> others, Instant at) {
    transaction
        .select(FOLDER.FOLDER_ID)
        .from(FOLDER)
        .orderBy(FOLDER.ITWIN_ID, FOLDER.FOLDER_ID)
        .forUpdate()
        .fetch();
    transaction
        .select(FILE.FILE_ID)
        .from(FILE)
        .orderBy(FILE.ITWIN_ID, FILE.FILE_ID)
        .forUpdate()
        .fetch();
    transaction.deleteFrom(UPLOAD).where(UPLOAD.ITWIN_ID.notIn(others)).execute();
    transaction.deleteFrom(FILE).where(FILE.ITWIN_ID.notIn(others)).execute();
    transaction.deleteFrom(FOLDER).where(FOLDER.ITWIN_ID.notIn(others)).execute();
    BlobRows.chooseWithoutFile(transaction, at);
  }
}
