package io.storageconnections.platform.persistence.storage;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.adapter.persistence.Database;
import io.storageconnections.application.contract.Race;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.platform.LocalPlatform;
import io.storageconnections.platform.application.port.StorageStore;
import io.storageconnections.platform.application.port.StorageStore.Addition;
import io.storageconnections.platform.application.port.StorageStore.BlobFolder;
import io.storageconnections.platform.application.port.StorageStore.Change;
import io.storageconnections.platform.application.port.StorageStore.Kind;
import io.storageconnections.platform.application.port.StorageStore.NewItem;
import io.storageconnections.platform.application.port.StorageStore.UploadEnd;
import io.storageconnections.platform.domain.storage.Content;
import io.storageconnections.platform.domain.storage.ItemName;
import io.storageconnections.platform.domain.storage.StorageItem;
import io.storageconnections.platform.domain.storage.StorageItem.StoredFile;
import io.storageconnections.platform.persistence.TestRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What every {@link StorageStore} does, on one database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StorageStoreContract {

  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  private static final int MAX = 3;

  private Database database;
  private StorageStore store;
  private TestRows rows;
  private ITwinId iTwin;
  private StorageFileId root;
  private int seconds;

  abstract Database open();

  @BeforeAll
  void openDatabase() {
    database = open();
    LocalPlatform.migrate(database.dataSource());
    rows = new TestRows(database.dataSource());
    store = new JooqStorageStore(rows.transactions());
  }

  @AfterAll
  void closeDatabase() {
    database.close();
  }

  @BeforeEach
  void addITwin() {
    iTwin = rows.newITwin("ann");
    root = StorageItem.rootOf(iTwin);
  }

  private Instant next() {
    return T0.plusSeconds(++seconds);
  }

  private StorageFileId newId() {
    return new StorageFileId(iTwin, UUID.randomUUID());
  }

  private NewItem item(StorageFileId parent, String name) {
    return new NewItem(newId(), parent, ItemName.ofFolder(name), null, "ann", next());
  }

  private StorageFileId folder(StorageFileId parent, String name) {
    var folder = item(parent, name);
    assertThat(store.addFolder(folder)).isEqualTo(Addition.ADDED);
    return folder.id();
  }

  private record Pending(StorageFileId id, UUID upload) {}

  private Pending pending(StorageFileId parent, String name) {
    var file = item(parent, name);
    var upload = UUID.randomUUID();
    assertThat(store.addFile(file, upload)).isEqualTo(Addition.ADDED);
    return new Pending(file.id(), upload);
  }

  private Content upload(StorageFileId file, UUID upload) {
    var content = new Content(UUID.randomUUID(), 7, "ab".repeat(32));
    assertThat(store.beginUpload(file, upload, content.id(), next())).isTrue();
    assertThat(store.finishUpload(file, upload, content, any -> true, next()))
        .isEqualTo(UploadEnd.CHANGED);
    return content;
  }

  private StorageFileId file(StorageFileId parent, String name) {
    var file = pending(parent, name);
    upload(file.id(), file.upload());
    assertThat(store.complete(file.id())).isPresent();
    return file.id();
  }

  private List<String> names(StorageFileId folder, Kind kind, int skip, int top) {
    return store.list(folder, kind, new PageRequest(skip, top)).orElseThrow().items().stream()
        .map(StorageItem::displayName)
        .toList();
  }

  @Test
  void a_file_exists_from_its_completion_on() {
    var file = pending(root, "a.dgn");
    assertThat(store.findFile(file.id())).isEmpty();
    assertThat(store.complete(file.id()).orElseThrow().file()).isNull();

    var content = upload(file.id(), file.upload());
    assertThat(store.findFile(file.id())).isEmpty();
    assertThat(names(root, Kind.ALL, 0, 10)).isEmpty();
    assertThat(store.findDownload(file.id(), content.id())).isEmpty();
    assertThat(store.changeFile(file.id(), new Change(null, "x", "bob", T0))).isEmpty();
    assertThat(store.deleteFile(file.id(), T0)).isFalse();
    assertThat(store.addUpload(file.id(), UUID.randomUUID(), "ann", T0)).isFalse();

    var completed = requireNonNull(store.complete(file.id()).orElseThrow().file());
    assertThat(completed.content()).isEqualTo(content);
    assertThat(store.findFile(file.id())).contains(completed);
    assertThat(store.complete(file.id()).orElseThrow().file()).isEqualTo(completed);
    assertThat(names(root, Kind.ALL, 0, 10)).containsExactly("a.dgn");
  }

  @Test
  void the_content_of_a_file_changes_when_an_upload_ends_and_the_old_one_stays_downloadable() {
    var file = file(root, "a.dgn");
    var before = store.findFile(file).orElseThrow();
    var upload = UUID.randomUUID();
    assertThat(store.addUpload(file, upload, "bob", next())).isTrue();
    assertThat(store.findFile(file)).contains(before);

    var content = upload(file, upload);
    var after = store.findFile(file).orElseThrow();
    assertThat(after.content()).isEqualTo(content);
    assertThat(after.history().modifiedBy()).isEqualTo("bob");
    assertThat(after.history().createdBy()).isEqualTo("ann");
    assertThat(store.findDownload(file, before.content().id()).orElseThrow().content())
        .isEqualTo(before.content());
  }

  @Test
  void of_two_uploads_the_last_that_ends_decides() {
    var file = file(root, "a.dgn");
    var first = UUID.randomUUID();
    var second = UUID.randomUUID();
    store.addUpload(file, first, "ann", next());
    store.addUpload(file, second, "bob", next());
    var slow = new Content(UUID.randomUUID(), 1, "aa".repeat(32));
    store.beginUpload(file, first, slow.id(), next());
    upload(file, second);
    assertThat(store.finishUpload(file, first, slow, any -> true, next()))
        .isEqualTo(UploadEnd.CHANGED);
    assertThat(store.findFile(file).orElseThrow().content()).isEqualTo(slow);
  }

  @Test
  void an_upload_replaces_only_a_content_that_meets_its_precondition() {
    var file = pending(root, "a.dgn");
    var content = new Content(UUID.randomUUID(), 1, "aa".repeat(32));
    store.beginUpload(file.id(), file.upload(), content.id(), next());
    assertThat(store.finishUpload(file.id(), file.upload(), content, Optional::isPresent, next()))
        .isEqualTo(UploadEnd.OUTDATED);
    assertThat(store.complete(file.id()).orElseThrow().file()).isNull();
    assertThat(store.finishUpload(file.id(), file.upload(), content, Optional::isEmpty, next()))
        .isEqualTo(UploadEnd.CHANGED);

    var next = new Content(UUID.randomUUID(), 2, "bb".repeat(32));
    store.beginUpload(file.id(), file.upload(), next.id(), next());
    assertThat(
            store.finishUpload(
                file.id(), file.upload(), next, Optional.of("cc".repeat(32))::equals, next()))
        .isEqualTo(UploadEnd.OUTDATED);
    assertThat(store.complete(file.id()).orElseThrow().file())
        .extracting(StoredFile::content)
        .isEqualTo(content);
    assertThat(
            store.finishUpload(
                file.id(), file.upload(), next, Optional.of(content.sha256())::equals, next()))
        .isEqualTo(UploadEnd.CHANGED);
  }

  @Test
  void concurrent_uploads_leave_one_current_content_and_forget_no_other() throws Exception {
    var file = file(root, "a.dgn");
    var uploads = new ArrayList<Callable<Content>>();
    for (int count = 0; count < 6; count++) {
      var upload = UUID.randomUUID();
      store.addUpload(file, upload, "ann", next());
      uploads.add(() -> upload(file, upload));
    }
    var contents = new ArrayList<>(Race.among(uploads));
    var current = store.findFile(file).orElseThrow().content();
    assertThat(contents).contains(current);
    contents.remove(current);
    var chosen = store.chooseBlobsToDelete(T0, T0.plusSeconds(100_000), 1_000, next());
    assertThat(chosen)
        .containsAll(contents.stream().map(Content::id).toList())
        .doesNotContain(current.id());
  }

  @Test
  void an_upload_belongs_to_its_file() {
    var file = pending(root, "a.dgn");
    var other = pending(root, "b.dgn");
    assertThat(store.beginUpload(other.id(), file.upload(), UUID.randomUUID(), next())).isFalse();
    assertThat(store.beginUpload(file.id(), UUID.randomUUID(), UUID.randomUUID(), next()))
        .isFalse();
  }

  @Test
  void an_upload_for_a_deleted_file_changes_nothing() {
    var file = file(root, "a.dgn");
    var upload = UUID.randomUUID();
    store.addUpload(file, upload, "ann", next());
    var content = new Content(UUID.randomUUID(), 1, "aa".repeat(32));
    assertThat(store.beginUpload(file, upload, content.id(), next())).isTrue();
    assertThat(store.deleteFile(file, next())).isTrue();
    assertThat(store.finishUpload(file, upload, content, any -> true, next()))
        .isEqualTo(UploadEnd.NOT_FOUND);
    assertThat(store.findFile(file)).isEmpty();
    assertThat(store.deleteFile(file, next())).isFalse();
  }

  @Test
  void either_an_upload_ends_or_its_blob_is_deleted() throws Exception {
    for (int round = 0; round < 20; round++) {
      var file = pending(root, "a.dgn");
      var content = new Content(UUID.randomUUID(), 1, "aa".repeat(32));
      store.beginUpload(file.id(), file.upload(), content.id(), T0);
      var outcome =
          Race.<Boolean>among(
              List.of(
                  () ->
                      store.finishUpload(file.id(), file.upload(), content, any -> true, next())
                          == UploadEnd.CHANGED,
                  () ->
                      store
                          .chooseBlobsToDelete(T0.plusSeconds(1), T0, 1_000, next())
                          .contains(content.id())));
      assertThat(outcome.get(0)).as("round %d", round).isNotEqualTo(outcome.get(1));
      store.forgetBlobs(List.of(content.id()));
      assertThat(store.registered(List.of(content.id())).isEmpty()).isEqualTo(outcome.get(1));
    }
  }

  @Test
  void blobs_are_chosen_by_their_age_and_until_they_are_forgotten() {
    var file = file(root, "a.dgn");
    var first = store.findFile(file).orElseThrow().content().id();
    var upload = UUID.randomUUID();
    store.addUpload(file, upload, "ann", next());
    var second = upload(file, upload).id();
    var replaced = T0.plusSeconds(seconds);
    var writing = UUID.randomUUID();
    store.beginUpload(file, upload, writing, next());
    var begun = T0.plusSeconds(seconds);

    assertThat(store.chooseBlobsToDelete(begun, replaced, 1_000, next()))
        .doesNotContain(first, second, writing);
    for (int call = 0; call < 2; call++) {
      assertThat(
              store.chooseBlobsToDelete(begun.plusMillis(1), replaced.plusMillis(1), 1_000, next()))
          .contains(first, writing)
          .doesNotContain(second);
    }
    assertThat(store.findDownload(file, first)).isEmpty();
    store.forgetBlobs(List.of(first, second, writing));
    assertThat(store.registered(List.of(first, second, writing))).containsExactly(second);
  }

  @Test
  void blobs_that_cannot_be_deleted_do_not_keep_others_back() {
    var file = pending(root, "a.dgn");
    var blobs = new ArrayList<UUID>();
    for (int count = 0; count < 5; count++) {
      blobs.add(UUID.randomUUID());
      store.beginUpload(file.id(), file.upload(), blobs.getLast(), T0.minusSeconds(9 - count));
    }
    var chosen = new ArrayList<UUID>();
    for (int call = 1; call <= 3; call++) {
      chosen.addAll(store.chooseBlobsToDelete(T0, T0.minusSeconds(9), 2, T0.plusSeconds(call)));
    }
    assertThat(chosen).containsAll(blobs);
    store.forgetBlobs(blobs);
  }

  @Test
  void unfinished_files_and_uploads_are_removed_and_complete_files_stay() {
    var old = pending(root, "old.dgn");
    var uploaded = pending(root, "uploaded.dgn");
    var unused = upload(uploaded.id(), uploaded.upload());
    var complete = file(root, "complete.dgn");
    var limit = next();
    var young = pending(root, "young.dgn");

    while (store.removeUnfinished(limit, MAX, limit) > 0) {}
    assertThat(store.complete(old.id())).isEmpty();
    assertThat(store.complete(uploaded.id())).isEmpty();
    assertThat(store.findFile(complete)).isPresent();
    assertThat(store.complete(young.id())).isPresent();
    assertThat(store.beginUpload(young.id(), young.upload(), UUID.randomUUID(), next())).isTrue();
    assertThat(store.chooseBlobsToDelete(T0, limit.plusMillis(1), 1_000, next()))
        .contains(unused.id());
  }

  @Test
  void a_path_has_the_names_of_all_folders() {
    var outer = folder(root, "outer");
    var inner = folder(outer, "inner");
    var file = file(inner, "a.dgn");
    assertThat(store.findFile(file).orElseThrow().path()).isEqualTo("outer/inner/a.dgn");
    assertThat(store.findFolder(inner).orElseThrow().path()).isEqualTo("outer/inner");
    store.changeFolder(outer, new Change(ItemName.ofFolder("renamed"), "text", "bob", next()));
    assertThat(store.findFile(file).orElseThrow().path()).isEqualTo("renamed/inner/a.dgn");
    assertThat(store.findFolder(outer).orElseThrow().description()).isEqualTo("text");
    assertThat(store.findFolder(outer).orElseThrow().history().modifiedBy()).isEqualTo("bob");
  }

  @Test
  void the_root_folder_exists_as_long_as_its_iTwin() {
    var found = store.findFolder(root).orElseThrow();
    assertThat(found.parent()).isNull();
    assertThat(found.path()).isEmpty();
    rows.iTwins().beginDeletion(iTwin);
    assertThat(store.findFolder(root)).isEmpty();
    assertThat(store.addFolder(item(root, "a"))).isEqualTo(Addition.FOLDER_NOT_FOUND);
    assertThat(store.addFile(item(root, "a"), UUID.randomUUID()))
        .isEqualTo(Addition.FOLDER_NOT_FOUND);
  }

  @Test
  void a_list_has_folders_before_files_each_in_the_order_of_creation() {
    for (int count = 1; count <= 3; count++) {
      file(root, "file" + count);
      folder(root, "folder" + count);
    }
    var all = List.of("folder1", "folder2", "folder3", "file1", "file2", "file3");
    assertThat(names(root, Kind.FILES, 0, 10)).isEqualTo(all.subList(3, 6));
    assertThat(names(root, Kind.FOLDERS, 0, 10)).isEqualTo(all.subList(0, 3));
    for (int skip = 0; skip <= 7; skip++) {
      for (int top = 1; top <= 7; top++) {
        var page = store.list(root, Kind.ALL, new PageRequest(skip, top)).orElseThrow();
        var from = Math.min(skip, 6);
        var to = Math.min(from + top, 6);
        var as = "skip " + skip + " top " + top;
        assertThat(page.items().stream().map(StorageItem::displayName))
            .as(as)
            .isEqualTo(all.subList(from, to));
        assertThat(page.more()).as(as).isEqualTo(to < 6);
        assertThat(page.preceding()).as(as).isEqualTo(from);
      }
    }
  }

  @Test
  void names_need_not_be_unique() {
    var first = file(root, "same");
    var second = file(root, "same");
    folder(root, "same");
    folder(root, "same");
    assertThat(first).isNotEqualTo(second);
    assertThat(names(root, Kind.ALL, 0, 10)).containsExactly("same", "same", "same", "same");
  }

  @Test
  void what_is_in_a_deleted_folder_does_not_exist_before_it_is_removed() {
    var outer = folder(root, "outer");
    var inner = folder(outer, "inner");
    var file = file(inner, "a.dgn");
    var content = store.findFile(file).orElseThrow().content();
    var unfinished = pending(inner, "b.dgn");

    assertThat(store.deleteFolder(outer)).isTrue();
    assertThat(store.deleteFolder(outer)).isFalse();
    assertThat(store.deleteFolder(inner)).isFalse();
    assertThat(store.findFolder(inner)).isEmpty();
    assertThat(store.findFile(file)).isEmpty();
    assertThat(store.findDownload(file, content.id())).isEmpty();
    assertThat(store.names(List.of(file))).isEmpty();
    assertThat(store.list(inner, Kind.ALL, new PageRequest(0, 1))).isEmpty();
    assertThat(store.changeFile(file, new Change(null, "x", "bob", T0))).isEmpty();
    assertThat(store.changeFolder(inner, new Change(null, "x", "bob", T0))).isEmpty();
    assertThat(store.deleteFile(file, T0)).isFalse();
    assertThat(store.complete(file)).isEmpty();
    assertThat(store.addUpload(file, UUID.randomUUID(), "ann", T0)).isFalse();
    assertThat(store.addFolder(item(inner, "c"))).isEqualTo(Addition.FOLDER_NOT_FOUND);
    assertThat(store.addFile(item(inner, "c"), UUID.randomUUID()))
        .isEqualTo(Addition.FOLDER_NOT_FOUND);
    assertThat(store.beginUpload(unfinished.id(), unfinished.upload(), UUID.randomUUID(), next()))
        .isFalse();

    while (store.removeDeletedFolders(MAX, next())) {}
    assertThat(store.chooseBlobsToDelete(T0, T0.plusSeconds(100_000), 1_000, next()))
        .contains(content.id());
    assertThat(names(root, Kind.ALL, 0, 10)).isEmpty();
  }

  @Test
  void removing_a_deep_and_wide_folder_takes_several_steps_and_leaves_nothing() {
    var top = folder(root, "top");
    var folder = top;
    var files = new ArrayList<StorageFileId>();
    for (int depth = 0; depth < 30; depth++) {
      for (int count = 0; count < 2; count++) {
        files.add(file(folder, "file"));
        folder(folder, "sibling");
      }
      folder = folder(folder, "next");
    }
    var kept = file(root, "kept");
    var contents =
        files.stream().map(file -> store.findFile(file).orElseThrow().content().id()).toList();

    assertThat(store.deleteFolder(top)).isTrue();
    var steps = 0;
    while (store.removeDeletedFolders(MAX, next())) {
      steps++;
    }
    assertThat(steps).isGreaterThan(10);
    assertThat(store.chooseBlobsToDelete(T0, T0.plusSeconds(100_000), 1_000, next()))
        .containsAll(contents);
    assertThat(store.findFile(kept)).isPresent();
  }

  @Test
  void nothing_is_added_to_a_folder_while_it_is_deleted() throws Exception {
    while (store.removeUnfinished(T0.plusSeconds(100_000), 1_000, T0) > 0) {}
    for (int round = 0; round < 10; round++) {
      var outer = folder(root, "outer");
      var inner = folder(outer, "inner");
      var file = item(inner, "a.dgn");
      var upload = UUID.randomUUID();
      Race.<Object>among(
          List.of(
              () -> store.addFile(file, upload),
              () -> {
                store.deleteFolder(outer);
                while (store.removeDeletedFolders(MAX, T0)) {}
                return true;
              }));
      // At most the row of the upload is left, and none of the file.
      assertThat(store.removeUnfinished(T0.plusSeconds(100_000), 1_000, T0) > 1)
          .as("round %d", round)
          .isFalse();
    }
  }

  @Test
  void the_storage_of_an_iTwin_is_removed_in_steps_and_no_other() {
    var folder = folder(root, "folder");
    var contents = new ArrayList<UUID>();
    for (int count = 0; count < 5; count++) {
      var inRoot = file(root, "root" + count);
      var inFolder = file(folder(folder, "inner" + count), "inner");
      contents.add(store.findFile(inRoot).orElseThrow().content().id());
      contents.add(store.findFile(inFolder).orElseThrow().content().id());
    }
    pending(root, "pending");
    var removed = iTwin;
    addITwin();
    var kept = file(root, "kept");

    rows.iTwins().beginDeletion(removed);
    while (store.removeAll(removed, MAX, next())) {}
    var removedRoot = StorageItem.rootOf(removed);
    assertThat(store.list(removedRoot, Kind.ALL, new PageRequest(0, 10)).map(p -> p.items()))
        .isEqualTo(Optional.of(List.of()));
    assertThat(store.chooseBlobsToDelete(T0, T0.plusSeconds(100_000), 1_000, next()))
        .containsAll(contents);
    assertThat(store.findFile(kept)).isPresent();
  }

  @Test
  void folders_are_nested_at_most_a_hundred_deep() {
    var folder = root;
    for (int depth = 0; depth < StorageStore.DEPTH_MAX; depth++) {
      folder = folder(folder, "a");
    }
    assertThat(store.addFolder(item(folder, "a"))).isEqualTo(Addition.TOO_DEEP);
    assertThat(store.findFile(file(folder, "f")).orElseThrow().path()).hasSize(201);
  }

  @Test
  void names_are_those_of_complete_files() {
    var file = file(root, "a.dgn");
    var pending = pending(root, "b.dgn");
    var deleted = file(root, "c.dgn");
    store.deleteFile(deleted, next());
    assertThat(store.names(List.of(file, pending.id(), deleted, newId())))
        .containsOnly(Map.entry(file, "a.dgn"));
    assertThat(store.names(List.of())).isEmpty();
  }

  @Test
  void a_change_of_a_file_keeps_what_it_does_not_name() {
    var file = file(root, "a.dgn");
    store.changeFile(file, new Change(null, "text", "bob", next()));
    var changed = store.changeFile(file, new Change(ItemName.ofFile("b.dgn"), null, "cid", next()));
    assertThat(changed.map(StoredFile::displayName)).contains("b.dgn");
    assertThat(changed.map(StoredFile::description)).contains("text");
    assertThat(changed.map(found -> found.history().modifiedBy())).contains("cid");
  }

  @Test
  void every_node_gets_the_same_identity_of_the_blob_folder() throws Exception {
    var nodes = new ArrayList<Callable<BlobFolder>>();
    for (int count = 0; count < 4; count++) {
      nodes.add(() -> store.addBlobFolder(new BlobFolder(UUID.randomUUID(), "00".repeat(32))));
    }
    assertThat(List.copyOf(Race.among(nodes))).containsOnly(Race.among(nodes).getFirst());
    assertThat(store.blobFolder()).contains(Race.among(nodes).getFirst());
  }
}
