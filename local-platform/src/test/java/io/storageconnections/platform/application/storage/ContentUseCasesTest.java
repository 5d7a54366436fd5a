package io.storageconnections.platform.application.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.storageconnections.adapter.persistence.Database;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.platform.LocalPlatform;
import io.storageconnections.platform.application.access.Permissions;
import io.storageconnections.platform.application.outcome.Failure.FileNotFound;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.application.port.BlobStore;
import io.storageconnections.platform.application.port.BlobStore.BlobStoreException;
import io.storageconnections.platform.application.port.StorageStore.NewItem;
import io.storageconnections.platform.application.storage.ContentToken.Verb;
import io.storageconnections.platform.domain.storage.Content;
import io.storageconnections.platform.domain.storage.ItemName;
import io.storageconnections.platform.domain.storage.StorageItem;
import io.storageconnections.platform.persistence.TestRows;
import io.storageconnections.platform.persistence.imodel.JooqIModelStore;
import io.storageconnections.platform.persistence.member.JooqMemberStore;
import io.storageconnections.platform.persistence.storage.JooqStorageStore;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Downloads during which a blob disappears, which no client can bring about at will. */
class ContentUseCasesTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final Database database = Database.inMemory();
  private TestRows rows;
  private JooqStorageStore store;
  private StorageFileId file;
  private ContentToken token;

  @BeforeEach
  void create() {
    LocalPlatform.migrate(database.dataSource());
    rows = new TestRows(database.dataSource());
    store = new JooqStorageStore(rows.transactions());
    var iTwin = rows.newITwin("ann");
    file = new StorageFileId(iTwin, UUID.randomUUID());
    var upload = UUID.randomUUID();
    store.addFile(
        new NewItem(file, StorageItem.rootOf(iTwin), ItemName.ofFile("a"), null, "ann", NOW),
        upload);
    var content = new Content(UUID.randomUUID(), 1, "aa".repeat(32));
    store.beginUpload(file, upload, content.id(), NOW);
    store.finishUpload(file, upload, content, any -> true, NOW);
    store.complete(file);
    token = new ContentToken(Verb.DOWNLOAD, file, content.id(), NOW.plusSeconds(1));
  }

  @AfterEach
  void close() {
    database.close();
  }

  /** Has no blob. */
  private record NoBlobs(Runnable beforeOpening) implements BlobStore {

    @Override
    public Content store(UUID id, InputStream bytes, UploadLimits limits) {
      throw new AssertionError("a download stores nothing");
    }

    @Override
    public Blob open(UUID id) {
      beforeOpening.run();
      throw new BlobStoreException(BlobStoreException.Reason.MISSING, "opening a blob", null);
    }

    @Override
    public void delete(UUID id) {
      throw new AssertionError("a download deletes nothing");
    }

    @Override
    public List<UUID> next(Instant before, int max) {
      return List.of();
    }
  }

  private Outcome<ContentUseCases.OpenDownload> download(Runnable beforeOpening) {
    var permissions =
        new Permissions(
            rows.iTwins(),
            new JooqMemberStore(rows.transactions()),
            new JooqIModelStore(rows.transactions()),
            false);
    return new ContentUseCases(
            store,
            permissions,
            new NoBlobs(beforeOpening),
            StorageSettings.DEFAULT,
            Clock.fixed(NOW, ZoneOffset.UTC),
            UUID::randomUUID)
        .download(token);
  }

  @Test
  void a_file_that_is_deleted_while_its_download_begins_is_not_found() {
    assertThat(download(() -> store.deleteFile(file, NOW)))
        .isEqualTo(Outcome.failed(new FileNotFound()));
  }

  @Test
  void a_file_that_exists_and_has_no_blob_is_an_error() {
    assertThatExceptionOfType(BlobStoreException.class).isThrownBy(() -> download(() -> {}));
  }
}
