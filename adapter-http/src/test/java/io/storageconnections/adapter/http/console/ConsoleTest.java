package io.storageconnections.adapter.http.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.adapter.http.ConsoleOrigin;
import io.storageconnections.adapter.http.ConsoleRoutes;
import io.storageconnections.adapter.http.TestServer;
import io.storageconnections.adapter.http.link.Links;
import io.storageconnections.adapter.http.port.AnsweredRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The console as an HTTP client sees it. */
final class ConsoleTest {

  private static final String CHROME =
      "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,"
          + "*/*;q=0.8,application/signed-exchange;v=b3;q=0.7";

  private static final TestServer SERVER =
      TestServer.with(
          ConsoleRoutes.builder(Links.at("https://sync.example.org"), "1.2.3")
              .issuer(URI.create("https://ims.example.org:8443/realm"), "console")
              .platform(URI.create("https://api.example.org"))
              .origins(List.of(ConsoleOrigin.parse("https://uploads.example.org/")))
              .build());

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @BeforeEach
  void forgetRequests() {
    SERVER.answered.clear();
  }

  private static HttpResponse<byte[]> send(String method, String path, String... headers) {
    try {
      var request =
          HttpRequest.newBuilder(SERVER.at(path))
              .method(method, HttpRequest.BodyPublishers.noBody());
      return CLIENT.send(
          (headers.length == 0 ? request : request.headers(headers)).build(),
          BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static HttpResponse<byte[]> get(String path, String... headers) {
    return send("GET", path, headers);
  }

  /** Sends the path as it is; an HTTP client would remove dots from it. */
  private static String raw(String path) throws IOException {
    return SERVER.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  }

  private static Optional<String> header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name);
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), UTF_8);
  }

  private static AnsweredRequest answered() throws InterruptedException {
    return Objects.requireNonNull(SERVER.answered.poll(30, TimeUnit.SECONDS));
  }

  // ---- the root ---------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        CHROME,
        // Firefox, Safari, Edge in its mode for old sites.
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "text/html, application/xhtml+xml, image/jxr, */*",
        "TEXT/HTML",
        "application/json;q=0.9, text/html;q=0.1",
        "text/html;level=1; q=0.5"
      })
  void a_browser_that_opens_the_root_is_sent_to_the_console(String accept) {
    for (var method : List.of("GET", "HEAD")) {
      var answer = send(method, "/", "Accept", accept);
      assertThat(answer.statusCode()).isEqualTo(302);
      assertThat(header(answer, "Location")).contains("/console");
      assertThat(answer.headers().allValues("Vary")).contains("Accept");
      assertThat(answer.body()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*/*",
        "application/json",
        "text/*",
        "text/html;q=0",
        "text/html;q=0.0, */*",
        "text/htmlx",
        "application/xhtml+xml",
        ""
      })
  void other_requests_of_the_root_get_the_error_that_the_path_does_not_exist(String accept) {
    var answer = get("/", "Accept", accept);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(text(answer)).startsWith("{\"error\":{");
    assertThat(answer.headers().allValues("Vary")).contains("Accept");
    assertThat(send("HEAD", "/", "Accept", accept).statusCode()).isEqualTo(404);
  }

  @Test
  void a_request_of_the_root_without_accept_gets_the_same_error() throws IOException {
    assertThat(raw("/")).startsWith("HTTP/1.1 404 ").contains("{\"error\":{");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE"})
  void a_change_of_the_root_gets_the_same_error(String method) {
    assertThat(send(method, "/", "Accept", CHROME).statusCode()).isEqualTo(404);
  }

  @Test
  void a_server_without_a_console_knows_neither_path() {
    try (var server = TestServer.start()) {
      for (var path : List.of("/", "/console", "/console/app.js")) {
        var answer = server.send(server.request(path).header("Accept", CHROME));
        assertThat(answer.statusCode()).isEqualTo(404);
      }
    }
  }

  // ---- files ------------------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource({
    "/console,                    text/html,        <!doctype html>",
    "/console/,                   text/html,        <!doctype html>",
    "/console/app.js,             text/javascript,  import ",
    "/console/lib/preact.js,      text/javascript,  as createElement",
    "/console/lib/hooks.js,       text/javascript,  'from\"./preact.js\"'",
    "/console/lib/htm.js,         text/javascript,  export default",
    "/console/configuration.json, application/json, '\"scope\":'",
  })
  void files_are_served_without_a_token(String path, String type, String content) {
    var answer = get(path);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Content-Type").orElse("").replaceFirst(";.*", "")).isEqualTo(type);
    assertThat(text(answer)).contains(content).doesNotContain("sourceMappingURL");
    assertThat(header(answer, "Cache-Control")).contains("no-cache");
    assertThat(header(answer, "Set-Cookie")).isEmpty();

    var head = send("HEAD", path);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(header(head, "ETag")).isEqualTo(header(answer, "ETag")).isPresent();
    assertThat(header(head, "Content-Security-Policy"))
        .isEqualTo(header(answer, "Content-Security-Policy"));

    var unchanged = get(path, "If-None-Match", header(answer, "ETag").orElseThrow());
    assertThat(unchanged.statusCode()).isEqualTo(304);
    assertThat(unchanged.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/console",
        "/console/app.js",
        "/console/lib/htm.js",
        "/console/configuration.json"
      })
  void every_file_tells_the_browser_what_it_may_load_and_call(String path) {
    for (var answer : List.of(get(path), send("HEAD", path))) {
      assertThat(answer.headers().allValues("Content-Security-Policy"))
          .containsExactly(
              "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                  + " connect-src 'self' https://ims.example.org:8443"
                  + " https://api.example.org https://sync.example.org"
                  + " https://uploads.example.org; base-uri 'none'; form-action 'none';"
                  + " frame-ancestors 'none'; object-src 'none'; require-trusted-types-for"
                  + " 'script'; trusted-types 'none'");
      assertThat(header(answer, "X-Content-Type-Options")).contains("nosniff");
      assertThat(header(answer, "Referrer-Policy")).contains("no-referrer");
      assertThat(header(answer, "Cross-Origin-Opener-Policy")).contains("same-origin");
      assertThat(header(answer, "Access-Control-Allow-Origin")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/console/index.html",
        "/console/unknown.js",
        "/console/App.js",
        "/console/app.js/x",
        "/console/app.JS",
        "/console/app",
        "/console/.js",
        "/console/lib",
        "/console/lib/",
        "/console/lib/preact.module.js",
        "/console/ConsoleEndpoints.class",
        "/console/lib//preact.js",
        "/console//app.js",
        "/console/package-info.class"
      })
  void other_names_do_not_exist(String path) {
    var answer = get(path);
    assertThat(answer.statusCode()).as(path).isIn(400, 404);
    assertThat(text(answer)).startsWith("{\"error\":{");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/console/../docs-init.js",
        "/console/../docs.html",
        "/console/%2e%2e/docs-init.js",
        "/console/%2E%2E/docs-init.js",
        "/console/..%2fdocs-init.js",
        "/console/..%5cdocs-init.js",
        "/console/lib/../../docs-init.js",
        "/console/lib/%2e%2e/%2e%2e/docs-init.js",
        "/console/lib/..;/app.js",
        "/console/..;/docs-init.js",
        "/console/%252e%252e/docs-init.js",
        "/console/%00app.js",
        "/console/app.js%00.css",
        "//console/../../docs-init.js",
        "/console/../../../../../../etc/passwd"
      })
  void a_name_cannot_leave_the_folder(String path) throws IOException {
    assertThat(raw(path)).as(path).matches("(?s)HTTP/1.1 (400|404) .*").contains("{\"error\":{");
  }

  /** Such a path is the other path, and its answer is not one of the console. */
  @Test
  void a_path_with_dots_is_the_path_without_them() throws IOException {
    var answer = raw("/console/../openapi.yaml");
    assertThat(answer)
        .matches("(?s)HTTP/1.1 (200|400|404) .*")
        .doesNotContain("require-trusted-types-for");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE"})
  void only_reading_is_possible(String method) {
    for (var path : List.of("/console", "/console/configuration.json", "/console/app.js")) {
      var answer = send(method, path);
      assertThat(answer.statusCode()).isEqualTo(405);
      assertThat(header(answer, "Allow").orElse("").toUpperCase(Locale.ROOT)).contains("GET");
    }
  }

  // ---- compression ------------------------------------------------------------------------------

  @Test
  void a_file_of_4_KiB_is_compressed_if_the_client_accepts_it() throws IOException {
    var path = "/console/lib/preact.js";
    var plain = get(path);
    assertThat(plain.body()).hasSizeGreaterThan(4096);
    assertThat(header(plain, "Content-Encoding")).isEmpty();

    var compressed = get(path, "Accept-Encoding", "gzip, deflate, br, zstd");
    assertThat(header(compressed, "Content-Encoding")).contains("gzip");
    assertThat(String.join(", ", compressed.headers().allValues("Vary")))
        .contains("Accept-Encoding");
    assertThat(header(compressed, "ETag")).isEqualTo(header(plain, "ETag"));
    assertThat(compressed.body().length).isLessThan(plain.body().length / 2);
    try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(compressed.body()))) {
      assertThat(unpacked.readAllBytes()).isEqualTo(plain.body());
    }
  }

  @Test
  void a_browser_loads_at_most_150_KiB_and_only_files_of_the_console() {
    var loaded = new LoadedPage(path -> get(path, "Accept-Encoding", "gzip")).load("/console");
    assertThat(loaded.keySet())
        .contains("/console", "/console/app.js", "/console/lib/preact.js")
        .allMatch(path -> path.startsWith("/console"));
    assertThat(loaded.values().stream().mapToInt(Integer::intValue).sum())
        .as("bytes of each file: %s", loaded)
        .isLessThanOrEqualTo(150 * 1024);
  }

  // ---- observers --------------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource({
    "/,                                200 302, /",
    "/console,                         200,     /console",
    "/console/configuration.json,      200,     /console/configuration.json",
    "/console/app.js,                  200,     /console/<file>",
    "/console/lib/preact.js,           200,     /console/<file>",
    "/console/does-not-exist-17.js,    404,     /console/<file>",
    "/console/a/b/c/d/e,               404,     /console/<file>",
  })
  void observers_see_a_template_and_not_the_name_of_a_file(
      String path, String statuses, String route) throws InterruptedException {
    get(path, "Accept", CHROME);
    var answered = answered();
    assertThat(answered.route()).isEqualTo(route);
    assertThat(statuses).contains(String.valueOf(answered.status()));
  }
}
