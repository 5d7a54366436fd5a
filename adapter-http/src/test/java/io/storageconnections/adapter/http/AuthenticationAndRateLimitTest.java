package io.storageconnections.adapter.http;

import static io.storageconnections.adapter.http.TestServer.CONNECTIONS;
import static io.storageconnections.adapter.http.fixture.Wire.golden;
import static io.storageconnections.adapter.http.fixture.Wire.pretty;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.storageconnections.adapter.http.fixture.SettableTime;
import io.storageconnections.adapter.http.ratelimit.RateLimit;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

final class AuthenticationAndRateLimitTest {

  private static final String UNKNOWN =
      CONNECTIONS + "/MWplZe9Uf0iR1IDMqyOMLqBN0_wHEVBGg_CzJmXdmE4";

  private final SettableTime time = new SettableTime();
  private final ArrayList<TestServer> opened = new ArrayList<>();

  private TestServer server(int requestsPerMinute) {
    var server = TestServer.with(new RateLimit(requestsPerMinute, time));
    opened.add(server);
    return server;
  }

  @AfterEach
  void close() {
    opened.forEach(TestServer::close);
  }

  // ---- 401 --------------------------------------------------------------------------------------

  @Test
  void missing_authorization_header_is_401_header_not_found() {
    var server = server(0);
    for (var request :
        new HttpResponse<?>[] {
          server.send(server.request(CONNECTIONS).POST(BodyPublishers.ofString("{"))),
          server.send(server.request(UNKNOWN)),
          server.send(server.request(CONNECTIONS + "/malformed")),
          server.send(server.request(UNKNOWN).header("Authorization", ""))
        }) {
      assert401(request, "401-header-not-found", "Bearer");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Bearer bad       | Bearer error=\"invalid_token\"",
        "bearer bad       | Bearer error=\"invalid_token\"",
        "'Bearer '        | Bearer",
        "Bearer good good | Bearer error=\"invalid_token\"",
        "Bearer good,     | Bearer error=\"invalid_token\"",
        "Bearer good, Bearer good | Bearer error=\"invalid_token\"",
        "Bearer \tgood    | Bearer error=\"invalid_token\"",
        "Bearer\tgood     | Bearer",
        "Bearer scopeless | Bearer error=\"insufficient_scope\", scope=\"itwin-platform\"",
        "Basic Z29vZDo=   | Bearer",
        "good             | Bearer",
        "Bearergood       | Bearer",
      })
  void invalid_token_is_401_before_the_request_is_validated(String header, String challenge) {
    var server = server(0);
    var answer =
        server.send(
            server
                .request(CONNECTIONS)
                .header("Authorization", header)
                .POST(BodyPublishers.ofString("{")));
    assert401(answer, "401-unauthorized", challenge);
  }

  @Test
  void two_valid_authorization_headers_are_401() {
    var server = server(0);
    var answer =
        server.send(
            server
                .request(UNKNOWN)
                .header("Authorization", "Bearer good")
                .header("Authorization", "Bearer good"));
    assert401(answer, "401-unauthorized", "Bearer error=\"invalid_request\"");
  }

  @ParameterizedTest
  @CsvSource({"Bearer good, ''", "'', Bearer good", "'', ''", "Bearer good, ' '", "Basic x, ''"})
  void second_empty_authorization_header_is_401(String first, String second) {
    var server = server(0);
    var answer =
        server.send(
            server.request(UNKNOWN).header("Authorization", first).header("Authorization", second));
    assert401(answer, "401-unauthorized", "Bearer error=\"invalid_request\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer good", "bearer good", "BEARER  good ", "bEaReR     good"})
  void scheme_of_a_valid_token_matches_in_any_case(String header) {
    var server = server(0);
    assertThat(server.send(server.request(UNKNOWN).header("Authorization", header)).statusCode())
        .isEqualTo(404);
  }

  @Test
  void unavailable_issuer_is_not_logged_by_the_api() {
    var log = new ListAppender<ILoggingEvent>();
    var logger = (Logger) LoggerFactory.getLogger("io.storageconnections");
    log.start();
    logger.addAppender(log);
    try {
      var server = server(0);
      for (var i = 0; i < 3; i++) {
        server.send(server.request(UNKNOWN).header("Authorization", "Bearer unverifiable"));
      }
    } finally {
      logger.detachAppender(log);
    }
    assertThat(log.list).isEmpty();
  }

  @Test
  void unavailable_issuer_is_503() {
    var server = server(0);
    var answer =
        server.send(server.request(UNKNOWN).header("Authorization", "Bearer unverifiable"));
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(pretty(answer.body())).isEqualTo(golden("503-issuer"));
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
  }

  private static void assert401(HttpResponse<?> answer, String golden, String challenge) {
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(pretty((String) answer.body())).isEqualTo(golden(golden));
    assertThat(answer.headers().allValues("WWW-Authenticate")).containsExactly(challenge);
    assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/json");
  }

  // ---- 429 --------------------------------------------------------------------------------------

  @Test
  void the_first_so_many_of_a_minute_are_served_and_then_none_until_it_is_over() {
    var server = server(3);
    assertThat(statuses(server, "a", 5)).containsExactly(404, 404, 404, 429, 429);
    time.pass(Duration.ofSeconds(59));
    assertThat(statuses(server, "a", 1)).containsExactly(429);
    time.pass(Duration.ofSeconds(1));
    assertThat(statuses(server, "a", 4)).containsExactly(404, 404, 404, 429);
  }

  @Test
  void a_slow_pace_is_served_as_a_fast_one_is() {
    var server = server(3);
    for (int status : new int[] {404, 404, 404, 429}) {
      assertThat(statuses(server, "a", 1)).containsExactly(status);
      time.pass(Duration.ofSeconds(15));
    }
  }

  @Test
  void a_refusal_says_when_to_come_again() {
    var server = server(1);
    var served = request(server, "a");
    assertThat(served.headers().firstValue("RateLimit")).contains("\"default\";r=0;t=60");
    assertThat(served.headers().firstValue("RateLimit-Policy")).contains("\"default\";q=1;w=60");
    assertThat(served.headers().firstValue("Retry-After")).isEmpty();
    time.pass(Duration.ofMillis(20_001));
    var refused = request(server, "a");
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(pretty(refused.body())).isEqualTo(golden("429-too-many"));
    assertThat(refused.headers().allValues("Content-Type")).containsExactly("application/json");
    assertThat(refused.headers().firstValue("Retry-After")).contains("40");
    assertThat(refused.headers().firstValue("RateLimit")).contains("\"default\";r=0;t=40");
  }

  @Test
  void the_excess_of_one_client_does_not_touch_another() {
    var server = server(2);
    assertThat(statuses(server, "a", 3)).containsExactly(404, 404, 429);
    assertThat(statuses(server, "b", 3)).containsExactly(404, 404, 429);
  }

  @Test
  void refused_requests_count_too() {
    var server = server(2);
    for (int status : new int[] {422, 422, 429}) {
      var answer =
          server.send(
              server
                  .request(CONNECTIONS)
                  .header("Authorization", "Bearer good-a")
                  .POST(BodyPublishers.ofString("{")));
      assertThat(answer.statusCode()).isEqualTo(status);
    }
  }

  @Test
  void strangers_are_counted_by_address_and_take_nothing_from_clients() {
    var server = server(2);
    var statuses =
        IntStream.range(0, 4)
            .mapToObj(i -> server.send(server.request(UNKNOWN)).statusCode())
            .toList();
    assertThat(statuses).containsExactly(401, 401, 429, 429);
    assertThat(server.get("/nowhere").statusCode()).isEqualTo(429);
    assertThat(statuses(server, "a", 2)).containsExactly(404, 404);
    assertThat(server.send(server.request("/health/ready")).statusCode()).isEqualTo(200);
  }

  @Test
  void zero_is_no_limit_and_there_is_nothing_to_tell() {
    var server = server(0);
    assertThat(statuses(server, "a", 50)).containsOnly(404);
    assertThat(request(server, "a").headers().firstValue("RateLimit")).isEmpty();
  }

  private static List<Integer> statuses(TestServer server, String client, int requests) {
    return IntStream.range(0, requests)
        .mapToObj(i -> request(server, client).statusCode())
        .toList();
  }

  private static HttpResponse<String> request(TestServer server, String client) {
    return server.send(server.request(UNKNOWN).header("Authorization", "Bearer good-" + client));
  }
}
