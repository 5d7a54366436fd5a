package io.storageconnections.adapter.http;

import static io.storageconnections.adapter.http.TestServer.CONNECTIONS;
import static io.storageconnections.adapter.http.Wire.golden;
import static io.storageconnections.adapter.http.Wire.pretty;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.storageconnections.application.port.StorageConnectionStore;
import io.storageconnections.application.port.StoreException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

final class HttpServerTest {

  private static final String UNKNOWN =
      CONNECTIONS + "/MWplZe9Uf0iR1IDMqyOMLqBN0_wHEVBGg_CzJmXdmE4";

  private final ArrayList<AutoCloseable> opened = new ArrayList<>();
  private final TestServer server = opened(TestServer.start());

  private <T extends AutoCloseable> T opened(T resource) {
    opened.add(resource);
    return resource;
  }

  @AfterEach
  void close() throws Exception {
    for (var resource : opened) {
      resource.close();
    }
  }

  // ---- routes that lead nowhere ----------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/nowhere",
        "/synchronization",
        "/synchronization/imodels/storageconnections/a/b/c",
        "/synchronization/imodels//storageconnections",
        "/connect/token",
        "/.well-known/openid-configuration"
      })
  void an_unknown_route_is_404(String path) {
    var answer = server.get(path);
    assertAnswer(answer, 404, "404-route");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PUT    | /synchronization/imodels/storageconnections   | GET, POST, HEAD",
        "PATCH  | /synchronization/imodels/storageconnections/x | GET, PUT, DELETE, HEAD",
        "POST   | /synchronization/imodels/storageconnections/x/sourcefiles/y | GET, PUT, DELETE,"
            + " HEAD",
        "HEAD   | /synchronization/imodels/storageconnections/x/run | POST",
        "DELETE | /synchronization/imodels/connections          | GET, HEAD",
        "POST   | /synchronization/connectortypes               | GET, HEAD",
        "POST   | /health/live                                  | GET, HEAD",
      })
  void a_wrong_method_is_405_and_allow_names_the_right_ones(
      String method, String path, String allowed) {
    var answer =
        server.send(server.authorized(path).method(method.strip(), BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().allValues("Allow")).containsExactly(allowed);
    if (!method.equals("HEAD")) {
      assertAnswer(answer, 405, "405-method");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /synchronization/imodels/storageconnections/%zz HTTP/1.1\r\nHost: x\r\n",
        "GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\n",
        "GET /synchronization\\imodels HTTP/1.1\r\nHost: x\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nbad header\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n",
        "NONSENSE\r\n",
        "GET / HTTP/9.9\r\nHost: x\r\n",
        "GET / HTTP/1.1\r\nHost: a b\r\n",
        "GET / HTTP/1.1\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nExpect: nonsense\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: nonsense\r\n"
      })
  void what_is_no_sound_http_gets_the_envelope_too(String request) throws IOException {
    var answer = server.raw(request + "Connection: close\r\n\r\n");
    assertThat(answer).matches("(?s)HTTP/1.1 (400|404|417|505) .*");
    assertThat(answer).containsIgnoringCase("Content-Type: application/json\r\n");
    assertThat(answer).containsIgnoringCase("x-correlation-id: ");
    assertThat(answer).containsIgnoringCase("RateLimit: ");
    assertThat(answer).containsIgnoringCase("Access-Control-Allow-Origin: *\r\n");
    assertThat(answer).contains("{\"error\":{\"code\":\"").doesNotContain("jetty", "javalin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%2F", "%00", "a;b=c", "a%3Bb", "%2e%2e", "..%2f"})
  void an_id_that_looks_like_a_trick_is_refused_in_the_envelope(String id) throws IOException {
    var answer =
        server.raw(
            "GET "
                + CONNECTIONS
                + "/"
                + id
                + " HTTP/1.1\r\n"
                + "Host: x\r\n"
                + "Authorization: Bearer good\r\n"
                + "Connection: close\r\n\r\n");
    assertThat(answer).matches("(?s)HTTP/1.1 (400|404|405|422) .*");
    assertThat(answer).contains("{\"error\":{\"code\":\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "BEFORE", "AFTER", "FOO", ""})
  void a_header_does_not_change_the_method(String method) {
    server.create(golden("create-request"));
    var read =
        server.send(server.authorized(Life.CONNECTION).header("X-HTTP-Method-Override", method));
    assertThat(read.statusCode()).isEqualTo(200);
    var stranger =
        server.send(server.request(Life.CONNECTION).header("X-HTTP-Method-Override", method));
    assertThat(stranger.statusCode()).isEqualTo(401);
    assertThat(server.get(Life.CONNECTION).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%u0041", "%uD83D", "a%u0041b"})
  void an_escape_that_is_none_is_the_clients_fault(String id) throws IOException {
    for (var path : List.of(CONNECTIONS + "/" + id, Life.FILES + "/" + id, "/" + id)) {
      var answer = server.raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertThat(answer).startsWith("HTTP/1.1 400 ").contains("{\"error\":{\"code\":\"");
    }
  }

  // ---- bodies that are too large
  // -----------------------------------------------------------------

  @Test
  void a_body_of_a_mebibyte_is_read_and_a_larger_one_is_413() {
    var request = golden("create-request");
    var fits = request + " ".repeat(1024 * 1024 - request.length());
    assertThat(server.create(fits).statusCode()).isEqualTo(201);
    assertAnswer(server.create(fits + " "), 413, "413-too-large");
    assertAnswer(server.create(fits.repeat(8)), 413, "413-too-large");
  }

  @Test
  void a_body_that_does_not_tell_its_length_is_measured_as_well() {
    var endless = new byte[1024 * 1024 + 1];
    var answer =
        server.send(
            server
                .authorized(CONNECTIONS)
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(endless))));
    assertAnswer(answer, 413, "413-too-large");
  }

  @Test
  void a_body_that_says_it_is_too_large_is_not_waited_for() throws IOException {
    var answer =
        server.raw(
            "POST "
                + CONNECTIONS
                + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer good\r\nConnection: close\r\n"
                + "Expect: 100-continue\r\nContent-Length: 99999999\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 413 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 50\r\n\r\n{",
        "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n5\r\n{}"
      })
  void a_client_that_breaks_off_is_at_fault_itself_and_no_news_for_the_log(String rest)
      throws IOException {
    var log = new ListAppender<ILoggingEvent>();
    var logger = (Logger) LoggerFactory.getLogger("io.storageconnections");
    log.start();
    logger.addAppender(log);
    try {
      var answer =
          server.raw(
              "POST "
                  + CONNECTIONS
                  + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer good\r\nConnection: close\r\n"
                  + rest);
      assertThat(answer)
          .startsWith("HTTP/1.1 400 ")
          .contains("{\"error\":{\"code\":\"BadRequest\"");
    } finally {
      logger.detachAppender(log);
    }
    assertThat(log.list).isEmpty();
  }

  // ---- failures --------------------------------------------------------------------------------

  @Test
  void a_store_that_is_away_is_503_without_a_word_about_it() {
    var failing =
        opened(
            TestServer.on(
                failing(
                    new StoreException(
                        "adding", new IllegalStateException("jdbc:h2:secret password=sesame")))));
    for (var answer :
        new HttpResponse<?>[] {
          failing.create(golden("create-request")),
          failing.get(UNKNOWN),
          failing.get("/health/ready")
        }) {
      assertAnswer(answer, 503, "503-store");
      assertThat(answer.headers().firstValue("Retry-After")).contains("5");
    }
    assertThat(failing.get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void a_fault_of_ours_is_500_without_a_word_about_it() {
    var failing = opened(TestServer.on(failing(new IllegalStateException("select secret"))));
    assertAnswer(failing.create(golden("create-request")), 500, "500-internal");
  }

  @Test
  void even_an_error_of_the_machine_is_500_in_the_envelope() {
    var failing = opened(TestServer.on(failing(new StackOverflowError("deep"))));
    assertAnswer(failing.create(golden("create-request")), 500, "500-internal");
  }

  @Test
  void a_failure_is_logged_once_with_the_correlation_id_of_its_answer() {
    var failing = opened(TestServer.on(failing(new IllegalStateException("the reason"))));
    var log =
        new ListAppender<ILoggingEvent>() {
          @Override
          protected void append(ILoggingEvent event) {
            // Else it would be asked for its context too late, in another thread.
            event.prepareForDeferredProcessing();
            super.append(event);
          }
        };
    var logger = (Logger) LoggerFactory.getLogger("io.storageconnections");
    log.start();
    logger.addAppender(log);
    try {
      var answer =
          failing.send(failing.authorized(UNKNOWN).header("X-Correlation-Id", "of-the-client"));
      assertThat(answer.headers().firstValue("x-correlation-id")).contains("of-the-client");
    } finally {
      logger.detachAppender(log);
    }
    assertThat(log.list).hasSize(1);
    assertThat(log.list.getFirst().getMDCPropertyMap())
        .containsExactlyEntriesOf(Map.of("correlationId", "of-the-client"));
    assertThat(log.list.getFirst().getThrowableProxy().getMessage()).isEqualTo("the reason");
  }

  // ---- what every answer has -------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {"a", "0f6c2b1e-1", "A.b_c:9"})
  void a_short_and_plain_correlation_id_is_echoed(String id) {
    var answer = server.send(server.request("/nowhere").header("x-correlation-id", id));
    assertThat(answer.headers().allValues("x-correlation-id")).containsExactly(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "<script>", "a\tb"})
  void any_other_correlation_id_is_replaced(String id) {
    var answer = server.send(server.request("/nowhere").header("x-correlation-id", id));
    assertThat(answer.headers().firstValue("x-correlation-id").orElse(""))
        .matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    var tooLong =
        server.send(server.request("/nowhere").header("x-correlation-id", "x".repeat(65)));
    assertThat(tooLong.headers().firstValue("x-correlation-id").orElse("")).hasSize(36);
  }

  @Test
  void every_answer_tells_the_limit() {
    for (var answer :
        new HttpResponse<?>[] {
          server.create(golden("create-request")),
          server.create("{"),
          server.send(server.request(CONNECTIONS)),
          server.send(server.request(UNKNOWN)),
          server.get(UNKNOWN),
          server.get("/nowhere"),
          server.get("/health/live"),
          server.send(server.request(UNKNOWN).header("Authorization", "Bearer unverifiable")),
          server.send(
              server
                  .request(CONNECTIONS)
                  .header("Origin", "https://app.example.org")
                  .header("Access-Control-Request-Method", "POST")
                  .method("OPTIONS", BodyPublishers.noBody()))
        }) {
      assertThat(answer.headers().firstValue("RateLimit-Policy"))
          .contains("\"default\";q=5000;w=60");
      assertThat(answer.headers().firstValue("RateLimit").orElse(""))
          .matches("\"default\";r=[0-9]+;t=[0-9]+");
    }
  }

  // ---- CORS ------------------------------------------------------------------------------------

  @Test
  void a_preflight_is_answered_without_token_body_and_content_type() {
    var answer =
        server.send(
            server
                .request(CONNECTIONS)
                .header("Origin", "https://app.example.org")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization")
                .method("OPTIONS", BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValue("Content-Type")).isEmpty();
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Methods").orElse("").split(", "))
        .contains("GET", "POST", "PUT", "DELETE");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Headers").orElse("").split(", "))
        .contains("Authorization", "Content-Type", "Accept", "Prefer", "If-Match", "If-None-Match")
        .contains("traceparent", "tracestate", "Request-Id", "X-Correlation-Id", "Idempotency-Key");
  }

  @Test
  void a_page_may_read_the_answer_also_if_it_is_a_refusal() {
    var answer = server.send(server.request(UNKNOWN).header("Origin", "https://app.example.org"));
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    assertThat(answer.headers().firstValue("Access-Control-Expose-Headers").orElse("").split(", "))
        .contains("Location", "Retry-After", "x-correlation-id");
  }

  @Test
  void a_page_may_not_read_what_is_not_the_api() {
    var answer =
        server.send(server.request("/health/live").header("Origin", "https://app.example.org"));
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }

  // ---- health and the port
  // -----------------------------------------------------------------------

  @Test
  void health_needs_no_token() {
    assertThat(server.send(server.request("/health/live")).body())
        .isEqualTo("{\"status\":\"live\"}");
    assertThat(server.send(server.request("/health/ready")).body())
        .isEqualTo("{\"status\":\"ready\"}");
    assertThat(server.send(server.request("/health/ready").HEAD()).statusCode()).isEqualTo(200);
  }

  @Test
  void a_port_that_is_taken_is_told_at_once() {
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> BoundSocket.on("127.0.0.1", server.at("/").getPort()));
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> BoundSocket.on("host.invalid", 0));
  }

  @Test
  void until_there_is_a_server_connections_to_the_port_are_refused() {
    try (var listener = BoundSocket.on("127.0.0.1", 0)) {
      assertThatExceptionOfType(ConnectException.class)
          .isThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), listener.port()).close());
    }
  }

  @Test
  void of_two_servers_that_start_on_one_port_the_second_fails() throws IOException {
    try (var first = BoundSocket.on("127.0.0.1", 0);
        var second = BoundSocket.on("127.0.0.1", first.port())) {
      assertThat(first.listen().isOpen()).isTrue();
      assertThatExceptionOfType(UncheckedIOException.class)
          .isThrownBy(second::listen)
          .withMessageContaining("cannot listen at 127.0.0.1:" + first.port());
    }
  }

  private static StorageConnectionStore failing(Throwable failure) {
    return (StorageConnectionStore)
        Proxy.newProxyInstance(
            HttpServerTest.class.getClassLoader(),
            new Class<?>[] {StorageConnectionStore.class},
            (proxy, method, arguments) -> {
              throw failure;
            });
  }

  private static void assertAnswer(HttpResponse<?> answer, int status, String golden) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(pretty((String) answer.body())).isEqualTo(golden(golden));
    assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/json");
  }
}
