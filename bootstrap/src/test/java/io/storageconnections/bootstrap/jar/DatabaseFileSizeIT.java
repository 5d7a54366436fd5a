package io.storageconnections.bootstrap.jar;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.bootstrap.fixture.ApiClient;
import io.storageconnections.bootstrap.fixture.Await;
import io.storageconnections.bootstrap.fixture.RequestBodies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The size of the embedded database's file, compared to the same file after {@code SHUTDOWN
 * COMPACT}. {@code -Dcreates=50000} makes a longer load.
 */
@Tag("long")
final class DatabaseFileSizeIT {

  private static final int CREATES = Integer.getInteger("creates", 3_000);
  private static final int CLIENTS = 8;
  private static final long MEGABYTE = 1 << 20;

  private static final Map<String, String> SETTINGS =
      Map.of(
          "STORAGE_CONNECTIONS_HTTP_PORT", "0",
          "STORAGE_CONNECTIONS_RATE_LIMIT_REQUESTS_PER_MINUTE", "0");

  @TempDir private Path folder;
  @RegisterExtension final JarProcesses jars = new JarProcesses();

  private JarProcess serve() throws IOException {
    return jars.add(JarProcess.run(folder, SETTINGS, "serve"));
  }

  @Test
  void the_file_is_small_a_minute_after_a_load_and_after_a_clean_stop() throws Exception {
    var server = serve();
    create(server.client());
    // An estimate, because the file cannot be copied and compacted while the server runs.
    var compactedAtLeast = CREATES * 250L;
    Await.until(
        Duration.ofMinutes(1),
        "the file, of " + size() + " bytes, is small",
        () -> size() <= 64 * MEGABYTE + 4 * compactedAtLeast);
    server.terminate();
    assertThat(server.exitCode()).isIn(0, 143);
    assertThat(size()).isLessThanOrEqualTo(64 * MEGABYTE + 2 * compacted());
  }

  @Test
  void the_file_is_small_after_a_kill_and_a_restart_and_contains_every_acknowledged_connection()
      throws Exception {
    var killed = serve();
    var ids = create(killed.client());
    killed.kill();

    var restarted = serve();
    var client = restarted.client();
    var size = size();
    for (var id : ids) {
      assertThat(client.get(client.url() + ApiClient.PATH + "/" + id).statusCode()).isEqualTo(200);
    }
    restarted.kill();
    assertThat(size).isLessThanOrEqualTo(64 * MEGABYTE + 2 * compacted());
  }

  private static List<String> create(ApiClient client) {
    var iModel = UUID.randomUUID();
    var ids = new ConcurrentLinkedQueue<String>();
    try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
      for (int i = 0; i < CREATES; i++) {
        threads.execute(() -> {
          var files = List.of(RequestBodies.newFile(), RequestBodies.newFile());
          var created = client.create(RequestBodies.connection(iModel, files));
          if (created.statusCode() == 201) {
            ids.add(created.headers().firstValue("Location").orElseThrow().replaceAll(".*/", ""));
          }
        });
      }
    }
    assertThat(ids).hasSize(CREATES);
    return List.copyOf(ids);
  }

  private Path file() {
    return folder.resolve("data").resolve("storage-connections.mv.db");
  }

  private long size() {
    return file().toFile().length();
  }

  private long compacted() throws IOException, SQLException {
    var copy = folder.resolve("copy.mv.db");
    Files.copy(file(), copy);
    var url = "jdbc:h2:file:" + folder.resolve("copy") + ";DB_CLOSE_ON_EXIT=FALSE";
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute("shutdown compact");
    }
    return Files.size(copy);
  }
}
