package io.storageconnections.platform.persistence.storage;

import static io.storageconnections.platform.persistence.schema.Tables.LOCAL_PLATFORM_BLOB;
import static io.storageconnections.platform.persistence.schema.Tables.LOCAL_PLATFORM_BLOB_FOLDER;
import static io.storageconnections.platform.persistence.schema.Tables.LOCAL_PLATFORM_FILE;
import static org.jooq.impl.DSL.select;

import io.storageconnections.platform.application.port.StorageStore.BlobFolder;
import io.storageconnections.platform.domain.storage.Content;
import io.storageconnections.platform.persistence.schema.tables.LocalPlatformBlob;
import io.storageconnections.platform.persistence.schema.tables.LocalPlatformBlobFolder;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;

/** Reads and writes the register of blobs. */
final class BlobRows {

  private static final LocalPlatformBlob BLOB = LOCAL_PLATFORM_BLOB;
  private static final LocalPlatformBlobFolder BLOB_FOLDER = LOCAL_PLATFORM_BLOB_FOLDER;

  private static final String WRITING = "writing";
  private static final String CURRENT = "current";
  private static final String KEPT = "kept";
  private static final String UNUSED = "unused";
  private static final String DELETING = "deleting";

  private BlobRows() {}

  static void insert(DSLContext dsl, UUID blob, Instant at) {
    dsl.insertInto(BLOB)
        .set(BLOB.BLOB_ID, blob)
        .set(BLOB.STATE, WRITING)
        .set(BLOB.STATE_AT, at)
        .execute();
  }

  /** Returns false if the blob was chosen to be deleted. */
  static boolean makeCurrent(DSLContext dsl, Content content, Instant at) {
    return makeStored(dsl, content, CURRENT, at);
  }

  private static boolean makeStored(DSLContext dsl, Content content, String state, Instant at) {
    return dsl.update(BLOB)
            .set(BLOB.STATE, state)
            .set(BLOB.STATE_AT, at)
            .set(BLOB.SIZE_BYTES, content.size())
            .set(BLOB.SHA256, content.sha256())
            .where(BLOB.BLOB_ID.eq(content.id()), BLOB.STATE.eq(WRITING))
            .execute()
        == 1;
  }

  /** As {@link #makeCurrent}, but the blob stays when the file is deleted or gets another one. */
  static boolean keep(DSLContext dsl, Content content, Instant at) {
    return makeStored(dsl, content, KEPT, at);
  }

  /** Returns the blobs that stay, by the hash of their content. */
  static Map<String, Content> kept(DSLContext dsl) {
    return dsl.selectFrom(BLOB)
        .where(BLOB.STATE.eq(KEPT))
        .fetchMap(
            BLOB.SHA256,
            row ->
                new Content(row.get(BLOB.BLOB_ID), row.get(BLOB.SIZE_BYTES), row.get(BLOB.SHA256)));
  }

  /** Chooses the contents that no row of a file names. */
  static void chooseWithoutFile(DSLContext dsl, Instant at) {
    dsl.update(BLOB)
        .set(BLOB.STATE, DELETING)
        .set(BLOB.STATE_AT, at)
        .where(
            BLOB.STATE.eq(CURRENT),
            BLOB.BLOB_ID.notIn(
                select(LOCAL_PLATFORM_FILE.CONTENT_ID)
                    .from(LOCAL_PLATFORM_FILE)
                    .where(LOCAL_PLATFORM_FILE.CONTENT_ID.isNotNull())))
        .execute();
  }

  /** Makes contents unused that were replaced: URLs for them are still valid. */
  static void makeUnused(DSLContext dsl, Collection<UUID> blobs, Instant at) {
    leave(dsl, blobs, UNUSED, at);
  }

  /** Chooses the contents of deleted files, for which no URL is valid. */
  static void choose(DSLContext dsl, Collection<UUID> blobs, Instant at) {
    leave(dsl, blobs, DELETING, at);
  }

  private static void leave(DSLContext dsl, Collection<UUID> blobs, String state, Instant at) {
    if (!blobs.isEmpty()) {
      dsl.update(BLOB)
          .set(BLOB.STATE, state)
          .set(BLOB.STATE_AT, at)
          .where(BLOB.BLOB_ID.in(blobs), BLOB.STATE.eq(CURRENT))
          .execute();
    }
  }

  /** Finds a blob that is stored and not chosen to be deleted. */
  static Optional<Content> find(DSLContext dsl, UUID blob) {
    return dsl.selectFrom(BLOB)
        .where(BLOB.BLOB_ID.eq(blob), BLOB.STATE.in(CURRENT, KEPT, UNUSED))
        .fetchOptional(row -> new Content(blob, row.get(BLOB.SIZE_BYTES), row.get(BLOB.SHA256)));
  }

  /**
   * Chooses blobs to delete; those that were chosen before and are still there come again, the one
   * that was chosen last at the end. So blobs that cannot be deleted do not keep others back.
   */
  static List<UUID> choose(
      DSLContext transaction, Instant begunBefore, Instant unusedBefore, int max, Instant at) {
    var removable =
        BLOB.STATE
            .eq(WRITING)
            .and(BLOB.STATE_AT.lt(begunBefore))
            .or(BLOB.STATE.eq(UNUSED).and(BLOB.STATE_AT.lt(unusedBefore)))
            .or(BLOB.STATE.eq(DELETING));
    var found =
        transaction
            .select(BLOB.BLOB_ID)
            .from(BLOB)
            .where(removable)
            .orderBy(BLOB.STATE_AT, BLOB.BLOB_ID)
            .limit(max)
            .fetch(BLOB.BLOB_ID);
    if (found.isEmpty()) {
      return List.of();
    }
    // An upload may have ended since the rows were read.
    transaction
        .update(BLOB)
        .set(BLOB.STATE, DELETING)
        .set(BLOB.STATE_AT, at)
        .where(BLOB.BLOB_ID.in(found), BLOB.STATE.notIn(CURRENT, KEPT))
        .execute();
    return transaction
        .select(BLOB.BLOB_ID)
        .from(BLOB)
        .where(BLOB.BLOB_ID.in(found), BLOB.STATE.eq(DELETING))
        .fetch(BLOB.BLOB_ID);
  }

  /** A blob that is the content of a file stays. */
  static void delete(DSLContext dsl, Collection<UUID> blobs) {
    dsl.deleteFrom(BLOB).where(BLOB.BLOB_ID.in(blobs), BLOB.STATE.notIn(CURRENT, KEPT)).execute();
  }

  static Set<UUID> registered(DSLContext dsl, Collection<UUID> blobs) {
    return dsl.select(BLOB.BLOB_ID).from(BLOB).where(BLOB.BLOB_ID.in(blobs)).fetchSet(BLOB.BLOB_ID);
  }

  static BlobFolder insert(DSLContext dsl, BlobFolder folder) {
    dsl.insertInto(BLOB_FOLDER)
        .set(BLOB_FOLDER.ROW_ID, (short) 1)
        .set(BLOB_FOLDER.FOLDER_ID, folder.id())
        .set(BLOB_FOLDER.URL_KEY, folder.urlKey())
        .execute();
    return folder;
  }

  static Optional<BlobFolder> folder(DSLContext dsl) {
    return dsl.selectFrom(BLOB_FOLDER)
        .fetchOptional(
            row -> new BlobFolder(row.get(BLOB_FOLDER.FOLDER_ID), row.get(BLOB_FOLDER.URL_KEY)));
  }
}
