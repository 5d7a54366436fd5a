package io.storageconnections.bootstrap.jar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.storageconnections.bootstrap.fixture.ApiClient;
import io.storageconnections.bootstrap.fixture.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands of the jar, their exit codes, signals, and the data that survives a kill. */
final class JarIT {

  private static final Map<String, String> ANY_PORT = Map.of("STORAGE_CONNECTIONS_HTTP_PORT", "0");
  private static final Map<String, String> UNLIMITED =
      Map.of(
          "STORAGE_CONNECTIONS_HTTP_PORT",
          "0",
          "STORAGE_CONNECTIONS_RATE_LIMIT_REQUESTS_PER_MINUTE",
          "0");

  @TempDir private Path folder;
  @RegisterExtension final JarProcesses jars = new JarProcesses();

  private JarProcess run(Map<String, String> settings, String... arguments) throws IOException {
    // The tests expect an empty log.
    var withoutRequests = new HashMap<>(settings);
    withoutRequests.put("STORAGE_CONNECTIONS_LOG_REQUESTS", "false");
    return jars.add(JarProcess.run(folder, withoutRequests, arguments));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "serve --help",
        "token --help",
        "ready --help",
        "settings --help",
        "migrate --help",
        "rehearse --help"
      })
  void help_prints_the_usage(String arguments) throws Exception {
    var jar = run(Map.of(), arguments.split(" ", -1));
    assertThat(jar.exitCode()).isZero();
    assertThat(jar.out()).startsWith("Usage: storage-connections");
    assertThat(jar.err()).isEmpty();
  }

  @Test
  void version_prints_the_version() throws Exception {
    var jar = run(Map.of(), "--version");
    assertThat(jar.exitCode()).isZero();
    assertThat(jar.out()).matches("storage-connections [0-9]+\\.[0-9]+\\.[0-9]+\\S*\\R");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "dance", "serve --fast", "token --client", "serve --config"})
  void wrong_arguments_end_with_exit_code_2_and_no_stack_trace(String arguments) throws Exception {
    var jar = run(Map.of(), arguments.isEmpty() ? new String[0] : arguments.split(" ", -1));
    assertThat(jar.exitCode()).isEqualTo(2);
    assertThat(jar.out()).isEmpty();
    assertThat(jar.err()).isNotEmpty().contains("Usage:").doesNotContain("\tat ", "Exception");
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve", "token", "migrate"})
  void wrong_settings_are_all_listed_with_exit_code_2_and_no_stack_trace(String command)
      throws Exception {
    var jar =
        run(
            Map.of(
                "STORAGE_CONNECTIONS_HTTP_PORT", "eighty",
                "STORAGE_CONNECTIONS_HTTP_HOST", "0.0.0.0",
                "STORAGE_CONNECTIONS_DATABASE_URL", "sesame"),
            command,
            "--config",
            Files.writeString(folder.resolve("settings.properties"), "storage-connections.x=1\n")
                .toString());
    assertThat(jar.exitCode()).isEqualTo(2);
    assertThat(jar.err())
        .contains("HTTP_PORT must", "HTTP_HOST must", "DATABASE_URL must", "storage-connections.x")
        .doesNotContain("\tat ", "Exception", "sesame");
  }

  @Test
  void a_data_folder_in_use_by_another_server_ends_with_exit_code_1_and_no_stack_trace()
      throws Exception {
    run(ANY_PORT, "serve").url();
    var second = run(ANY_PORT, "serve");
    assertThat(second.exitCode()).isEqualTo(1);
    assertThat(second.err()).contains("already in use").doesNotContain("\tat ");
  }

  @Test
  void a_damaged_key_ends_with_exit_code_1_and_no_stack_trace() throws Exception {
    Files.createDirectory(folder.resolve("data"));
    Files.writeString(folder.resolve("data/development-issuer.jwk"), "garbage");
    var server = run(ANY_PORT, "serve");
    assertThat(server.exitCode()).isEqualTo(1);
    assertThat(server.err()).contains("damaged; delete the file").doesNotContain("\tat ");
  }

  @Test
  void migrate_runs_the_migrations_and_ends() throws Exception {
    var first = run(Map.of(), "migrate");
    assertThat(first.exitCode()).isZero();
    assertThat(first.out()).matches("Migrations run: [1-9][0-9]*\\R");
    var second = run(Map.of(), "migrate");
    assertThat(second.exitCode()).isZero();
    assertThat(second.out()).isEqualToIgnoringNewLines("Migrations run: 0");
  }

  @Test
  void rehearse_ends_and_leaves_no_files_behind() throws Exception {
    var trainingRun = run(Map.of(), "rehearse");
    assertThat(trainingRun.exitCode()).isZero();
    assertThat(trainingRun.out()).isEqualToIgnoringNewLines("Rehearsed");
    assertThat(trainingRun.err()).isEmpty();
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void the_request_that_serve_prints_succeeds_and_so_does_one_with_a_token_of_the_token_command()
      throws Exception {
    var server = run(ANY_PORT, "serve");
    var url = server.url();
    var example = JarProcess.EXAMPLE_REQUEST.matcher(server.out());
    assertThat(example.find()).isTrue();
    assertThat(example.group(1)).isEqualTo(url + ApiClient.PATH);
    var pasted = new ApiClient(url, example.group(2)).create(example.group(3));
    assertThat(pasted.statusCode()).isEqualTo(201);

    var token = run(Map.of("STORAGE_CONNECTIONS_PUBLIC_URL", url), "token");
    assertThat(token.exitCode()).isZero();
    var created = new ApiClient(url, token.out().strip()).create(ApiClient.DOCUMENTED_REQUEST);
    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(server.err()).isEmpty();
    assertThat(Files.getPosixFilePermissions(folder.resolve("data/development-issuer.jwk")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void token_refuses_port_0_because_the_url_of_the_issuer_is_unknown() throws Exception {
    var token = run(ANY_PORT, "token");
    assertThat(token.exitCode()).isEqualTo(2);
    assertThat(token.err()).contains("STORAGE_CONNECTIONS_PUBLIC_URL");
  }

  @Tag("long")
  @Test
  void every_acknowledged_connection_survives_a_kill() throws Exception {
    var seed = new Random().nextLong();
    var random = new Random(seed);
    for (int round = 0; round < JarProcess.kills(4); round++) {
      var acknowledged = new ConcurrentLinkedQueue<Acknowledged>();
      var server = run(UNLIMITED, "serve");
      var client = server.client();
      try (var threads = Executors.newFixedThreadPool(8)) {
        for (int i = 0; i < 8; i++) {
          threads.execute(() -> createUntilKilled(client, acknowledged));
        }
        var enough = 1 + random.nextInt(300);
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (acknowledged.size() < enough && System.nanoTime() < deadline) {
          TimeUnit.MILLISECONDS.sleep(1);
        }
        server.kill();
      }
      var after = run(UNLIMITED, "serve");
      var reader = after.client();
      assertThat(acknowledged).as("seed %d, round %d", seed, round).isNotEmpty();
      for (var one : acknowledged) {
        var found = reader.get(reader.url() + ApiClient.PATH + "/" + one.id());
        assertThat(found.statusCode()).as("seed %d, round %d: %s", seed, round, one).isEqualTo(200);
      }
      var last = List.copyOf(acknowledged).getLast();
      assertThat(reader.create(last.request()).statusCode()).isEqualTo(409);
      after.kill();
    }
  }

  private record Acknowledged(String id, String request) {}

  private static void createUntilKilled(ApiClient client, ConcurrentLinkedQueue<Acknowledged> all) {
    // Bounded, in case the kill fails.
    for (int i = 0; i < 10_000; i++) {
      var request =
          ApiClient.DOCUMENTED_REQUEST.replace(
              "7dbd531d-6967-47b2-8945-a722a437ad7a", UUID.randomUUID().toString());
      try {
        var answer = client.create(request);
        if (answer.statusCode() == 201) {
          var location = answer.headers().firstValue("Location").orElseThrow();
          all.add(new Acknowledged(location.replaceAll(".*/", ""), request));
        }
      } catch (UncheckedIOException killed) {
        return;
      }
    }
  }

  @Test
  void after_sigterm_the_server_answers_a_request_in_progress_and_accepts_no_other()
      throws Exception {
    var server = run(ANY_PORT, "serve");
    var client = server.client();
    var url = URI.create(client.url());
    var body = ApiClient.DOCUMENTED_REQUEST.getBytes(UTF_8);
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort())) {
      socket.setSoTimeout(60_000);
      var out = socket.getOutputStream();
      out.write(
          """
          POST %s HTTP/1.1\r
          Host: x\r
          Authorization: Bearer %s\r
          Content-Length: %d\r
          Expect: 100-continue\r
          \r
          """
              .formatted(ApiClient.PATH, client.token(), body.length)
              .getBytes(UTF_8));
      out.flush();
      // This answer shows that the request is in progress.
      var in = socket.getInputStream();
      var expected = "HTTP/1.1 100 Continue\r\n\r\n";
      assertThat(new String(in.readNBytes(expected.length()), UTF_8)).isEqualTo(expected);
      out.write(body, 0, 10);
      out.flush();
      var terminated = System.nanoTime();
      server.terminate();
      awaitRefusal(url);
      // Longer than Jetty alone would wait for this connection.
      TimeUnit.MILLISECONDS.sleep(1500);
      // The server waits 10 s at most; a slower test would prove nothing.
      Assumptions.assumeTrue(System.nanoTime() - terminated < TimeUnit.SECONDS.toNanos(8));
      assertThat(server.isAlive()).isTrue();
      out.write(body, 10, body.length - 10);
      out.flush();
      var answer = new String(in.readAllBytes(), UTF_8);
      assertThat(answer)
          .startsWith("HTTP/1.1 201 Created\r\n")
          .containsIgnoringCase("Connection: close\r\n");
    }
    assertThat(server.exitCode()).isZero();
    assertThat(server.err()).doesNotContain("\tat ");

    var after = run(ANY_PORT, "serve").client();
    assertThat(after.create(ApiClient.DOCUMENTED_REQUEST).statusCode()).isEqualTo(409);
  }

  @Test
  void after_sigterm_a_server_ends_although_another_build_has_overwritten_its_jar()
      throws Exception {
    var built = Path.of(System.getProperty("jar.file"));
    var jar = Files.copy(built, folder.resolve("copy.jar"));
    var server = jars.add(JarProcess.runJar(jar, folder, ANY_PORT, "serve"));
    var client = server.client();
    assertThat(client.create(ApiClient.DOCUMENTED_REQUEST).statusCode()).isEqualTo(201);
    // The same classes at other places in the same file, as after scp or a build.
    try (var from = new ZipInputStream(Files.newInputStream(built));
        var to = new ZipOutputStream(Files.newOutputStream(jar))) {
      to.setLevel(Deflater.NO_COMPRESSION);
      to.putNextEntry(new ZipEntry("first"));
      to.write(new byte[1000]);
      for (var entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
        to.putNextEntry(new ZipEntry(entry.getName()));
        from.transferTo(to);
      }
    }
    server.terminate();
    // 1, because not every part of the server finds its classes.
    assertThat(server.exitCode()).isEqualTo(1);
    assertThat(server.err()).contains("did not close");
  }

  @Test
  void ready_tells_whether_the_server_of_the_same_settings_is_ready() throws Exception {
    var settings = Map.of("STORAGE_CONNECTIONS_HTTP_PORT", "" + FreePort.find());
    var before = run(settings, "ready");
    assertThat(before.exitCode()).isEqualTo(1);
    assertThat(before.err()).startsWith("Not ready: http://127.0.0.1:").contains("be reached");

    var server = run(settings, "serve");
    var waiting = run(settings, "ready", "--timeout", "100", "--pid", "" + server.pid());
    assertThat(waiting.exitCode()).isZero();
    assertThat(waiting.out()).startsWith("Ready: http://127.0.0.1:");
  }

  @Test
  void ready_needs_no_file_of_a_secret_which_only_the_server_may_read() throws Exception {
    var port = "" + FreePort.find();
    var server = run(Map.of("STORAGE_CONNECTIONS_HTTP_PORT", port), "serve");
    assertThat(server.url()).isNotNull();
    var settings =
        Map.of(
            "STORAGE_CONNECTIONS_HTTP_PORT",
            port,
            "STORAGE_CONNECTIONS_DATABASE_PASSWORD_FILE",
            folder.resolve("none").toString());
    var ready = run(settings, "ready", "--timeout", "100", "--pid", "" + server.pid());
    assertThat(ready.exitCode()).as(ready.err()).isZero();
  }

  @Test
  void ready_does_not_wait_for_a_process_that_has_ended() throws Exception {
    var settings = Map.of("STORAGE_CONNECTIONS_HTTP_PORT", "" + FreePort.find());
    var ended = run(ANY_PORT, "--version");
    assertThat(ended.exitCode()).isZero();
    var waiting = run(settings, "ready", "--timeout", "3600", "--pid", "" + ended.pid());
    assertThat(waiting.exitCode()).isEqualTo(1);
    assertThat(waiting.err()).contains("process " + ended.pid() + " has ended");
  }

  @Test
  void settings_prints_a_file_that_the_server_accepts() throws Exception {
    var printed = run(Map.of(), "settings");
    assertThat(printed.exitCode()).isZero();
    var file = Files.writeString(folder.resolve("settings.properties"), printed.out());
    assertThat(run(Map.of(), "token", "--config", file.toString()).exitCode()).isZero();
  }

  @Test
  void after_sigterm_or_sigint_an_idle_server_ends_with_exit_code_0_and_logs_nothing()
      throws Exception {
    var terminated = run(ANY_PORT, "serve");
    var client = terminated.client();
    // A connection that the client keeps open does not delay the end.
    assertThat(client.create(ApiClient.DOCUMENTED_REQUEST).statusCode()).isEqualTo(201);
    terminated.terminate();
    assertThat(terminated.exitCode()).isZero();
    assertThat(terminated.err()).isEmpty();

    var interrupted = run(ANY_PORT, "serve");
    interrupted.url();
    assumeFalse(interrupted.ignoresInterrupts());
    interrupted.interrupt();
    assertThat(interrupted.exitCode()).isZero();
    assertThat(interrupted.err()).isEmpty();
  }

  @Test
  void the_server_closes_a_connection_after_the_idle_timeout() throws Exception {
    var server =
        run(
            Map.of(
                "STORAGE_CONNECTIONS_HTTP_PORT", "0",
                "STORAGE_CONNECTIONS_HTTP_IDLE_TIMEOUT", "500ms"),
            "serve");
    try (var socket = connection(server.url())) {
      assertThat(answer(socket, "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n"))
          .startsWith("HTTP/1.1 200 ")
          .doesNotContainIgnoringCase("Connection: close")
          .endsWith("{\"status\":\"live\"}");
    }
  }

  @Test
  void headers_that_are_too_long_or_not_understood_get_the_documented_error_body()
      throws Exception {
    var server = run(ANY_PORT, "serve");
    var url = server.url();
    var get = "GET " + ApiClient.PATH + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";
    var form = "grant_type=client_credentials&client_id=me";
    var post =
        "POST /connect/token HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
            + form.length()
            + "\r\nContent-Type: application/x-www-form-urlencoded";
    try (var judged = connection(url);
        var tooLong = connection(url);
        var unknown = connection(url)) {
      assertThat(answer(judged, get + bearer(16_384) + "\r\n"))
          .startsWith("HTTP/1.1 401 ")
          .contains("\"code\":\"Unauthorized\"");
      assertThat(answer(tooLong, get + bearer(24 * 1024) + "\r\n"))
          .startsWith("HTTP/1.1 431 ")
          .containsIgnoringCase("Access-Control-Allow-Origin: *\r\n")
          .containsIgnoringCase("x-correlation-id: ")
          .contains("{\"error\":{\"code\":\"RequestHeaderFieldsTooLarge\"");
      assertThat(answer(unknown, post + "; charset=nope\r\n\r\n" + form))
          .startsWith("HTTP/1.1 415 ")
          .contains("charset");
    }
    assertThat(server.err()).isEmpty();
  }

  private static String bearer(int length) {
    return "Authorization: Bearer " + "x".repeat(length) + "\r\n";
  }

  private static Socket connection(String url) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), URI.create(url).getPort());
    socket.setSoTimeout(60_000);
    return socket;
  }

  /** Returns everything that the server sends until it closes the connection. */
  private static String answer(Socket socket, String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(UTF_8));
    socket.getOutputStream().flush();
    return new String(socket.getInputStream().readAllBytes(), UTF_8);
  }

  private static void awaitRefusal(URI url) throws InterruptedException {
    for (int i = 0; i < 3_000; i++) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort())) {
        assertThat(socket.isConnected()).isTrue();
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (ConnectException refused) {
        return;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    throw new AssertionError("the server still accepts connections");
  }
}
