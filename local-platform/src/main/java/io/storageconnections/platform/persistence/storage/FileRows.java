package io.storageconnections.platform.persistence.storage;

import static io.storageconnections.platform.persistence.schema.Tables.LOCAL_PLATFORM_FILE;
import static io.storageconnections.platform.persistence.schema.Tables.LOCAL_PLATFORM_UPLOAD;

import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.platform.application.port.StorageStore.Change;
import io.storageconnections.platform.application.port.StorageStore.NewItem;
import io.storageconnections.platform.domain.storage.Content;
import io.storageconnections.platform.domain.storage.StorageItem.History;
import io.storageconnections.platform.domain.storage.StorageItem.StoredFile;
import io.storageconnections.platform.persistence.schema.tables.LocalPlatformFile;
import io.storageconnections.platform.persistence.schema.tables.LocalPlatformUpload;
import io.storageconnections.platform.persistence.storage.FolderRows.Place;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;

/** Reads and writes the rows of files, and those of their uploads. */
final class FileRows {

  private static final LocalPlatformFile FILE = LOCAL_PLATFORM_FILE;
  private static final LocalPlatformUpload UPLOAD = LOCAL_PLATFORM_UPLOAD;

  private FileRows() {}

  static void insert(DSLContext dsl, NewItem file) {
    dsl.insertInto(FILE)
        .set(FILE.ITWIN_ID, file.id().iTwin().value())
        .set(FILE.FILE_ID, file.id().file())
        .set(FILE.FOLDER_ID, file.parent().file())
        .set(FILE.IS_COMPLETE, false)
        .set(FILE.DISPLAY_NAME, file.name().value())
        .set(FILE.DESCRIPTION, file.description())
        .set(FILE.CREATED_BY, file.by())
        .set(FILE.CREATED_AT, file.at())
        .set(FILE.MODIFIED_BY, file.by())
        .set(FILE.MODIFIED_AT, file.at())
        .execute();
  }

  static void insertUpload(DSLContext dsl, StorageFileId file, UUID upload, String by, Instant at) {
    dsl.insertInto(UPLOAD)
        .set(UPLOAD.UPLOAD_ID, upload)
        .set(UPLOAD.ITWIN_ID, file.iTwin().value())
        .set(UPLOAD.FILE_ID, file.file())
        .set(UPLOAD.CREATED_BY, by)
        .set(UPLOAD.CREATED_AT, at)
        .execute();
  }

  /** Returns the subject who made an upload; empty if it does not exist. */
  static Optional<String> uploader(DSLContext dsl, StorageFileId file, UUID upload) {
    return dsl.select(UPLOAD.CREATED_BY)
        .from(UPLOAD)
        .where(
            UPLOAD.UPLOAD_ID.eq(upload),
            UPLOAD.ITWIN_ID.eq(file.iTwin().value()),
            UPLOAD.FILE_ID.eq(file.file()))
        .fetchOptional(UPLOAD.CREATED_BY);
  }

  /** Finds the row of a file, complete or not, if no folder above it is being deleted. */
  static Optional<Record> find(DSLContext dsl, StorageFileId id) {
    return dsl.selectFrom(FILE)
        .where(is(id))
        .fetchOptional()
        .map(Record.class::cast)
        .filter(row -> FolderRows.place(dsl, folder(row)).isPresent());
  }

  /** As {@link #find}, and locks the row until the transaction ends. */
  static Optional<Record> lock(DSLContext transaction, StorageFileId id) {
    return transaction
        .selectFrom(FILE)
        .where(is(id))
        .forUpdate()
        .fetchOptional()
        .map(Record.class::cast)
        .filter(row -> FolderRows.place(transaction, folder(row)).isPresent());
  }

  /** Returns the rows of complete files of one iTwin. */
  static List<? extends Record> complete(DSLContext dsl, ITwinId iTwin, Collection<UUID> files) {
    return dsl.selectFrom(FILE)
        .where(FILE.ITWIN_ID.eq(iTwin.value()), FILE.FILE_ID.in(files), FILE.IS_COMPLETE.isTrue())
        .fetch();
  }

  static boolean isComplete(Record row) {
    return row.get(FILE.IS_COMPLETE);
  }

  static String name(Record row) {
    return row.get(FILE.DISPLAY_NAME);
  }

  static Optional<UUID> content(Record row) {
    return Optional.ofNullable(row.get(FILE.CONTENT_ID));
  }

  static Optional<String> hash(Record row) {
    return Optional.ofNullable(row.get(FILE.CONTENT_SHA256));
  }

  static StorageFileId id(Record row) {
    return new StorageFileId(new ITwinId(row.get(FILE.ITWIN_ID)), row.get(FILE.FILE_ID));
  }

  static StorageFileId folder(Record row) {
    return new StorageFileId(new ITwinId(row.get(FILE.ITWIN_ID)), row.get(FILE.FOLDER_ID));
  }

  /** Converts the row of a complete file, which has a content. */
  static StoredFile file(Record row, Place folder) {
    return new StoredFile(
        id(row),
        folder(row),
        name(row),
        row.get(FILE.DESCRIPTION),
        folder.path() + name(row),
        new History(
            row.get(FILE.CREATED_AT),
            row.get(FILE.CREATED_BY),
            row.get(FILE.MODIFIED_AT),
            row.get(FILE.MODIFIED_BY)),
        new Content(
            Objects.requireNonNull(row.get(FILE.CONTENT_ID), "content_id"),
            Objects.requireNonNull(row.get(FILE.CONTENT_SIZE), "content_size"),
            Objects.requireNonNull(row.get(FILE.CONTENT_SHA256), "content_sha256")));
  }

  static void update(DSLContext dsl, StorageFileId id, Change change) {
    var update =
        dsl.update(FILE).set(FILE.MODIFIED_BY, change.by()).set(FILE.MODIFIED_AT, change.at());
    if (change.name() != null) {
      update = update.set(FILE.DISPLAY_NAME, change.name().value());
    }
    if (change.description() != null) {
      update = update.set(FILE.DESCRIPTION, change.description());
    }
    update.where(is(id)).execute();
  }

  static void updateContent(
      DSLContext dsl, StorageFileId id, Content content, String by, Instant at) {
    dsl.update(FILE)
        .set(FILE.CONTENT_ID, content.id())
        .set(FILE.CONTENT_SIZE, content.size())
        .set(FILE.CONTENT_SHA256, content.sha256())
        .set(FILE.MODIFIED_BY, by)
        .set(FILE.MODIFIED_AT, at)
        .where(is(id))
        .execute();
  }

  static void setComplete(DSLContext dsl, StorageFileId id) {
    dsl.update(FILE).set(FILE.IS_COMPLETE, true).where(is(id)).execute();
  }

  static void delete(DSLContext dsl, StorageFileId id) {
    dsl.deleteFrom(FILE).where(is(id)).execute();
  }

  /** Locks rows of files in a folder, complete or not. */
  static List<? extends Record> lockIn(DSLContext transaction, StorageFileId folder, int max) {
    return transaction
        .selectFrom(FILE)
        .where(FILE.ITWIN_ID.eq(folder.iTwin().value()), FILE.FOLDER_ID.eq(folder.file()))
        .orderBy(FILE.FILE_ID)
        .limit(max)
        .forUpdate()
        .fetch();
  }

  /** Locks rows of incomplete files. */
  static List<? extends Record> lockIncomplete(DSLContext transaction, Instant before, int max) {
    return transaction
        .selectFrom(FILE)
        .where(FILE.IS_COMPLETE.isFalse(), FILE.CREATED_AT.lt(before))
        .orderBy(FILE.ITWIN_ID, FILE.FILE_ID)
        .limit(max)
        .forUpdate()
        .fetch();
  }

  /** Deletes uploads, and returns their number. */
  static int deleteUploads(DSLContext dsl, Instant before, int max) {
    var found =
        dsl.select(UPLOAD.UPLOAD_ID)
            .from(UPLOAD)
            .where(UPLOAD.CREATED_AT.lt(before))
            .limit(max)
            .fetch(UPLOAD.UPLOAD_ID);
    return found.isEmpty() ? 0 : dsl.deleteFrom(UPLOAD).where(UPLOAD.UPLOAD_ID.in(found)).execute();
  }

  /** The condition of the files of a list. */
  static Condition inFolder(StorageFileId folder) {
    return FILE.ITWIN_ID
        .eq(folder.iTwin().value())
        .and(FILE.FOLDER_ID.eq(folder.file()))
        .and(FILE.IS_COMPLETE.isTrue());
  }

  private static Condition is(StorageFileId id) {
    return FILE.ITWIN_ID.eq(id.iTwin().value()).and(FILE.FILE_ID.eq(id.file()));
  }
}
