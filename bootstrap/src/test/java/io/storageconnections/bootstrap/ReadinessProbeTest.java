package io.storageconnections.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.storageconnections.bootstrap.settings.Settings;
import io.storageconnections.bootstrap.settings.SettingsException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which listener the command {@code ready} asks, and what it tells. */
@Timeout(60)
final class ReadinessProbeTest {

  @TempDir private Path folder;

  private static Settings settings(@Nullable String httpPort, @Nullable String managementPort) {
    Map<String, String> environment = new HashMap<>();
    if (httpPort != null) {
      environment.put("STORAGE_CONNECTIONS_HTTP_PORT", httpPort);
    }
    if (managementPort != null) {
      environment.put("STORAGE_CONNECTIONS_MANAGEMENT_PORT", managementPort);
    }
    return Settings.read(environment, Set.of(), null);
  }

  @ParameterizedTest
  @CsvSource({
    "8081,     , 8081",
    "8081,    0, 8081",
    "8081, 9090, 9090",
    "0,    9090, 9090",
  })
  void the_management_listener_is_asked_if_its_port_is_known(
      String httpPort, @Nullable String managementPort, int asked) {
    assertThat(ReadinessProbe.of(settings(httpPort, managementPort)).url())
        .hasToString("http://127.0.0.1:" + asked + "/health/ready");
  }

  @Test
  void two_unknown_ports_are_refused() {
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> ReadinessProbe.of(settings("0", "0")));
  }

  @Test
  void another_service_on_the_port_is_not_the_server() throws Exception {
    var other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write(new byte[] {'o', 'k'});
          exchange.close();
        });
    other.start();
    try {
      var probe = new ReadinessProbe("127.0.0.1", other.getAddress().getPort());
      assertThat(probe.await(Duration.ZERO, null)).contains("another service");
    } finally {
      other.stop(0);
    }
  }

  @Test
  void a_ready_server_is_recognized_at_both_ports() {
    try (var server =
        SynchronizationServer.builder().openPlatform().management("127.0.0.1", 0).start()) {
      var management = server.managementAddress().orElseThrow();
      for (var port : List.of(server.address().getPort(), management.getPort())) {
        assertThat(new ReadinessProbe("127.0.0.1", port).await(Duration.ZERO, null)).isNull();
      }
    }
  }

  @Test
  void the_management_listener_gives_the_reason() throws Exception {
    var blobs = folder.resolve("blobs");
    try (var server =
        SynchronizationServer.builder().openPlatform(blobs).management("127.0.0.1", 0).start()) {
      Files.move(blobs, folder.resolve("away"));
      var management = server.managementAddress().orElseThrow();
      assertThat(new ReadinessProbe("127.0.0.1", management.getPort()).await(Duration.ZERO, null))
          .startsWith("answers 503: ")
          .contains("blob folder");
    }
  }
}
