package io.storageconnections.platform.persistence.storage;

import static io.storageconnections.platform.persistence.schema.Tables.LOCAL_PLATFORM_FOLDER;
import static io.storageconnections.platform.persistence.schema.Tables.LOCAL_PLATFORM_ITWIN;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;

import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.platform.application.port.StorageStore;
import io.storageconnections.platform.application.port.StorageStore.Change;
import io.storageconnections.platform.application.port.StorageStore.NewItem;
import io.storageconnections.platform.domain.storage.StorageItem;
import io.storageconnections.platform.domain.storage.StorageItem.History;
import io.storageconnections.platform.domain.storage.StorageItem.StoredFolder;
import io.storageconnections.platform.persistence.schema.tables.LocalPlatformFolder;
import io.storageconnections.platform.persistence.schema.tables.LocalPlatformItwin;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Reads and writes the rows of folders. The root folder of an iTwin is the row of the iTwin. */
final class FolderRows {

  private static final LocalPlatformFolder FOLDER = LOCAL_PLATFORM_FOLDER;
  private static final LocalPlatformItwin ITWIN = LOCAL_PLATFORM_ITWIN;

  private FolderRows() {}

  /**
   * The place of a folder.
   *
   * @param path the names of the folder and of those above it, each with a slash after it; empty
   *     for a root folder
   * @param depth the number of these names
   */
  record Place(String path, int depth) {}

  /**
   * Finds the place of a folder. Returns empty if the folder, or one above it, does not exist or is
   * being deleted.
   */
  static Optional<Place> place(DSLContext dsl, StorageFileId folder) {
    var iTwin = folder.iTwin().value();
    Deque<String> names = new ArrayDeque<>();
    for (var id = folder.file(); !id.equals(iTwin); ) {
      var row =
          dsl.select(FOLDER.PARENT_ID, FOLDER.DISPLAY_NAME)
              .from(FOLDER)
              .where(is(folder.iTwin(), id), FOLDER.IS_DELETING.isFalse())
              .fetchOne();
      if (row == null || names.size() > StorageStore.DEPTH_MAX) {
        return Optional.empty();
      }
      names.addFirst(row.value2() + "/");
      id = row.value1();
    }
    return Optional.of(new Place(String.join("", names), names.size()));
  }

  /**
   * Finds the place of a folder, and prevents its deletion, and that of its iTwin, from missing
   * what this transaction adds to it: a deletion marks the row first, and so waits for this
   * transaction, before it looks for what is in the folder.
   */
  static Optional<Place> lock(DSLContext transaction, StorageFileId folder) {
    var iTwin = folder.iTwin();
    if (StorageItem.isRoot(folder)) {
      var deleting =
          transaction
              .select(ITWIN.IS_DELETING)
              .from(ITWIN)
              .where(ITWIN.ITWIN_ID.eq(iTwin.value()))
              .forUpdate()
              .fetchOne(ITWIN.IS_DELETING);
      return deleting == null || deleting ? Optional.empty() : place(transaction, folder);
    }
    var deleting =
        transaction
            .select(FOLDER.IS_DELETING)
            .from(FOLDER)
            .where(is(iTwin, folder.file()))
            .forUpdate()
            .fetchOne(FOLDER.IS_DELETING);
    return deleting == null || deleting || root(transaction, iTwin).isEmpty()
        ? Optional.empty()
        : place(transaction, folder);
  }

  static void insert(DSLContext dsl, NewItem folder) {
    dsl.insertInto(FOLDER)
        .set(FOLDER.ITWIN_ID, folder.id().iTwin().value())
        .set(FOLDER.FOLDER_ID, folder.id().file())
        .set(FOLDER.PARENT_ID, folder.parent().file())
        .set(FOLDER.IS_DELETING, false)
        .set(FOLDER.DISPLAY_NAME, folder.name().value())
        .set(FOLDER.DESCRIPTION, folder.description())
        .set(FOLDER.CREATED_BY, folder.by())
        .set(FOLDER.CREATED_AT, folder.at())
        .set(FOLDER.MODIFIED_BY, folder.by())
        .set(FOLDER.MODIFIED_AT, folder.at())
        .execute();
  }

  static Optional<StoredFolder> find(DSLContext dsl, StorageFileId id) {
    if (StorageItem.isRoot(id)) {
      return root(dsl, id.iTwin());
    }
    return dsl.selectFrom(FOLDER)
        .where(is(id.iTwin(), id.file()), FOLDER.IS_DELETING.isFalse())
        .fetchOptional()
        .flatMap(row -> place(dsl, parent(row)).map(place -> folder(row, place)));
  }

  private static Optional<StoredFolder> root(DSLContext dsl, ITwinId iTwin) {
    return dsl.selectFrom(ITWIN)
        .where(ITWIN.ITWIN_ID.eq(iTwin.value()), ITWIN.IS_DELETING.isFalse())
        .fetchOptional(row ->
            new StoredFolder(
                StorageItem.rootOf(iTwin),
                null,
                row.get(ITWIN.DISPLAY_NAME),
                null,
                "",
                new History(
                    row.get(ITWIN.CREATED_AT),
                    row.get(ITWIN.CREATED_BY),
                    row.get(ITWIN.MODIFIED_AT),
                    row.get(ITWIN.MODIFIED_BY))));
  }

  static StoredFolder folder(Record row, Place parent) {
    var name = row.get(FOLDER.DISPLAY_NAME);
    return new StoredFolder(
        id(row),
        parent(row),
        name,
        row.get(FOLDER.DESCRIPTION),
        parent.path() + name,
        new History(
            row.get(FOLDER.CREATED_AT),
            row.get(FOLDER.CREATED_BY),
            row.get(FOLDER.MODIFIED_AT),
            row.get(FOLDER.MODIFIED_BY)));
  }

  private static StorageFileId id(Record row) {
    return new StorageFileId(new ITwinId(row.get(FOLDER.ITWIN_ID)), row.get(FOLDER.FOLDER_ID));
  }

  private static StorageFileId parent(Record row) {
    return new StorageFileId(new ITwinId(row.get(FOLDER.ITWIN_ID)), row.get(FOLDER.PARENT_ID));
  }

  /** Changes the row of a folder other than a root folder. */
  static void update(DSLContext dsl, StorageFileId id, Change change) {
    var update =
        dsl.update(FOLDER)
            .set(FOLDER.MODIFIED_BY, change.by())
            .set(FOLDER.MODIFIED_AT, change.at());
    if (change.name() != null) {
      update = update.set(FOLDER.DISPLAY_NAME, change.name().value());
    }
    if (change.description() != null) {
      update = update.set(FOLDER.DESCRIPTION, change.description());
    }
    update.where(is(id.iTwin(), id.file()), FOLDER.IS_DELETING.isFalse()).execute();
  }

  /** Marks a folder; from then on nothing is added to it. */
  static void mark(DSLContext dsl, StorageFileId id) {
    dsl.update(FOLDER)
        .set(FOLDER.IS_DELETING, true)
        .where(is(id.iTwin(), id.file()), FOLDER.IS_DELETING.isFalse())
        .execute();
  }

  /**
   * Marks folders in a marked folder.
   *
   * @return the number of marked folders
   */
  static int markIn(DSLContext dsl, StorageFileId parent, int max) {
    var found =
        dsl.select(FOLDER.FOLDER_ID)
            .from(FOLDER)
            .where(inFolder(parent))
            .limit(max)
            .fetch(FOLDER.FOLDER_ID);
    return found.isEmpty()
        ? 0
        : dsl.update(FOLDER)
            .set(FOLDER.IS_DELETING, true)
            .where(FOLDER.ITWIN_ID.eq(parent.iTwin().value()), FOLDER.FOLDER_ID.in(found))
            .execute();
  }

  /**
   * Returns marked folders that contain no marked folder, so that each of them can be worked on.
   *
   * @param iTwin null for the folders of every iTwin
   */
  static List<StorageFileId> marked(DSLContext dsl, @Nullable ITwinId iTwin, int max) {
    var child = FOLDER.as("child");
    Condition condition = FOLDER.IS_DELETING.isTrue();
    if (iTwin != null) {
      condition = condition.and(FOLDER.ITWIN_ID.eq(iTwin.value()));
    }
    return dsl.select(FOLDER.ITWIN_ID, FOLDER.FOLDER_ID)
        .from(FOLDER)
        .where(condition)
        .and(
            notExists(
                selectOne()
                    .from(child)
                    .where(
                        child.ITWIN_ID.eq(FOLDER.ITWIN_ID),
                        child.PARENT_ID.eq(FOLDER.FOLDER_ID),
                        child.IS_DELETING.isTrue())))
        .limit(max)
        .fetch(FolderRows::id);
  }

  static void delete(DSLContext dsl, StorageFileId id) {
    dsl.deleteFrom(FOLDER).where(is(id.iTwin(), id.file())).execute();
  }

  /** The condition of the folders of a list. */
  static Condition inFolder(StorageFileId parent) {
    return FOLDER
        .ITWIN_ID
        .eq(parent.iTwin().value())
        .and(FOLDER.PARENT_ID.eq(parent.file()))
        .and(FOLDER.IS_DELETING.isFalse());
  }

  private static Condition is(ITwinId iTwin, UUID folder) {
    return FOLDER.ITWIN_ID.eq(iTwin.value()).and(FOLDER.FOLDER_ID.eq(folder));
  }
}
