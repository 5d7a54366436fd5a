package io.storageconnections.adapter.persistence;

import static io.storageconnections.domain.audit.AuditFixtures.CAUSE;
import static io.storageconnections.domain.connection.ConnectionFixtures.connection;
import static io.storageconnections.domain.connection.ConnectionFixtures.iModel;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.application.port.StorageConnectionStore;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests that the file of an embedded H2 stays small, compared to the same file after {@code
 * SHUTDOWN COMPACT}. The system property {@code creates} sets the number of creations, for example
 * {@code -Dcreates=50000} for a longer load.
 */
@Tag("long")
final class DatabaseFileSizeTest {

  private static final long MEGABYTE = 1 << 20;
  private static final int CREATES = Integer.getInteger("creates", 3_000);

  /** So many make a file that is too large, and that is compacted within the bound of a start. */
  private static final int CREATES_WITHOUT_COMPACTION = 3_000;

  private static final int CLIENTS = 8;

  @TempDir private Path folder;

  @Test
  void the_file_is_small_a_minute_after_many_creations_and_stays_small_after_a_stop()
      throws Exception {
    try (var database = migrated(url())) {
      create(database, CREATES);
      awaitSmallWhileRunning(database);
    }
    assertThat(size()).isLessThanOrEqualTo(allowedAfterRestart(compacted()));
  }

  @Test
  void the_file_is_small_a_minute_after_many_removals_and_stays_small_after_a_stop()
      throws Exception {
    try (var database = migrated(url())) {
      var store = JooqStorageConnectionStore.on(database.dataSource());
      var ids = create(database, CREATES / 2);
      try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
        for (var id : ids) {
          clients.execute(() -> assertThat(remove(store, id)).isTrue());
        }
      }
      awaitSmallWhileRunning(database);
    }
    assertThat(size()).isLessThanOrEqualTo(allowedAfterRestart(compacted()));
  }

  @Test
  void a_large_file_is_compacted_at_the_start_after_a_crash() throws Exception {
    var killed = folder.resolve("killed.mv.db");
    Queue<ConnectionId> ids;
    try (var database = migrated(url() + ";RETENTION_TIME=600000")) {
      ids = create(database, CREATES_WITHOUT_COMPACTION);
      // A copy of the open file is what a killed process leaves.
      Files.copy(file(), killed);
    }
    var before = Files.size(killed);
    var url = "jdbc:h2:file:" + folder.resolve("killed");
    try (var restarted = Database.open(url, null, null, Database.CONNECTIONS_DEFAULT)) {
      var allowed = allowedAfterRestart(compacted(restarted));
      assertThat(before).isGreaterThan(allowed);
      assertThat(Files.size(killed)).isLessThanOrEqualTo(allowed);
      var store = JooqStorageConnectionStore.on(restarted.dataSource());
      assertThat(ids).allSatisfy(id -> assertThat(store.find(id)).isPresent());
    }
  }

  @Test
  void closing_the_database_ends_the_compaction_thread_and_leaves_no_other_files()
      throws Exception {
    migrated(url()).close();
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("storage-connections-compaction"));
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file());
    }
  }

  private static boolean remove(StorageConnectionStore store, ConnectionId id) {
    return store.remove(CAUSE, id, Precondition.NONE) instanceof Outcome.Success;
  }

  private static Queue<ConnectionId> create(Database database, int count) {
    var store = JooqStorageConnectionStore.on(database.dataSource());
    var iModel = iModel();
    var ids = new ConcurrentLinkedQueue<ConnectionId>();
    try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
      for (int i = 0; i < count; i++) {
        clients.execute(() -> {
          var connection =
              connection().of(iModel).mapping("" + UUID.randomUUID(), "" + UUID.randomUUID());
          var built = connection.build();
          store.add(CAUSE, built, Limits.NONE);
          ids.add(built.id());
        });
      }
    }
    assertThat(ids).hasSize(count);
    return ids;
  }

  /** Returns the allowed size after a clean stop, or after the restart that follows a crash. */
  private static long allowedAfterRestart(long compacted) {
    return 64 * MEGABYTE + 2 * compacted;
  }

  /**
   * Measures the data after the file, because a backup keeps H2 from reusing space in the file, and
   * so from compacting it.
   */
  private void awaitSmallWhileRunning(Database database) throws Exception {
    var deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (size() > 64 * MEGABYTE && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    var size = size();
    assertThat(size).isLessThanOrEqualTo(64 * MEGABYTE + 4 * compacted(database));
  }

  private long size() throws IOException {
    return Files.size(file());
  }

  /** Returns the size of a fully compacted copy of an open database. */
  private long compacted(Database database) throws IOException, SQLException {
    var backup = folder.resolve("backup.zip");
    try (var connection = database.dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("backup to '" + backup + "'");
    }
    try (var zip = new ZipInputStream(Files.newInputStream(backup))) {
      assertThat(zip.getNextEntry())
          .extracting(ZipEntry::getName)
          .matches(name -> name.endsWith(".mv.db"));
      Files.copy(zip, copy());
    }
    Files.delete(backup);
    return sizeOfCompactedCopy();
  }

  /** Returns the size of a fully compacted copy of a closed database. */
  private long compacted() throws IOException, SQLException {
    Files.copy(file(), copy());
    return sizeOfCompactedCopy();
  }

  private long sizeOfCompactedCopy() throws IOException, SQLException {
    var url = "jdbc:h2:file:" + folder.resolve("copy") + ";DB_CLOSE_ON_EXIT=FALSE";
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute("shutdown compact");
    }
    var size = Files.size(copy());
    Files.delete(copy());
    return size;
  }

  private Path copy() {
    return folder.resolve("copy.mv.db");
  }

  private Path file() {
    return folder.resolve("store.mv.db");
  }

  private String url() {
    return "jdbc:h2:file:" + folder.resolve("store");
  }

  private static Database migrated(String url) {
    var database = Database.open(url, null, null, Database.CONNECTIONS_DEFAULT);
    Migrations.run(database.dataSource());
    return database;
  }
}
