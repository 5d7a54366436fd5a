package io.storageconnections.platform.application.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.adapter.persistence.Database;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.platform.LocalPlatform;
import io.storageconnections.platform.application.port.BlobStore;
import io.storageconnections.platform.application.port.StorageStore;
import io.storageconnections.platform.application.port.StorageStore.NewItem;
import io.storageconnections.platform.domain.storage.Content;
import io.storageconnections.platform.domain.storage.ItemName;
import io.storageconnections.platform.domain.storage.StorageItem;
import io.storageconnections.platform.persistence.TestRows;
import io.storageconnections.platform.persistence.storage.JooqStorageStore;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sweeps with a disk that refuses to delete some blobs. */
class StorageSweeperTest {

  /** More than the sweeper deletes at once. */
  private static final int REFUSED_BLOBS = 250;

  private static final int OTHER_BLOBS = 50;

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final Database database = Database.inMemory();
  private StorageStore store;
  private StorageFileId file;
  private UUID upload;

  @BeforeEach
  void create() {
    LocalPlatform.migrate(database.dataSource());
    var rows = new TestRows(database.dataSource());
    store = new JooqStorageStore(rows.transactions());
    var iTwin = rows.newITwin("ann");
    file = new StorageFileId(iTwin, UUID.randomUUID());
    upload = UUID.randomUUID();
    store.addFile(
        new NewItem(file, StorageItem.rootOf(iTwin), ItemName.ofFile("a"), null, "ann", NOW),
        upload);
  }

  @AfterEach
  void close() {
    database.close();
  }

  /** Has no bytes, and cannot delete some blobs. */
  private record StubbornBlobs(Set<UUID> refused, Set<UUID> deleted) implements BlobStore {

    @Override
    public Content store(UUID id, InputStream bytes, UploadLimits limits) {
      throw new AssertionError("the sweeper stores nothing");
    }

    @Override
    public Blob open(UUID id) {
      throw new AssertionError("the sweeper reads nothing");
    }

    @Override
    public void delete(UUID id) {
      if (refused.contains(id)) {
        throw new BlobStoreException(BlobStoreException.Reason.FAILED, "deleting a blob", null);
      }
      deleted.add(id);
    }

    @Override
    public List<UUID> next(Instant before, int max) {
      return List.of();
    }
  }

  private UUID oldBlob(Duration age) {
    var blob = UUID.randomUUID();
    assertThat(store.beginUpload(file, upload, blob, NOW.minus(age))).isTrue();
    return blob;
  }

  @Test
  void blobs_that_cannot_be_deleted_do_not_keep_others_back() {
    var refused = new HashSet<UUID>();
    for (int count = 0; count < REFUSED_BLOBS; count++) {
      refused.add(oldBlob(Duration.ofHours(3)));
    }
    // Many, so that no order by their random ids puts all of them first.
    var others = new HashSet<UUID>();
    for (int count = 0; count < OTHER_BLOBS; count++) {
      others.add(oldBlob(Duration.ofHours(2)));
    }
    var blobs = new StubbornBlobs(refused, new HashSet<>());

    for (int minute = 0; minute < 2; minute++) {
      var clock = Clock.fixed(NOW.plusSeconds(60L * minute), ZoneOffset.UTC);
      var sweeper = new StorageSweeper(store, blobs, StorageSettings.DEFAULT, clock);
      while (sweeper.sweep()) {}
    }
    assertThat(blobs.deleted()).isEqualTo(others);
    assertThat(store.registered(others)).isEmpty();
    assertThat(store.registered(refused)).isEqualTo(refused);
  }
}
