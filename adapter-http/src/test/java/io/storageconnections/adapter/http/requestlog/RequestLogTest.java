package io.storageconnections.adapter.http.requestlog;

import static io.storageconnections.adapter.http.TestServer.CONNECTIONS;
import static io.storageconnections.adapter.http.fixture.LogClient.LOG;
import static io.storageconnections.adapter.http.fixture.Wire.golden;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import io.storageconnections.adapter.http.ApiFixtures;
import io.storageconnections.adapter.http.BoundSocket;
import io.storageconnections.adapter.http.TestServer;
import io.storageconnections.adapter.http.fixture.LogClient;
import io.storageconnections.adapter.http.fixture.StorageRoutes;
import io.storageconnections.adapter.http.fixture.TestIssuer;
import io.storageconnections.adapter.http.ratelimit.RateLimit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The log shows what was sent, within its limits. */
final class RequestLogTest {

  private static final int BODY_MAX = 16 * 1024;
  private static final int CONTENT_BYTES = 300_000;
  private static final String TOKEN = "AQ" + "k7".repeat(59);

  private final TestServer server =
      TestServer.withDevelopmentRoutes(
          BoundSocket.on("127.0.0.1", 0),
          new TestIssuer(),
          new RateLimit(0, TimeMeter.SYSTEM_NANOTIME),
          List.of(new StorageRoutes(TOKEN, CONTENT_BYTES)),
          List.of());

  private final LogClient client = new LogClient(server);

  @AfterEach
  void stop() {
    client.close();
  }

  // ---- what an entry says -----------------------------------------------------------------------

  @Test
  void entry_has_the_request_and_its_answer() {
    var before = Instant.now().minusSeconds(1);
    var answer =
        server.send(
            server
                .authorized(CONNECTIONS + "?x=1&y=a%20b")
                .header("X-Correlation-Id", "mine-1")
                .POST(BodyPublishers.ofString(golden("create-request"))));
    var entries = client.entries();
    assertThat(entries).hasSize(1);
    var entry = entries.getFirst();
    assertThat(Instant.parse(text(entry, "at"))).isBetween(before, Instant.now());
    assertThat(entry.get("durationMillis").longValue()).isBetween(0L, 60_000L);
    assertThat(text(entry, "correlationId")).isEqualTo("mine-1");
    assertThat(text(entry, "method")).isEqualTo("POST");
    assertThat(text(entry, "path")).isEqualTo(CONNECTIONS);
    assertThat(text(entry, "query")).isEqualTo("x=1&y=a%20b");
    assertThat(text(entry, "route")).isEqualTo(CONNECTIONS);
    assertThat(text(entry, "client")).isEqualTo("client");
    assertThat(text(entry, "subject")).isEqualTo("client");
    assertThat(entry.get("status").intValue()).isEqualTo(201);
    assertThat(text(entry, "requestBody")).isEqualTo(golden("create-request"));
    assertThat(entry.get("requestBodyBytes").intValue())
        .isEqualTo(golden("create-request").getBytes(UTF_8).length);
    assertThat(text(entry, "responseBody")).isEqualTo(answer.body());
    assertThat(entry.get("responseBodyBytes").intValue()).isEqualTo(answer.body().length());
    assertThat(entry.at("/requestHeaders/authorization/0").stringValue())
        .isEqualTo("Bearer [redacted]");
    assertThat(entry.at("/responseHeaders/location/0").stringValue())
        .isEqualTo(answer.headers().firstValue("Location").orElseThrow());
    assertThat(entry.at("/responseHeaders/x-correlation-id/0").stringValue()).isEqualTo("mine-1");
    assertThat(entry.get("truncated").booleanValue()).isFalse();
  }

  @Test
  void newest_request_is_first_and_requests_of_the_log_are_missing() {
    for (var path : List.of("/one", "/two", "/three")) {
      client.send(server.request(path));
      client.send(server.request("/development/nowhere"));
      client.send(server.request("/Development/requests"));
    }
    assertThat(client.entries())
        .extracting(entry -> text(entry, "path"))
        .containsExactly("/three", "/two", "/one");
  }

  @Test
  void route_has_its_parameters_and_refused_requests_have_no_route() {
    client.send(server.authorized(CONNECTIONS + "/" + ApiFixtures.UNKNOWN_ID));
    client.send(server.request("/nowhere"));
    client.send(server.authorized(CONNECTIONS).method("OPTIONS", BodyPublishers.noBody()));
    client.send(server.request(CONNECTIONS).header("Authorization", "Bearer bad"));
    var entries = client.entries();
    assertThat(entries)
        .extracting(entry -> entry.get("status").intValue())
        .containsExactly(401, 405, 404, 404);
    assertThat(entries.stream().map(entry -> entry.get("route").asString("null")))
        .containsExactly(CONNECTIONS, "null", "null", CONNECTIONS + "/{connectionId}");
    assertThat(entries.get(0).get("client").isNull()).isTrue();
    assertThat(text(entries.get(1), "method")).isEqualTo("OPTIONS");
  }

  @Test
  void head_has_no_body_of_the_answer() {
    for (var path : List.of("/openapi.json", "/storage/content/" + TOKEN)) {
      client.send(server.request(path).method("HEAD", BodyPublishers.noBody()));
      var entry = client.entries().getFirst();
      assertThat(text(entry, "method")).isEqualTo("HEAD");
      assertThat(entry.get("status").intValue()).isEqualTo(200);
      assertThat(entry.get("responseBody").isNull()).isTrue();
      assertThat(entry.get("responseBodyBytes").intValue()).isZero();
    }
  }

  @Test
  void text_of_clients_is_data() {
    client.send(
        server
            .request("/nowhere?%3Cscript%3E")
            .header("X-Html", "<script>alert(1)</script>")
            .POST(BodyPublishers.ofString("<script>")));
    var answer = server.send(server.request(LOG));
    assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/json");
    assertThat(answer.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
    assertThat(client.entries().getFirst().at("/requestHeaders/x-html/0").stringValue())
        .isEqualTo("<script>alert(1)</script>");
  }

  @Test
  void filters_apply_together() {
    client.send(server.authorized(CONNECTIONS + "?imodelId=" + ApiFixtures.IMODEL));
    client.send(
        server
            .request(CONNECTIONS + "?imodelId=" + ApiFixtures.IMODEL)
            .header("Authorization", "Bearer good-other"));
    client.send(server.request(CONNECTIONS));
    client.send(server.request("/nowhere").DELETE());
    assertThat(client.entries("?method=get")).hasSize(3);
    assertThat(client.entries("?method=DELETE")).hasSize(1);
    assertThat(client.entries("?path=/Synchronization/")).hasSize(3);
    assertThat(client.entries("?status=200")).hasSize(2);
    assertThat(client.entries("?client=other")).hasSize(1);
    assertThat(client.entries("?client=other&status=401")).isEmpty();
    assertThat(client.send(server.request(LOG + "?client=&status=")).body())
        .contains("/nowhere", CONNECTIONS);
    assertThat(client.send(server.request(LOG + "?status=4xx")).body())
        .contains("status must be a number such as 404");
    assertThat(server.send(server.request(LOG + "?status=200&status=404")).statusCode())
        .isEqualTo(400);
    assertThat(client.send(server.request(LOG + "?path=%C3")).statusCode()).isEqualTo(400);
  }

  @Test
  void delete_empties_the_log() {
    client.send(server.request("/nowhere"));
    assertThat(client.entries()).hasSize(1);
    assertThat(server.send(server.request(LOG).DELETE()).statusCode()).isEqualTo(204);
    assertThat(client.entries()).isEmpty();
    client.send(server.request("/nowhere"));
    assertThat(client.entries()).hasSize(1);
  }

  @Test
  void malformed_requests_do_not_disturb_the_log() throws IOException {
    server.raw("GET /a%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    server.raw("GET / HTTP/9.9\r\n\r\n");
    server.raw("nonsense\r\n\r\n");
    client.send(server.request("/after"));
    assertThat(text(client.entries().getFirst(), "path")).isEqualTo("/after");
  }

  // ---- bodies -----------------------------------------------------------------------------------

  @Test
  void body_is_cut_at_16_kib() {
    var words = "word ".repeat(10_000);
    client.send(echo("text/plain", words.getBytes(UTF_8)));
    var entry = client.entries().getFirst();
    for (var side : List.of("request", "response")) {
      assertThat(text(entry, side + "Body")).hasSizeBetween(BODY_MAX - 5, BODY_MAX);
      assertThat(words).startsWith(text(entry, side + "Body"));
    }
    assertThat(entry.get("requestBodyBytes").intValue()).isEqualTo(words.length());
    assertThat(entry.get("truncated").booleanValue()).isTrue();
  }

  @Test
  void body_of_exactly_16_kib_is_shown_whole() {
    var text = "word".repeat(BODY_MAX / 4);
    client.send(echo("text/plain", text.getBytes(UTF_8)));
    var entry = client.entries().getFirst();
    assertThat(text(entry, "requestBody")).isEqualTo(text);
    assertThat(text(entry, "responseBody")).isEqualTo(text);
    assertThat(entry.get("truncated").booleanValue()).isFalse();
  }

  @Test
  void cut_between_the_bytes_of_a_character_leaves_text() {
    var text = " " + "ü ".repeat(10_000);
    client.send(echo("text/plain", text.getBytes(UTF_8)));
    var shown = text(client.entries().getFirst(), "requestBody");
    assertThat(text).startsWith(shown);
    assertThat(shown.length()).isGreaterThan(10_000);
  }

  @Test
  void compressed_answer_is_shown_as_text() {
    var words = "a long answer ".repeat(1_000);
    client.send(echo("text/plain", words.getBytes(UTF_8)).header("Accept-Encoding", "gzip"));
    var entry = client.entries().getFirst();
    assertThat(entry.at("/responseHeaders/content-encoding/0").stringValue()).isEqualTo("gzip");
    assertThat(text(entry, "responseBody")).isEqualTo(words);
    assertThat(entry.get("responseBodyBytes").intValue()).isLessThan(1_000);
    assertThat(entry.get("truncated").booleanValue()).isFalse();
  }

  @Test
  void compressed_answer_is_cut_at_16_kib_of_text() {
    var words = "a long answer ".repeat(100_000);
    client.send(echo("text/plain", words.getBytes(UTF_8)).header("Accept-Encoding", "gzip"));
    var entry = client.entries().getFirst();
    assertThat(text(entry, "responseBody")).hasSizeBetween(BODY_MAX - 14, BODY_MAX);
    assertThat(entry.get("truncated").booleanValue()).isTrue();
  }

  @Test
  void binary_bodies_uploads_and_downloads_are_described_by_their_size() {
    var bytes = new byte[3_000];
    client.send(echo("application/json", bytes));
    assertSizeOnly(3_000, 3_000);
    client.send(echo("application/json", "caf\u00e9".getBytes(ISO_8859_1)));
    assertSizeOnly(4, 4);
    client.send(echo("multipart/form-data; boundary=x", "--x".getBytes(UTF_8)));
    assertSizeOnly(3, 3);
    client.send(
        server
            .request("/Storage/content/" + TOKEN)
            .PUT(BodyPublishers.ofString("text".repeat(1_000_000))));
    assertSizeOnly(4_000_000, 0);
    client.send(server.request("/storage/content/" + TOKEN));
    assertSizeOnly(0, CONTENT_BYTES);
  }

  private void assertSizeOnly(int requestBytes, int responseBytes) {
    var entry = client.entries().getFirst();
    assertThat(entry.get("requestBodyBytes").intValue()).isEqualTo(requestBytes);
    assertThat(entry.get("responseBodyBytes").intValue()).isEqualTo(responseBytes);
    assertThat(entry.get("requestBody").isNull()).isTrue();
    assertThat(entry.get("responseBody").isNull()).isTrue();
    assertThat(entry.get("truncated").booleanValue()).isFalse();
  }

  @Test
  void body_that_the_server_does_not_read_is_not_shown() {
    client.send(server.request(CONNECTIONS).POST(BodyPublishers.ofString("{}")));
    var entry = client.entries().getFirst();
    assertThat(entry.get("status").intValue()).isEqualTo(401);
    assertThat(entry.get("requestBody").isNull()).isTrue();
    assertThat(entry.get("requestBodyBytes").intValue()).isZero();
  }

  @Test
  void request_without_an_end_does_not_delay_the_log() throws IOException {
    try (var slow = new Socket(InetAddress.getLoopbackAddress(), server.at("").getPort())) {
      slow.getOutputStream()
          .write(
              "POST /storage/echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf"
                  .getBytes(UTF_8));
      slow.getOutputStream().flush();
      client.send(server.request("/other"));
      assertThat(client.entries())
          .extracting(entry -> text(entry, "path"))
          .containsExactly("/other");
    }
  }

  // ---- limits -----------------------------------------------------------------------------------

  @Test
  void log_keeps_1000_requests() {
    for (int i = 0; i < 1_010; i++) {
      client.send(server.request("/number-" + i));
    }
    assertThat(client.entries())
        .extracting(entry -> text(entry, "path"))
        .containsExactlyElementsOf(
            IntStream.rangeClosed(10, 1_009).mapToObj(i -> "/number-" + i).toList().reversed());
  }

  @Test
  void log_keeps_8_mib() {
    var body = "word ".repeat(BODY_MAX / 5).getBytes(UTF_8);
    for (int i = 0; i < 300; i++) {
      client.send(server.request("/storage/echo?" + i).POST(BodyPublishers.ofByteArray(body)));
    }
    var entries = client.entries();
    assertThat(text(entries.getFirst(), "query")).isEqualTo("299");
    var bytes =
        entries.stream()
            .mapToLong(
                entry -> text(entry, "requestBody").length() + text(entry, "responseBody").length())
            .sum();
    assertThat(bytes).isBetween(7L * 1024 * 1024, 8L * 1024 * 1024);
    assertThat(entries)
        .extracting(entry -> Integer.parseInt(text(entry, "query")))
        .isEqualTo(IntStream.rangeClosed(300 - entries.size(), 299).boxed().toList().reversed());
  }

  @Test
  void concurrent_requests_are_all_recorded_while_the_log_is_read()
      throws ExecutionException, InterruptedException {
    var expected = new HashSet<String>();
    try (var threads = Executors.newFixedThreadPool(9)) {
      var results = new ArrayList<Future<?>>();
      for (int thread = 0; thread < 8; thread++) {
        var prefix = "/thread-" + thread + "-";
        IntStream.range(0, 100).forEach(i -> expected.add(prefix + i));
        results.add(
            threads.submit(() ->
                IntStream.range(0, 100)
                    .forEach(i ->
                        client.send(
                            server
                                .request(prefix + i)
                                .POST(BodyPublishers.ofString("body of " + prefix + i))))));
      }
      results.add(threads.submit(() -> IntStream.range(0, 20).forEach(i -> client.entries())));
      for (var result : results) {
        result.get();
      }
    }
    assertThat(client.entries())
        .extracting(entry -> text(entry, "path"))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  private HttpRequest.Builder echo(String type, byte[] body) {
    return server
        .request("/storage/echo")
        .header("Content-Type", type)
        .POST(BodyPublishers.ofByteArray(body));
  }

  private static String text(JsonNode entry, String member) {
    return entry.get(member).stringValue();
  }
}
