package io.storageconnections.bootstrap.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.storageconnections.bootstrap.fixture.ApiClient;
import io.storageconnections.bootstrap.fixture.Await;
import java.io.File;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jar with its embedded database on a full disk. The operating system's limit of file sizes
 * simulates the full disk: a write fails with the same exception.
 */
@Tag("long")
final class FullDiskIT {

  private static final String NO_PRLIMIT =
      "SKIPPED: a full disk is not tested, because there is no prlimit on the PATH (Linux,"
          + " util-linux)";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void on_a_full_disk_requests_get_503_until_there_is_space_and_no_acknowledged_connection_is_lost()
      throws Exception {
    assumeTrue(isOnPath("prlimit"), NO_PRLIMIT);
    var jar = serve();
    try {
      var client = jar.client();
      try (var load = BackgroundLoad.on(client, 4)) {
        Await.until(PATIENCE, "there is load", () -> load.acknowledged().size() > 50);
        for (int round = 1; round <= 2; round++) {
          limitFiles(jar, "0");
          Await.until(PATIENCE, "a 503 is answered", () -> readiness(client).statusCode() == 503);
          for (var answer : List.of(readiness(client), create(client), readiness(client))) {
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(answer.body()).contains("disk");
          }

          limitFiles(jar, "unlimited");
          var before = load.acknowledged().size();
          Await.until(
              PATIENCE, "load is served again", () -> load.acknowledged().size() > before + 50);
          assertThat(load.wrong()).isEmpty();
        }
        load.stop();
        assertThat(load.wrong()).isEmpty();
        assertThat(load.unanswered()).isEmpty();
        Await.until(PATIENCE, "the server is ready", () -> readiness(client).statusCode() == 200);
        assertKept(load, client);
        jar.kill();
        jar = serve();
        assertKept(load, jar.client());
      }
    } finally {
      jar.kill();
    }
  }

  private JarProcess serve() throws IOException {
    return JarProcess.run(
        folder,
        Map.of(
            "STORAGE_CONNECTIONS_HTTP_PORT", "0",
            "STORAGE_CONNECTIONS_RATE_LIMIT_REQUESTS_PER_MINUTE", "0"),
        "serve");
  }

  private static HttpResponse<String> readiness(ApiClient client) {
    return client.get(client.url() + "/health/ready");
  }

  private static HttpResponse<String> create(ApiClient client) {
    return client.create(ApiClient.DOCUMENTED_REQUEST);
  }

  private static void assertKept(BackgroundLoad load, ApiClient reader) {
    for (var one : load.acknowledged()) {
      var found =
          reader.get(reader.url() + ApiClient.PATH + "/" + one.connection() + "/sourcefiles");
      assertThat(found.statusCode()).as("%s", one).isEqualTo(200);
      assertThat(found.body()).contains(one.files());
    }
  }

  /** Limits the size of the files that the process writes, its log included. */
  private static void limitFiles(JarProcess jar, String bytes)
      throws IOException, InterruptedException {
    var process =
        new ProcessBuilder("prlimit", "--pid", "" + jar.pid(), "--fsize=" + bytes + ":")
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();
  }

  private static boolean isOnPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
