package io.storageconnections.bootstrap.jar;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.bootstrap.fixture.ApiClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs the jar after the classes of the module {@code local-platform} were deleted from it. */
final class WithoutLocalPlatformIT {

  @TempDir private Path folder;
  @RegisterExtension final JarProcesses jars = new JarProcesses();

  @Test
  void a_server_on_an_itwin_platform_needs_no_class_of_the_local_platform() throws Exception {
    var jar = folder.resolve("server.jar");
    Files.copy(Path.of(System.getProperty("jar.file")), jar);
    deleteLocalPlatform(jar);
    var server =
        jars.add(
            JarProcess.runJar(
                jar,
                folder,
                Map.of(
                    "STORAGE_CONNECTIONS_HTTP_PORT",
                    "0",
                    "STORAGE_CONNECTIONS_IMODELS_DIRECTORY",
                    "platform",
                    "STORAGE_CONNECTIONS_PLATFORM_URL",
                    // Nothing listens there.
                    "http://127.0.0.1:1"),
                "serve"));
    var client = server.client();
    assertThat(client.get(client.url() + "/health/ready").statusCode()).isEqualTo(200);
    var answer = client.create(ApiClient.DOCUMENTED_REQUEST);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("iTwin Platform");
    assertThat(client.get(client.url() + "/itwins").statusCode()).isEqualTo(404);
    server.terminate();
    assertThat(server.exitCode()).isZero();
  }

  private static void deleteLocalPlatform(Path jar) throws IOException {
    try (var zip = FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of());
        var classes = Files.walk(zip.getPath("io/storageconnections/platform"))) {
      for (var each : classes.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
