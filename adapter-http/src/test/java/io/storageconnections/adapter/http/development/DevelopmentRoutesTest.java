package io.storageconnections.adapter.http.development;

import static io.storageconnections.adapter.http.fixture.LogClient.LOG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bucket4j.TimeMeter;
import io.javalin.http.HandlerType;
import io.storageconnections.adapter.http.BoundSocket;
import io.storageconnections.adapter.http.RouteGroup;
import io.storageconnections.adapter.http.TestServer;
import io.storageconnections.adapter.http.fixture.LogClient;
import io.storageconnections.adapter.http.fixture.TestIssuer;
import io.storageconnections.adapter.http.ratelimit.RateLimit;
import io.storageconnections.adapter.http.response.Json;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The development routes answer only callers on this machine that are no foreign web page. */
final class DevelopmentRoutesTest {

  /** A route of another module. */
  private static final RouteGroup RESET =
      (routes, pipeline) ->
          routes.add(
              HandlerType.POST,
              "/development/reset",
              pipeline.anonymous(ctx -> Json.writeNothing(ctx, 204)));

  private static final LogClient CLIENT = new LogClient(server("127.0.0.1", 5_000));

  @AfterAll
  static void stop() {
    CLIENT.close();
  }

  private static TestServer server(String host, int requestsPerMinute) {
    return TestServer.withDevelopmentRoutes(
        BoundSocket.on(host, 0),
        new TestIssuer(),
        new RateLimit(requestsPerMinute, TimeMeter.SYSTEM_NANOTIME),
        List.of(),
        List.of(RESET));
  }

  // ---- mounting ---------------------------------------------------------------------------------

  @Test
  void server_on_a_loopback_address_has_the_routes() {
    assertThat(CLIENT.send(CLIENT.server().request(LOG)).statusCode()).isEqualTo(200);
    assertThat(
            CLIENT
                .send(CLIENT.server().request("/development/reset").POST(BodyPublishers.noBody()))
                .statusCode())
        .isEqualTo(204);
  }

  @Test
  void server_on_another_address_answers_as_for_any_unknown_path() {
    try (var client = new LogClient(server("0.0.0.0", 5_000))) {
      assertUnknown(client);
    }
  }

  @Test
  void server_without_development_routes_answers_as_for_any_unknown_path() {
    try (var client = new LogClient(TestServer.withIssuer())) {
      assertUnknown(client);
    }
  }

  private static void assertUnknown(LogClient client) {
    var unknown = client.send(client.server().request("/nowhere"));
    for (var path : List.of(LOG, "/development/reset", "/development/", "/development")) {
      for (var method : List.of("GET", "POST", "DELETE", "HEAD")) {
        var answer =
            client.send(client.server().request(path).method(method, BodyPublishers.noBody()));
        assertThat(answer.statusCode()).as(method + " " + path).isEqualTo(404);
        if (!method.equals("HEAD")) {
          assertThat(answer.body()).isEqualTo(unknown.body());
        }
        assertThat(answer.headers().map().keySet())
            .containsExactlyInAnyOrderElementsOf(unknown.headers().map().keySet());
      }
    }
  }

  @Test
  void route_of_a_group_must_be_below_the_prefix() {
    RouteGroup elsewhere =
        (routes, pipeline) ->
            routes.getAndHead("/elsewhere", pipeline.anonymous(ctx -> ctx.result("x")));
    assertThatThrownBy(() ->
            TestServer.withDevelopmentRoutes(
                BoundSocket.on("127.0.0.1", 0),
                new TestIssuer(),
                new RateLimit(0, TimeMeter.SYSTEM_NANOTIME),
                List.of(),
                List.of(elsewhere)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("/elsewhere does not begin with /development/");
  }

  // ---- the guard --------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "LOCALHOST:8080", "127.0.0.2", "[::1]:1", "sync.example.org"})
  void request_to_a_loopback_host_or_the_public_host_is_answered(String host) throws IOException {
    assertThat(raw("GET " + LOG, "Host: " + host)).startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @CsvSource({
    "GET /development/requests,     rebound.example.net",
    "GET /DEVELOPMENT/Requests,     rebound.example.net",
    "GET /development/requests/,    rebound.example.net",
    "HEAD /development/requests,    rebound.example.net",
    "DELETE /development/requests,  rebound.example.net:8080",
    "OPTIONS /development/requests, rebound.example.net",
    "POST /development/reset,       127.0.0.1.example.net",
    "POST /development/reset,       localhost.example.net",
    "POST /development/reset,       10.0.0.1",
    "GET /development/nowhere,      rebound.example.net",
  })
  void request_to_another_host_is_403(String request, String host) throws IOException {
    assertRefused(raw(request, "Host: " + host));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://app.example.org",
        "http://localhost:3000",
        "http://127.0.0.1:8080",
        "https://localhost",
        "http://localhost.example.org",
        "http://sync.example.org",
        "null",
        "",
        "%",
      })
  void request_of_a_page_of_another_origin_is_403(String origin) throws IOException {
    for (var request : List.of("GET " + LOG, "DELETE " + LOG, "POST /development/reset")) {
      assertRefused(raw(request, "Host: localhost", "Origin: " + origin));
    }
    assertRefused(
        raw("GET " + LOG, "Host: localhost", "Origin: http://localhost", "Origin: " + origin));
  }

  @ParameterizedTest
  @CsvSource({
    "localhost,        http://localhost",
    "localhost:8080,   http://LOCALHOST:8080",
    "sync.example.org, https://sync.example.org",
    "sync.example.org, https://sync.example.org:443",
  })
  void request_of_the_servers_own_page_is_answered(String host, String origin) throws IOException {
    assertThat(raw("GET " + LOG, "Host: " + host, "Origin: " + origin))
        .startsWith("HTTP/1.1 200 ")
        .doesNotContain("Access-Control");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site", "nonsense", ""})
  void request_that_a_browser_marks_as_of_another_site_is_403(String site) throws IOException {
    assertRefused(raw("GET " + LOG, "Host: localhost", "Sec-Fetch-Site: " + site));
    assertRefused(
        raw("GET " + LOG, "Host: localhost", "Sec-Fetch-Site: none", "Sec-Fetch-Site: " + site));
  }

  @ParameterizedTest
  @ValueSource(strings = {"same-origin", "none"})
  void request_that_a_person_or_the_servers_own_page_causes_is_answered(String site)
      throws IOException {
    assertThat(raw("GET " + LOG, "Host: localhost", "Sec-Fetch-Site: " + site))
        .startsWith("HTTP/1.1 200 ");
  }

  @Test
  void preflight_request_of_another_origin_is_403() throws IOException {
    assertRefused(
        raw(
            "OPTIONS /development/reset",
            "Host: localhost",
            "Origin: http://localhost:3000",
            "Access-Control-Request-Method: POST"));
  }

  @Test
  void refused_request_has_no_effect() throws IOException {
    CLIENT.send(CLIENT.server().request("/nowhere-to-keep"));
    assertRefused(raw("DELETE " + LOG, "Host: localhost", "Origin: https://app.example.org"));
    assertThat(CLIENT.entries("?path=/nowhere-to-keep")).isNotEmpty();
  }

  @Test
  void refused_requests_count_against_the_rate_limit_of_the_address() throws IOException {
    try (var server = server("127.0.0.1", 2)) {
      var foreign =
          "GET " + LOG + " HTTP/1.1\r\nHost: rebound.example.net\r\n" + "Connection: close\r\n\r\n";
      assertThat(server.raw(foreign)).startsWith("HTTP/1.1 403 ");
      assertThat(server.raw(foreign)).startsWith("HTTP/1.1 403 ");
      assertThat(server.raw(foreign)).startsWith("HTTP/1.1 429 ");
      assertThat(server.send(server.request(LOG)).statusCode()).isEqualTo(429);
    }
  }

  // ---- answers ----------------------------------------------------------------------------------

  @Test
  void answer_is_data_and_not_stored() throws IOException {
    for (var answer :
        List.of(
            raw("GET " + LOG, "Host: localhost"),
            raw("GET " + LOG, "Host: rebound.example.net"),
            raw("DELETE " + LOG, "Host: localhost"))) {
      assertThat(answer)
          .contains("\r\nX-Content-Type-Options: nosniff\r\n", "\r\nCache-Control: no-store\r\n");
    }
    assertThat(raw("GET " + LOG, "Host: localhost"))
        .contains("\r\nContent-Type: application/json\r\n");
  }

  @Test
  void head_is_answered_without_a_body() {
    var answer =
        CLIENT.server().send(CLIENT.server().request(LOG).method("HEAD", BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "OPTIONS"})
  void other_method_is_405(String method) {
    var answer =
        CLIENT.server().send(CLIENT.server().request(LOG).method(method, BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow").orElse("").split(", "))
        .containsExactlyInAnyOrder("GET", "HEAD", "DELETE");
  }

  private static void assertRefused(String answer) {
    assertThat(answer).startsWith("HTTP/1.1 403 ").doesNotContain("Access-Control", "\"requests\"");
    if (answer.contains("Content-Length") && answer.endsWith("}")) {
      assertThat(answer)
          .contains("{\"error\":{\"code\":\"Forbidden\",\"message\":\"The development");
    }
  }

  private static String raw(String request, String... headers) throws IOException {
    return CLIENT
        .server()
        .raw(
            request
                + " HTTP/1.1\r\n"
                + String.join("\r\n", headers)
                + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  }
}
