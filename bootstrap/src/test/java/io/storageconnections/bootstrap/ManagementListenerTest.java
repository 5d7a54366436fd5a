package io.storageconnections.bootstrap;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.storageconnections.adapter.persistence.Database;
import io.storageconnections.application.port.Verification;
import io.storageconnections.bootstrap.fixture.ApiClient;
import io.storageconnections.bootstrap.fixture.Await;
import io.storageconnections.bootstrap.fixture.FreePort;
import io.storageconnections.bootstrap.fixture.RawHttp;
import io.storageconnections.bootstrap.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server with a management listener, and one without. */
@Timeout(60)
final class ManagementListenerTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;
  private @Nullable SynchronizationServer server;

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private SynchronizationServer start(SynchronizationServerBuilder builder) {
    server = builder.start();
    return server;
  }

  private SynchronizationServer startManaged() {
    return start(SynchronizationServer.builder().management("127.0.0.1", 0));
  }

  private static String management(SynchronizationServer running) {
    return running.managementAddress().orElseThrow().toString();
  }

  private static int status(String url) {
    return RawHttp.get(url).statusCode();
  }

  @ParameterizedTest
  @CsvSource({
    "true,  management, /health/live,  200",
    "true,  management, /health/ready, 200",
    "true,  management, /metrics,      200",
    "true,  management, /info,         200",
    "true,  management, /development/requests, 404",
    "true,  management, /synchronization/connectortypes, 404",
    "true,  business,   /health/live,  200",
    "true,  business,   /health/ready, 200",
    "true,  business,   /metrics,      404",
    "true,  business,   /info,         404",
    "false, business,   /health/live,  200",
    "false, business,   /health/ready, 200",
    "false, business,   /metrics,      404",
    "false, business,   /info,         404"
  })
  void each_port_serves_its_own_routes(boolean isManaged, String port, String path, int status) {
    var running = isManaged ? startManaged() : start(SynchronizationServer.builder());
    var address = port.equals("management") ? management(running) : running.address().toString();
    assertThat(status(address + path)).isEqualTo(status);
    assertThat(RawHttp.send("HEAD", address + path).statusCode()).isEqualTo(status);
  }

  @Test
  void without_the_setting_there_is_no_listener() {
    assertThat(start(SynchronizationServer.builder()).managementAddress()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
  void the_listener_refuses_other_methods_with_json(String method) {
    var answer = RawHttp.send(method, management(startManaged()) + "/metrics");
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow").orElseThrow()).contains("GET", "HEAD");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.body()).startsWith("{\"error\":{\"code\":\"MethodNotAllowed\"");
  }

  @Test
  void the_listener_needs_no_token_and_allows_no_web_page_to_read_an_answer() {
    var answer = RawHttp.get(management(startManaged()) + "/info", "Origin", "https://example.org");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().map().keySet())
        .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-"));
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 200",
    "localhost, 200",
    "[::1], 200",
    "rebound.example.org, 403",
    "10.0.0.1, 403"
  })
  void on_a_loopback_address_the_listener_answers_loopback_hosts_only(String host, int status)
      throws IOException {
    var port = startManaged().managementAddress().orElseThrow().getPort();
    assertThat(RawHttp.exchange(port, "GET /metrics HTTP/1.1\r\nHost: " + host))
        .startsWith("HTTP/1.1 " + status);
  }

  @Test
  void a_request_that_is_no_http_gets_an_error_in_json() throws IOException {
    var port = startManaged().managementAddress().orElseThrow().getPort();
    assertThat(RawHttp.exchange(port, "GET /%zz HTTP/1.1\r\nHost: localhost"))
        .startsWith("HTTP/1.1 400")
        .contains("application/json", "\"code\":\"BadRequest\"");
  }

  @Test
  void a_request_whose_header_does_not_end_is_cut_off() throws Exception {
    var port = startManaged().managementAddress().orElseThrow().getPort();
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(200);
      socket.getOutputStream().write("GET /info HTTP/1.1\r\nX: ".getBytes(US_ASCII));
      var isOpen = true;
      for (int sent = 0; isOpen && sent < 150; sent++) {
        try {
          socket.getOutputStream().write('x');
          isOpen = socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException silent) {
          // The listener still waits for the end of the header.
        } catch (IOException closed) {
          isOpen = false;
        }
      }
      assertThat(isOpen).isFalse();
    }
  }

  @Test
  void a_port_in_use_is_refused_and_the_business_port_is_free_again() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatExceptionOfType(UncheckedIOException.class)
          .isThrownBy(() ->
              SynchronizationServer.builder().management("127.0.0.1", taken.getLocalPort()).start())
          .withMessageContaining("" + taken.getLocalPort());
    }
  }

  @Test
  void the_settings_name_host_and_port() {
    var settings =
        Map.of(
            "STORAGE_CONNECTIONS_HTTP_PORT",
            "0",
            "STORAGE_CONNECTIONS_DATA_FOLDER",
            folder.toString(),
            "STORAGE_CONNECTIONS_MANAGEMENT_HOST",
            "localhost",
            "STORAGE_CONNECTIONS_MANAGEMENT_PORT",
            "0");
    var running = start(new ConfiguredComponents(Settings.read(settings, Set.of(), null)).server());
    assertThat(running.managementAddress().orElseThrow()).hasHost("localhost");
    assertThat(status(management(running) + "/health/ready")).isEqualTo(200);
  }

  @Test
  void readiness_names_every_component() {
    var running = start(SynchronizationServer.builder().openPlatform().management("127.0.0.1", 0));
    assertThat(RawHttp.get(management(running) + "/health/ready").body())
        .startsWith("{\"status\":\"ready\",\"components\":[")
        .contains(
            "{\"name\":\"server\",\"status\":\"up\",\"required\":true}",
            "{\"name\":\"database\",\"status\":\"up\",\"required\":true}",
            "{\"name\":\"local platform\",\"status\":\"up\",\"required\":true}",
            "{\"name\":\"blob folder\",\"status\":\"up\",\"required\":true}",
            "{\"name\":\"issuer keys\",\"status\":\"up\",\"required\":false}",
            "{\"name\":\"workers\",\"status\":\"up\",\"required\":false}");
  }

  @Test
  void a_missing_blob_folder_is_named_on_the_listener_only() throws IOException {
    var blobs = folder.resolve("blobs");
    var running =
        start(SynchronizationServer.builder().ownPlatform(blobs).management("127.0.0.1", 0));
    var away = folder.resolve("away");
    Files.move(blobs, away);
    try {
      var reasons = RawHttp.get(management(running) + "/health/ready");
      assertThat(reasons.statusCode()).isEqualTo(503);
      assertThat(reasons.body())
          .startsWith("{\"status\":\"not ready\"")
          .contains("{\"name\":\"database\",\"status\":\"up\",\"required\":true}")
          .containsPattern(
              "\\{\"name\":\"blob folder\",\"status\":\"down\",\"required\":true,"
                  + "\"reason\":\"[^\"]+\"\\}");
      var silent = RawHttp.get(running.address() + "/health/ready");
      assertThat(silent.statusCode()).isEqualTo(503);
      assertThat(silent.body())
          .isEqualTo(
              "{\"error\":{\"code\":\"ServiceUnavailable\",\"message\":\"The service is not"
                  + " available now. Try again later.\"}}");
      assertThat(status(management(running) + "/health/live")).isEqualTo(200);
    } finally {
      Files.move(away, blobs);
    }
    assertThat(status(management(running) + "/health/ready")).isEqualTo(200);
  }

  @Test
  void a_database_that_does_not_answer_is_named_and_the_metrics_are_served_all_the_same() {
    var database = Database.inMemory();
    var running =
        start(
            SynchronizationServer.builder()
                .dataSource(database.dataSource())
                .management("127.0.0.1", 0));
    assertThat(status(management(running) + "/health/ready")).isEqualTo(200);
    database.close();
    var answer = RawHttp.get(management(running) + "/health/ready");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body())
        .containsPattern(
            "\\{\"name\":\"database\",\"status\":\"down\",\"required\":true,"
                + "\"reason\":\"[^\"]+\"\\}");
    var metrics = RawHttp.get(management(running) + "/metrics");
    assertThat(metrics.statusCode()).isEqualTo(200);
    assertThat(metrics.body()).contains("storage_connections_runs_oldest_queued_age_seconds NaN");
    assertThat(RawHttp.get(management(running) + "/info").body())
        .contains("{\"tables\":\"connections\"}");
  }

  @Test
  void workers_that_do_not_reach_the_queue_are_reported() throws Exception {
    var database = Database.inMemory();
    var running =
        start(
            SynchronizationServer.builder()
                .dataSource(database.dataSource())
                .management("127.0.0.1", 0));
    database.close();
    Await.until(
        PATIENCE,
        "the workers are down",
        () ->
            RawHttp.get(management(running) + "/health/ready")
                .body()
                .contains(
                    "{\"name\":\"workers\",\"status\":\"down\",\"required\":false,"
                        + "\"reason\":\"the queue of runs does not answer\"}"));
  }

  @Test
  void an_issuer_that_does_not_answer_is_reported_and_the_node_stays_ready() {
    var running =
        start(
            SynchronizationServer.builder()
                .issuer(URI.create("http://127.0.0.1:1"))
                .management("127.0.0.1", 0));
    var ready = management(running) + "/health/ready";
    assertThat(RawHttp.get(ready).body())
        .contains(
            "{\"name\":\"issuer keys\",\"status\":\"unknown\",\"required\":false,"
                + "\"reason\":\"no token has arrived yet\"}");
    // A token whose form is right, so that the server looks for the key.
    var token = "eyJhbGciOiJSUzI1NiIsImtpZCI6ImEifQ.eyJzdWIiOiJhIn0.c2lnbmF0dXJl";
    var refused = new ApiClient(running.url().toString(), token).create("{}");
    assertThat(refused.statusCode()).isEqualTo(503);
    var answer = RawHttp.get(ready);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("{\"name\":\"issuer keys\",\"status\":\"down\",\"required\":false,\"reason\":\"");
  }

  @Test
  void an_itwin_platform_that_does_not_answer_is_reported_and_the_node_stays_ready() {
    var running =
        start(
            SynchronizationServer.builder()
                .platform(URI.create("http://127.0.0.1:1"), true, Duration.ZERO)
                .management("127.0.0.1", 0));
    var ready = management(running) + "/health/ready";
    assertThat(RawHttp.get(ready).body())
        .contains("{\"name\":\"iTwin Platform\",\"status\":\"unknown\"");
    var client =
        new ApiClient(running.url().toString(), running.developmentToken("someone").value());
    assertThat(client.create(ApiClient.DOCUMENTED_REQUEST).statusCode()).isEqualTo(503);
    var answer = RawHttp.get(ready);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("{\"name\":\"iTwin Platform\",\"status\":\"down\",\"required\":false");
  }

  @Test
  void while_the_server_stops_the_listener_says_so_and_is_closed_last() throws Exception {
    var attempted = new CountDownLatch(1);
    var released = new CountDownLatch(1);
    var running =
        start(
            SynchronizationServer.builder()
                .management("127.0.0.1", 0)
                .tokenVerifier(token -> {
                  attempted.countDown();
                  awaitQuietly(released);
                  return new Verification.Rejected(Verification.Reason.INVALID);
                }));
    var request =
        CompletableFuture.supplyAsync(
            () -> new ApiClient(running.url().toString(), "slow").create("{}").statusCode());
    attempted.await();
    var closing = new Thread(running::close);
    closing.start();
    try {
      Await.until(
          PATIENCE,
          "the listener says that the server stops",
          () -> status(management(running) + "/health/ready") == 503);
      assertThat(RawHttp.get(management(running) + "/health/ready").body())
          .contains(
              "{\"name\":\"server\",\"status\":\"down\",\"required\":true,\"reason\":\"the server"
                  + " stops\"}");
    } finally {
      released.countDown();
      closing.join();
    }
    assertThat(request.join()).isEqualTo(401);
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> status(management(running) + "/health/live"));
  }

  @Test
  void the_listener_says_that_the_server_starts_until_the_api_listens() {
    int port = FreePort.find();
    var ready = "http://127.0.0.1:" + port + "/health/ready";
    var whileStarting = new CompletableFuture<HttpResponse<String>>();
    var running =
        start(
            SynchronizationServer.builder()
                .management("127.0.0.1", port)
                .runExecution(workers -> whileStarting.complete(RawHttp.get(ready))));
    assertThat(whileStarting.join().statusCode()).isEqualTo(503);
    assertThat(whileStarting.join().body())
        .contains(
            "{\"name\":\"server\",\"status\":\"down\",\"required\":true,\"reason\":\"the server"
                + " starts\"}");
    assertThat(status(management(running) + "/health/ready")).isEqualTo(200);
  }

  @Test
  void a_port_that_another_process_takes_during_the_start_starts_no_workers() throws IOException {
    int port = FreePort.find();
    var startsWorkers = new AtomicBoolean();
    try (var other = new ServerSocket()) {
      other.setReuseAddress(true);
      var builder =
          SynchronizationServer.builder()
              .management("127.0.0.1", port)
              .connectors(scripts -> {
                listen(other, port);
                return type -> Optional.empty();
              })
              .runExecution(workers -> startsWorkers.set(true));
      assertThatExceptionOfType(UncheckedIOException.class)
          .isThrownBy(builder::start)
          .withMessageContaining("" + port);
    }
    assertThat(startsWorkers).isFalse();
  }

  /** Succeeds beside a socket that is bound, like the reservation of the server. */
  private static void listen(ServerSocket socket, int port) {
    try {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void information_names_version_migrations_and_profile() {
    var running = start(SynchronizationServer.builder().ownPlatform().management("127.0.0.1", 0));
    assertThat(RawHttp.get(management(running) + "/info").body())
        .containsPattern("\"version\":\"[^\"]+\"")
        .containsPattern("\\{\"tables\":\"connections\",\"applied\":[5-9],\"missing\":0\\}")
        .containsPattern("\\{\"tables\":\"local-platform\",\"applied\":[4-9],\"missing\":0\\}")
        .contains(
            "\"profile\":{\"directory\":\"own\",\"database\":\"h2-in-memory\","
                + "\"issuer\":\"development\",\"workers\":4}");
  }
}
