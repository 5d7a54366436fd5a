package io.storageconnections.adapter.platform.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.opentelemetry.api.OpenTelemetry;
import io.storageconnections.adapter.platform.fixture.RawServer;
import io.storageconnections.adapter.platform.fixture.TestPlatform;
import io.storageconnections.adapter.platform.fixture.TestPlatform.Request;
import io.storageconnections.application.port.DirectoryException;
import io.storageconnections.application.port.DirectoryException.Reason;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class PlatformClientTest {

  private static final String TOKEN = "the-tokens-text.of.characters";
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-26T10:00:00Z"), ZoneOffset.UTC);

  private final TestPlatform platform = new TestPlatform();
  // One request at a time, so that each test also shows that a request gives its place back.
  private final PlatformClient client =
      new PlatformClient(platform.url(), 1, CLOCK, OpenTelemetry.noop());

  @AfterEach
  void close() {
    client.close();
    platform.close();
  }

  @Test
  void a_request_carries_the_callers_token_and_the_media_type() {
    platform.serve("/thing", 200, "{\"thing\": {}}");
    assertThat(get("/thing").object("thing").size()).isZero();
    assertThat(platform.requests())
        .containsExactly(new Request("GET", "/thing", "application/json", "Bearer " + TOKEN));
  }

  @Test
  void a_refused_token_is_told_apart() {
    platform.serve("/thing", 401, "<html>");
    assertFailure(() -> get("/thing"), Reason.TOKEN_REFUSED, "refused the caller's token");
  }

  @Test
  void a_caller_without_a_token_is_refused_without_a_request() {
    assertFailure(() -> client.requireToken(null), Reason.TOKEN_REFUSED, "there is none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"the-tokens-text of", "the-tokens-text\r\nHost: x", "the-tokens-textö"})
  void a_text_that_is_no_token_is_refused_without_repeating_it(String text) {
    assertFailure(
        () -> client.requireToken(text), Reason.TOKEN_REFUSED, "which is not a bearer token");
  }

  @Test
  void a_busy_platform_says_when_to_ask_again() {
    assertThat(retryAfterOf429("17")).contains(Duration.ofSeconds(17));
    assertThat(retryAfterOf429("Thu, 26 Nov 2026 10:00:30 GMT")).contains(Duration.ofSeconds(30));
    assertThat(retryAfterOf429("soon")).isEmpty();
    platform.serve("/thing", 429, "");
    assertThat(assertFailure(() -> get("/thing"), Reason.BUSY, "answered 429").retryAfter())
        .isEmpty();
    assertThat(platform.requests()).as("no 429 is retried").hasSize(4);
  }

  private Optional<Duration> retryAfterOf429(String header) {
    platform.serve(
        "/thing",
        exchange -> {
          exchange.getResponseHeaders().add("Retry-After", header);
          TestPlatform.answer(exchange, 429, "");
        });
    return assertFailure(() -> get("/thing"), Reason.BUSY, "answered 429").retryAfter();
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 501, 505, 599})
  void a_failure_of_the_platform_is_not_retried(int status) {
    platform.serve("/thing", status, "{}");
    assertFailure(() -> get("/thing"), Reason.UNAVAILABLE, "answered " + status);
    assertThat(platform.requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {502, 503, 504})
  void a_failure_of_a_gateway_is_retried_once(int status) {
    platform.serve(
        "/thing",
        exchange -> TestPlatform.answer(exchange, status, "{}"),
        exchange -> TestPlatform.answer(exchange, 200, "{\"thing\": {}}"));
    assertThat(get("/thing").status()).isEqualTo(200);
    assertThat(platform.requests()).hasSize(2);
  }

  @Test
  void a_gateway_that_fails_twice_has_failed() {
    platform.serve(
        "/thing",
        exchange -> {
          exchange.getResponseHeaders().add("Retry-After", "17");
          TestPlatform.answer(exchange, 503, "");
        });
    var failure = assertFailure(() -> get("/thing"), Reason.UNAVAILABLE, "answered 503");
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(17));
    assertThat(platform.requests()).hasSize(2);
  }

  @Test
  void a_broken_connection_is_retried() {
    platform.serve(
        "/thing",
        PlatformClientTest::cutInTheBody,
        exchange -> TestPlatform.answer(exchange, 200, "{\"thing\": {}}"));
    assertThat(get("/thing").status()).isEqualTo(200);
    assertThat(platform.requests()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK\r\nContent-Le",
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"thing\": {}}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{}",
        "SSH-2.0-OpenSSH_9.9\r\n\r\n"
      })
  void an_answer_that_is_cut_or_not_http_is_a_failure(String bytes) {
    try (var server = new RawServer(bytes);
        var other = new PlatformClient(server.url(), 1, CLOCK, OpenTelemetry.noop())) {
      assertFailure(
          () -> other.get("/thing", "application/json", TOKEN, later()),
          Reason.UNAVAILABLE,
          "The iTwin Platform at " + server.url() + " gave no complete answer.");
      assertThat(server.requests()).isGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void a_refused_connection_is_a_failure() throws IOException {
    URI url;
    try (var unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      url = URI.create("http://127.0.0.1:" + unused.getLocalPort());
    }
    try (var other = new PlatformClient(url, 1, CLOCK, OpenTelemetry.noop())) {
      assertFailure(
          () -> other.get("/thing", "application/json", TOKEN, later()),
          Reason.UNAVAILABLE,
          "The iTwin Platform at " + url + " gave no complete answer.");
    }
  }

  @Test
  void a_redirect_is_not_followed_and_the_other_origin_gets_no_token() {
    try (var other = new TestPlatform()) {
      other.serve("/thing", 200, "{\"thing\": {}}");
      platform.serve(
          "/thing",
          exchange -> {
            exchange.getResponseHeaders().add("Location", other.url() + "/thing");
            TestPlatform.answer(exchange, 302, "");
          });
      var answer = get("/thing");
      assertThat(answer.status()).isEqualTo(302);
      assertThat(answer.unexpected()).hasMessageContaining("follows no redirects");
      assertThat(other.requests()).isEmpty();
    }
  }

  @Test
  void a_body_of_the_maximum_size_is_read() {
    platform.serve("/thing", 200, body(BoundedHttp.BODY_MAX_BYTES));
    assertThat(get("/thing").object("thing").size()).isZero();
  }

  @Test
  void a_longer_body_is_a_failure_that_is_not_retried() {
    platform.serve("/thing", 200, body(BoundedHttp.BODY_MAX_BYTES + 1));
    assertThat(assertFailure(() -> get("/thing"), Reason.UNAVAILABLE, "gave no complete answer"))
        .hasRootCauseMessage("the body is longer than 1048576 bytes");
    assertThat(platform.requests()).hasSize(1);
  }

  @Test
  void an_endless_body_is_a_failure() {
    platform.serve(
        "/thing",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          while (!platform.isClosed()) {
            exchange.getResponseBody().write(new byte[8192]);
          }
        });
    assertThat(assertFailure(() -> get("/thing"), Reason.UNAVAILABLE, "gave no complete answer"))
        .hasRootCauseMessage("the body is longer than 1048576 bytes");
  }

  @Test
  void an_answer_that_does_not_begin_in_time_is_a_failure() {
    platform.serve("/thing", exchange -> platform.hang());
    assertFailure(
        () -> client.get("/thing", "application/json", TOKEN, soon()),
        Reason.UNAVAILABLE,
        "did not answer in time");
  }

  @Test
  void an_answer_that_does_not_end_in_time_is_a_failure() {
    platform.serve(
        "/thing",
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          platform.hang();
        });
    assertFailure(
        () -> client.get("/thing", "application/json", TOKEN, soon()),
        Reason.UNAVAILABLE,
        "did not answer in time");
  }

  @Test
  void a_request_that_is_not_free_in_time_is_not_sent()
      throws InterruptedException, ExecutionException, TimeoutException {
    var arrived = new CountDownLatch(1);
    var gate = new CountDownLatch(1);
    platform.serve(
        "/slow",
        exchange -> {
          arrived.countDown();
          await(gate);
          TestPlatform.answer(exchange, 200, "{\"thing\": {}}");
        });
    var slow = CompletableFuture.supplyAsync(() -> get("/slow"));
    assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();
    assertFailure(
        () -> client.get("/thing", "application/json", TOKEN, soon()),
        Reason.UNAVAILABLE,
        "has too many requests of this server to answer");
    assertThat(platform.requests()).extracting(Request::path).containsExactly("/slow");
    gate.countDown();
    assertThat(slow.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
  }

  @Test
  void each_failure_gives_the_place_of_the_request_back() {
    platform.serve("/broken", PlatformClientTest::cutInTheBody);
    platform.serve("/refused", 401, "");
    platform.serve("/hanging", exchange -> platform.hang());
    platform.serve("/thing", 200, "{\"thing\": {}}");
    assertThatThrownBy(() -> get("/broken")).isInstanceOf(DirectoryException.class);
    assertThatThrownBy(() -> get("/refused")).isInstanceOf(DirectoryException.class);
    assertThatThrownBy(() -> client.get("/hanging", "application/json", TOKEN, soon()))
        .isInstanceOf(DirectoryException.class);
    assertThat(get("/thing").status()).isEqualTo(200);
  }

  @Test
  void an_interrupted_thread_stays_interrupted() {
    platform.serve("/thing", exchange -> platform.hang());
    Thread.currentThread().interrupt();
    assertFailure(() -> get("/thing"), Reason.UNAVAILABLE, "stopped to ask");
    assertThat(Thread.interrupted()).isTrue();
  }

  private PlatformAnswer get(String path) {
    return client.get(path, "application/json", TOKEN, later());
  }

  private static Deadline later() {
    return Deadline.after(Duration.ofSeconds(60));
  }

  private static Deadline soon() {
    return Deadline.after(Duration.ofMillis(300));
  }

  /** Checks the failure, and that neither its messages nor its stack traces contain the token. */
  private static DirectoryException assertFailure(
      ThrowingCallable call, Reason reason, String message) {
    var failure = new DirectoryException[1];
    assertThatThrownBy(call)
        .hasMessageContaining(message)
        .isInstanceOfSatisfying(DirectoryException.class, thrown -> failure[0] = thrown);
    assertThat(failure[0].reason()).isEqualTo(reason);
    var trace = new StringWriter();
    failure[0].printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).doesNotContain("the-tokens-text");
    return failure[0];
  }

  private static void cutInTheBody(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 100);
    exchange.getResponseBody().write('{');
    exchange.getResponseBody().flush();
  }

  private static String body(int sizeBytes) {
    var json = "{\"thing\": {}}";
    return json + " ".repeat(sizeBytes - json.length());
  }

  private static void await(CountDownLatch gate) throws IOException {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
