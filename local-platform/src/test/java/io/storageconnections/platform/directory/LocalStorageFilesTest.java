package io.storageconnections.platform.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.adapter.persistence.Database;
import io.storageconnections.application.contract.StorageFilesContract;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.StorageFiles;
import io.storageconnections.application.port.StorageFiles.UsableFile;
import io.storageconnections.domain.connection.FileName;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.platform.AccessMode;
import io.storageconnections.platform.LocalPlatform;
import io.storageconnections.platform.application.port.StorageStore;
import io.storageconnections.platform.application.port.StorageStore.NewItem;
import io.storageconnections.platform.domain.storage.Content;
import io.storageconnections.platform.domain.storage.ItemName;
import io.storageconnections.platform.domain.storage.StorageItem;
import io.storageconnections.platform.persistence.TestRows;
import io.storageconnections.platform.persistence.storage.JooqStorageStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a local platform whose members decide, and of one that trusts every caller. */
class LocalStorageFilesTest implements StorageFilesContract {

  private static final Caller ONE = Caller.ofClient("one");

  /** The platforms sweep in the background what is old. */
  private final Instant now = Instant.now();

  @TempDir private Path blobFolder;
  private final Database database = Database.inMemory();
  private LocalPlatform own;
  private LocalPlatform open;
  private StorageStore store;
  private TestRows rows;
  private ITwinId iTwin;
  private IModelId iModel;

  @BeforeEach
  void start() {
    LocalPlatform.migrate(database.dataSource());
    own = LocalPlatform.builder(database.dataSource(), AccessMode.OWN, blobFolder).build();
    open = LocalPlatform.builder(database.dataSource(), AccessMode.OPEN, blobFolder).build();
    rows = new TestRows(database.dataSource());
    store = new JooqStorageStore(rows.transactions());
    iTwin = rows.newITwin("one");
    iModel = rows.newIModel(iTwin, "one");
  }

  @AfterEach
  void stop() {
    own.close();
    open.close();
    database.close();
  }

  @Override
  public StorageFiles storageFiles() {
    return own.storageFiles();
  }

  @Override
  public IModelId iModelOfFiles(Caller caller) {
    return iModel;
  }

  @Override
  public StorageFileId usableFile(Caller caller) {
    return file(iTwin, true);
  }

  @Override
  public StorageFileId missingFile(Caller caller) {
    return new StorageFileId(iTwin, UUID.randomUUID());
  }

  private StorageFileId file(ITwinId owner, boolean complete) {
    var id = new StorageFileId(owner, UUID.randomUUID());
    var upload = UUID.randomUUID();
    store.addFile(
        new NewItem(id, StorageItem.rootOf(owner), ItemName.ofFile("a.dgn"), null, "one", now),
        upload);
    var content = new Content(UUID.randomUUID(), 1, "00".repeat(32));
    store.beginUpload(id, upload, content.id(), now);
    store.finishUpload(id, upload, content, any -> true, now);
    if (complete) {
      store.complete(id);
    }
    return id;
  }

  @Test
  void a_file_has_its_name() {
    var file = file(iTwin, true);
    assertThat(storageFiles().usable(ONE, iModel, List.of(file)))
        .containsEntry(file, new UsableFile(FileName.of("a.dgn")));
  }

  @Test
  void files_that_are_incomplete_deleted_or_of_another_iTwin_are_not_usable() {
    var other = rows.newITwin("one");
    var deleted = file(iTwin, true);
    store.deleteFile(deleted, now);
    var files = List.of(file(iTwin, false), deleted, file(other, true));
    assertThat(storageFiles().usable(ONE, iModel, files)).isEmpty();
    assertThat(open.storageFiles().usable(ONE, iModel, files)).isEmpty();
  }

  @Test
  void the_files_of_others_are_not_usable_unless_every_caller_is_trusted() {
    var file = file(iTwin, true);
    var eve = Caller.ofClient("eve");
    assertThat(storageFiles().usable(eve, iModel, List.of(file))).isEmpty();
    assertThat(open.storageFiles().usable(eve, iModel, List.of(file))).containsOnlyKeys(file);
  }

  @Test
  void the_files_of_a_deleted_iTwin_are_not_usable_though_every_caller_is_trusted() {
    var unknownIModel = new IModelId(UUID.randomUUID());
    var files = List.of(file(iTwin, true), missingFile(ONE));
    rows.iTwins().beginDeletion(iTwin);
    assertThat(open.storageFiles().usable(ONE, unknownIModel, files)).isEmpty();
    rows.iTwins().remove(iTwin);
    assertThat(open.storageFiles().usable(ONE, unknownIModel, files)).isEmpty();
  }

  @Test
  void a_platform_that_trusts_every_caller_accepts_what_it_does_not_know() {
    var unknownIModel = new IModelId(UUID.randomUUID());
    var unknownFile = new StorageFileId(new ITwinId(UUID.randomUUID()), UUID.randomUUID());
    var file = file(iTwin, true);
    var incomplete = file(iTwin, false);
    var files = List.of(unknownFile, file, incomplete, missingFile(ONE));

    assertThat(open.storageFiles().usable(ONE, unknownIModel, files))
        .containsOnlyKeys(unknownFile, file)
        .containsEntry(unknownFile, UsableFile.UNNAMED);
    assertThat(open.storageFiles().usable(ONE, iModel, files)).containsOnlyKeys(file);
    assertThat(own.storageFiles().usable(ONE, unknownIModel, files)).isEmpty();
  }
}
