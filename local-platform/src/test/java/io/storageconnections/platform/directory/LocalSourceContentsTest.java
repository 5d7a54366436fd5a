package io.storageconnections.platform.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.adapter.persistence.Database;
import io.storageconnections.application.contract.SourceContentsContract;
import io.storageconnections.application.port.SourceContents;
import io.storageconnections.application.port.SourceContents.Missing;
import io.storageconnections.application.port.SourceContents.Unknown;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.platform.AccessMode;
import io.storageconnections.platform.LocalPlatform;
import io.storageconnections.platform.application.port.BlobStore;
import io.storageconnections.platform.application.port.StorageStore.NewItem;
import io.storageconnections.platform.blob.FolderBlobStore;
import io.storageconnections.platform.domain.storage.ItemName;
import io.storageconnections.platform.domain.storage.StorageItem;
import io.storageconnections.platform.persistence.TestRows;
import io.storageconnections.platform.persistence.storage.JooqStorageStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contents of a local platform whose members decide, and of one that trusts every caller. */
class LocalSourceContentsTest implements SourceContentsContract {

  private static final IModelId IMODEL = new IModelId(UUID.randomUUID());

  /** The platforms sweep in the background what is old. */
  private final Instant now = Instant.now();

  @TempDir private Path blobFolder;
  private final Database database = Database.inMemory();
  private LocalPlatform own;
  private LocalPlatform open;
  private JooqStorageStore store;
  private BlobStore blobs;
  private ITwinId iTwin;

  @BeforeEach
  void start() {
    LocalPlatform.migrate(database.dataSource());
    own = LocalPlatform.builder(database.dataSource(), AccessMode.OWN, blobFolder).build();
    open = LocalPlatform.builder(database.dataSource(), AccessMode.OPEN, blobFolder).build();
    blobs = FolderBlobStore.in(blobFolder);
    var rows = new TestRows(database.dataSource());
    store = new JooqStorageStore(rows.transactions());
    iTwin = rows.newITwin("one");
  }

  @AfterEach
  void stop() {
    own.close();
    open.close();
    database.close();
  }

  @Override
  public SourceContents sourceContents() {
    return own.sourceContents();
  }

  @Override
  public IModelId iModelOfContents() {
    return IMODEL;
  }

  @Override
  public StorageFileId storedFile(String name, byte[] content) {
    var id = new StorageFileId(iTwin, UUID.randomUUID());
    var upload = UUID.randomUUID();
    store.addFile(
        new NewItem(id, StorageItem.rootOf(iTwin), ItemName.ofFile(name), null, "one", now),
        upload);
    var blob = UUID.randomUUID();
    store.beginUpload(id, upload, blob, now);
    try {
      var stored =
          blobs.store(
              blob,
              new ByteArrayInputStream(content),
              new BlobStore.UploadLimits(content.length + 1, Duration.ofMinutes(1)));
      store.finishUpload(id, upload, stored, any -> true, now);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    store.complete(id);
    return id;
  }

  @Override
  public StorageFileId fileWithoutContent() {
    return new StorageFileId(iTwin, UUID.randomUUID());
  }

  @Test
  void a_platform_that_trusts_every_caller_does_not_know_the_files_of_other_iTwins() {
    var elsewhere = new StorageFileId(new ITwinId(UUID.randomUUID()), UUID.randomUUID());
    assertThat(open.sourceContents().open(IMODEL, elsewhere)).isEqualTo(new Unknown());
    assertThat(own.sourceContents().open(IMODEL, elsewhere)).isEqualTo(new Missing());
    assertThat(open.sourceContents().open(IMODEL, fileWithoutContent())).isEqualTo(new Missing());
  }
}
