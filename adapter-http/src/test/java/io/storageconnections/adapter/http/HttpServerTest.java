package io.storageconnections.adapter.http;

import static io.storageconnections.adapter.http.TestServer.CONNECTIONS;
import static io.storageconnections.adapter.http.fixture.Wire.golden;
import static io.storageconnections.adapter.http.fixture.Wire.pretty;
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

  // ---- unknown routes ---------------------------------------------------------------------------

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
  void unknown_route_is_404(String path) {
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
  void unsupported_method_is_405_with_allow_header(String method, String path, String allowed) {
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
  void invalid_http_gets_an_error_of_the_api(String request) throws IOException {
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
  void suspicious_id_gets_an_error_of_the_api(String id) throws IOException {
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
  void method_override_header_is_ignored(String method) {
    server.create(golden("create-request"));
    var read =
        server.send(
            server.authorized(ApiFixtures.CONNECTION).header("X-HTTP-Method-Override", method));
    assertThat(read.statusCode()).isEqualTo(200);
    var unauthenticated =
        server.send(
            server.request(ApiFixtures.CONNECTION).header("X-HTTP-Method-Override", method));
    assertThat(unauthenticated.statusCode()).isEqualTo(401);
    assertThat(server.get(ApiFixtures.CONNECTION).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%u0041", "%uD83D", "a%u0041b"})
  void invalid_percent_encoding_is_400(String id) throws IOException {
    for (var path : List.of(CONNECTIONS + "/" + id, ApiFixtures.FILES + "/" + id, "/" + id)) {
      var answer = server.raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertThat(answer).startsWith("HTTP/1.1 400 ").contains("{\"error\":{\"code\":\"");
    }
  }

  // ---- bodies that are too large ----------------------------------------------------------------

  @Test
  void body_of_one_mebibyte_is_read_and_a_larger_body_is_413() {
    var request = golden("create-request");
    var fits = request + " ".repeat(1024 * 1024 - request.length());
    assertThat(server.create(fits).statusCode()).isEqualTo(201);
    assertAnswer(server.create(fits + " "), 413, "413-too-large");
    assertAnswer(server.create(fits.repeat(8)), 413, "413-too-large");
  }

  @Test
  void chunked_body_that_is_too_large_is_413() {
    var endless = new byte[1024 * 1024 + 1];
    var answer =
        server.send(
            server
                .authorized(CONNECTIONS)
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(endless))));
    assertAnswer(answer, 413, "413-too-large");
  }

  @Test
  void body_with_expect_continue_that_is_too_large_is_refused_early() throws IOException {
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
  void request_that_the_client_aborts_is_400_and_not_logged(String rest) throws IOException {
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

  // ---- failures ---------------------------------------------------------------------------------

  @Test
  void unreachable_store_is_503_without_internal_information() {
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
  void defect_is_500_without_internal_information() {
    var failing = opened(TestServer.on(failing(new IllegalStateException("select secret"))));
    assertAnswer(failing.create(golden("create-request")), 500, "500-internal");
  }

  @Test
  void java_error_is_500_in_the_form_of_the_api() {
    var failing = opened(TestServer.on(failing(new StackOverflowError("deep"))));
    assertAnswer(failing.create(golden("create-request")), 500, "500-internal");
  }

  @Test
  void failure_is_logged_once_with_the_correlation_id_of_its_answer() {
    var failing = opened(TestServer.on(failing(new IllegalStateException("the reason"))));
    var log =
        new ListAppender<ILoggingEvent>() {
          @Override
          protected void append(ILoggingEvent event) {
            // Reads the log context now, in the thread that logs.
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

  // ---- headers of every answer ------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {"a", "0f6c2b1e-1", "A.b_c:9"})
  void acceptable_correlation_id_is_returned(String id) {
    var answer = server.send(server.request("/nowhere").header("x-correlation-id", id));
    assertThat(answer.headers().allValues("x-correlation-id")).containsExactly(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "<script>", "a\tb"})
  void unacceptable_correlation_id_is_replaced(String id) {
    var answer = server.send(server.request("/nowhere").header("x-correlation-id", id));
    assertThat(answer.headers().firstValue("x-correlation-id").orElse(""))
        .matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    var tooLong =
        server.send(server.request("/nowhere").header("x-correlation-id", "x".repeat(65)));
    assertThat(tooLong.headers().firstValue("x-correlation-id").orElse("")).hasSize(36);
  }

  @Test
  void every_answer_has_the_rate_limit_headers() {
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

  // ---- CORS -------------------------------------------------------------------------------------

  @Test
  void preflight_request_needs_no_token_and_gets_no_body() {
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
  void web_page_can_read_errors() {
    var answer = server.send(server.request(UNKNOWN).header("Origin", "https://app.example.org"));
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    assertThat(answer.headers().firstValue("Access-Control-Expose-Headers").orElse("").split(", "))
        .contains("Location", "Retry-After", "x-correlation-id");
  }

  @Test
  void web_page_cannot_read_other_paths() {
    var answer =
        server.send(server.request("/health/live").header("Origin", "https://app.example.org"));
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }

  // ---- health and the port ----------------------------------------------------------------------

  @Test
  void health_checks_need_no_token() {
    assertThat(server.send(server.request("/health/live")).body())
        .isEqualTo("{\"status\":\"live\"}");
    assertThat(server.send(server.request("/health/ready")).body())
        .isEqualTo("{\"status\":\"ready\"}");
    assertThat(server.send(server.request("/health/ready").HEAD()).statusCode()).isEqualTo(200);
  }

  @Test
  void bind_fails_if_the_port_is_in_use_or_the_host_is_unknown() {
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> BoundSocket.on("127.0.0.1", server.at("/").getPort()));
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> BoundSocket.on("host.invalid", 0));
  }

  @Test
  void bound_socket_refuses_connections_until_it_listens() {
    try (var listener = BoundSocket.on("127.0.0.1", 0)) {
      assertThatExceptionOfType(ConnectException.class)
          .isThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), listener.port()).close());
    }
  }

  @Test
  void second_listener_on_one_port_fails() throws IOException {
    try (var first = BoundSocket.on("127.0.0.1", 0);
        var second = BoundSocket.on("127.0.0.1", first.port())) {
      assertThat(first.listen().isOpen()).isTrue();
      assertThatExceptionOfType(UncheckedIOException.class)
          .isThrownBy(second::listen)
          .withMessageContaining("cannot listen at 127.0.0.1:" + first.port());
    }
  }

  private static StorageConnectionStore failing(Throwable thrown) {
    return (StorageConnectionStore)
        Proxy.newProxyInstance(
            HttpServerTest.class.getClassLoader(),
            new Class<?>[] {StorageConnectionStore.class},
            (proxy, method, arguments) -> {
              throw thrown;
            });
  }

  private static void assertAnswer(HttpResponse<?> answer, int status, String golden) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(pretty((String) answer.body())).isEqualTo(golden(golden));
    assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/json");
  }
}
