package io.storageconnections.adapter.http.jetty;

import static io.storageconnections.adapter.http.ApiFixtures.RUN;
import static io.storageconnections.adapter.http.RunFixtures.started;
import static io.storageconnections.adapter.http.TestServer.CONNECTIONS;
import static io.storageconnections.adapter.http.fixture.Wire.golden;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import io.javalin.http.HandlerType;
import io.storageconnections.adapter.http.BoundSocket;
import io.storageconnections.adapter.http.RouteGroup;
import io.storageconnections.adapter.http.TestServer;
import io.storageconnections.adapter.http.fixture.Connection;
import io.storageconnections.adapter.http.fixture.TestIssuer;
import io.storageconnections.adapter.http.port.AnsweredRequest;
import io.storageconnections.adapter.http.ratelimit.RateLimit;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the server tells its observers about requests that have ended. */
final class ObservedRequestsTest {

  private static final String CLOSING = "Host: x\r\nConnection: close\r\n\r\n";

  private static AnsweredRequest next(TestServer server) throws InterruptedException {
    return Objects.requireNonNull(server.answered.poll(30, TimeUnit.SECONDS));
  }

  private static TestServer with(RouteGroup routes) {
    return TestServer.withDevelopmentRoutes(
        BoundSocket.on("127.0.0.1", 0),
        new TestIssuer(),
        new RateLimit(5000, TimeMeter.SYSTEM_NANOTIME),
        List.of(routes),
        List.of());
  }

  @Test
  void answered_request_has_its_route_status_client_and_correlation_id() throws Exception {
    try (var server = TestServer.start()) {
      var answer =
          server.send(
              server
                  .authorized(CONNECTIONS)
                  .header("x-correlation-id", "abc-1")
                  .POST(BodyPublishers.ofString(golden("create-request"))));
      assertThat(answer.statusCode()).isEqualTo(201);
      var seen = next(server);
      assertThat(seen)
          .usingRecursiveComparison()
          .ignoringFields("duration")
          .isEqualTo(
              new AnsweredRequest(
                  "POST", CONNECTIONS, 201, Duration.ZERO, "client", "abc-1", null));
      assertThat(seen.duration()).isPositive();
      assertThat(server.answered).isEmpty();
    }
  }

  @Test
  void route_is_a_template_without_the_ids_of_the_path() throws Exception {
    try (var server = TestServer.start()) {
      server.get(CONNECTIONS + "/MWplZe9Uf0iR1IDMqyOMLqBN0_wHEVBGg_CzJmXdmE4");
      assertThat(next(server))
          .returns(CONNECTIONS + "/{connectionId}", AnsweredRequest::route)
          .returns(404, AnsweredRequest::status);
    }
  }

  @Test
  void head_and_a_request_that_waits_are_told_when_they_are_answered() throws Exception {
    try (var server = TestServer.start()) {
      server.create(golden("create-request"));
      started(server);
      server.send(server.authorized(RUN).header("Prefer", "wait=1").HEAD());
      next(server);
      assertThat(next(server))
          .returns("HEAD", AnsweredRequest::method)
          .returns(200, AnsweredRequest::status)
          .satisfies(
              head -> assertThat(head.duration()).isGreaterThanOrEqualTo(Duration.ofSeconds(1)));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET /no/such/route HTTP/1.1                          | GET   | 404",
        "BREW /synchronization/imodels/connectortypes HTTP/1.1 | OTHER | 404",
        "get /synchronization/imodels HTTP/1.1                 | OTHER | 404",
        "OPTIONS /synchronization/imodels/storageconnections HTTP/1.1 | OPTIONS | 405",
        "GET /%uD800 HTTP/1.1                                 | GET   | 400",
        "GET /a%00b HTTP/1.1                                  | OTHER | 400",
        "GET / HTTP/3.0                                       | OTHER | 505",
        "no-request                                           | OTHER | 400",
      })
  void request_without_a_route_has_no_route_and_a_known_method(
      String line, String method, int status) throws Exception {
    try (var server = TestServer.start()) {
      var answer = server.raw(line + "\r\n" + CLOSING);
      var seen = next(server);
      assertThat(answer)
          .startsWith("HTTP/1.1 " + seen.status() + " ")
          .contains(seen.correlationId());
      assertThat(seen)
          .returns(method, AnsweredRequest::method)
          .returns(null, AnsweredRequest::route)
          .returns(status, AnsweredRequest::status)
          .returns(null, AnsweredRequest::client);
    }
  }

  @Test
  void request_with_too_large_a_header_is_told_with_its_status() throws Exception {
    try (var server = TestServer.start()) {
      var answer = server.raw("GET / HTTP/1.1\r\nX: " + "x".repeat(100_000) + "\r\n" + CLOSING);
      assertThat(answer).startsWith("HTTP/1.1 431 ");
      assertThat(next(server)).returns(431, AnsweredRequest::status);
      assertThat(server.answered).isEmpty();
    }
  }

  @Test
  void refused_token_has_a_route_and_no_client() throws Exception {
    try (var server = TestServer.start()) {
      assertThat(
              server.send(server.request(CONNECTIONS).POST(BodyPublishers.noBody())).statusCode())
          .isEqualTo(401);
      assertThat(next(server))
          .returns(401, AnsweredRequest::status)
          .returns(CONNECTIONS, AnsweredRequest::route)
          .returns(null, AnsweredRequest::client);
    }
  }

  @Test
  void failure_after_the_answer_has_begun_keeps_the_status_that_was_sent() throws Exception {
    RouteGroup routes =
        (all, pipeline) ->
            all.add(
                HandlerType.GET,
                "/half",
                pipeline.anonymous(ctx -> {
                  ctx.status(206);
                  ctx.res().getOutputStream().print("half");
                  ctx.res().flushBuffer();
                  throw new IllegalStateException("after the commit");
                }));
    try (var server = with(routes)) {
      assertThat(server.raw("GET /half HTTP/1.1\r\n" + CLOSING)).startsWith("HTTP/1.1 206 ");
      assertThat(next(server)).returns(206, AnsweredRequest::status);
    }
  }

  @Test
  void error_of_the_virtual_machine_is_told_as_500() throws Exception {
    RouteGroup routes =
        (all, pipeline) ->
            all.add(
                HandlerType.GET,
                "/broken",
                pipeline.anonymous(ctx -> {
                  throw new OutOfMemoryError("of a test");
                }));
    try (var server = with(routes)) {
      var answer = server.raw("GET /broken HTTP/1.1\r\n" + CLOSING);
      assertThat(answer).startsWith("HTTP/1.1 500 ");
      assertThat(next(server)).returns(500, AnsweredRequest::status);
    }
  }

  @Test
  void request_whose_client_goes_away_is_told_once() throws Exception {
    var arrived = new CountDownLatch(1);
    var released = new CountDownLatch(1);
    RouteGroup routes =
        (all, pipeline) ->
            all.add(
                HandlerType.GET,
                "/slow",
                pipeline.anonymous(ctx -> {
                  arrived.countDown();
                  assertThat(released.await(30, TimeUnit.SECONDS)).isTrue();
                  ctx.result("x".repeat(10_000_000));
                }));
    try (var server = with(routes)) {
      try (var gone = new Connection(server.at("/").getPort())) {
        gone.send("GET /slow HTTP/1.1\r\n" + CLOSING);
        assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();
      }
      released.countDown();
      assertThat(next(server)).returns("/slow", AnsweredRequest::route);
      assertThat(server.answered).isEmpty();
    }
  }

  @Test
  void body_that_is_cut_off_is_told_once() throws Exception {
    try (var server = TestServer.start()) {
      var answer =
          server.raw(
              "POST %s HTTP/1.1\r\nAuthorization: Bearer good\r\nContent-Length: 9\r\n%s{"
                  .formatted(CONNECTIONS, CLOSING));
      var seen = next(server);
      assertThat(answer).startsWith("HTTP/1.1 " + seen.status() + " ");
      assertThat(seen).returns(400, AnsweredRequest::status);
      assertThat(server.answered).isEmpty();
    }
  }

  @Test
  void observer_that_throws_hurts_neither_the_request_nor_other_observers() throws Exception {
    try (var server = TestServer.start();
        var kept = new Connection(server.at("/").getPort())) {
      server.observer =
          request -> {
            throw new IllegalStateException("of a test");
          };
      for (int i = 0; i < 3; i++) {
        assertThat(kept.ask("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n"))
            .startsWith("HTTP/1.1 200 ");
        assertThat(next(server)).returns("/health/live", AnsweredRequest::route);
      }
    }
  }
}
