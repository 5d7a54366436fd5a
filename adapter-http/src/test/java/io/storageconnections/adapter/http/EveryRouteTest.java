package io.storageconnections.adapter.http;

import static io.storageconnections.adapter.http.ApiFixtures.CONNECTION;
import static io.storageconnections.adapter.http.ApiFixtures.FILES;
import static io.storageconnections.adapter.http.ApiFixtures.IMODEL;
import static io.storageconnections.adapter.http.ApiFixtures.OTHER_FILE;
import static io.storageconnections.adapter.http.ApiFixtures.RUN;
import static io.storageconnections.adapter.http.ApiFixtures.RUNS;
import static io.storageconnections.adapter.http.ApiFixtures.SOURCE_FILE;
import static io.storageconnections.adapter.http.ApiFixtures.TASK_ID;
import static io.storageconnections.adapter.http.ApiFixtures.assertAnswer;
import static io.storageconnections.adapter.http.ApiFixtures.file;
import static io.storageconnections.adapter.http.TestServer.CONNECTIONS;
import static io.storageconnections.adapter.http.fixture.Wire.golden;
import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import io.storageconnections.adapter.http.announced.AnnouncedOperation;
import io.storageconnections.adapter.http.fixture.SettableTime;
import io.storageconnections.adapter.http.link.Paths;
import io.storageconnections.adapter.http.ratelimit.RateLimit;
import io.storageconnections.application.port.RunStore;
import io.storageconnections.application.port.StorageConnectionStore;
import io.storageconnections.application.port.StoreException;
import java.lang.reflect.Proxy;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The errors that every route has: 401, 413, 429, 500 and 503. */
final class EveryRouteTest {

  /** A valid request. */
  record Call(String method, String path, String body) {

    HttpRequest.Builder on(HttpRequest.Builder request) {
      return request.method(
          method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    }
  }

  static Stream<Arguments> callsThatUseTheStore() {
    var list = "?imodelId=" + IMODEL;
    return Stream.of(
        call("POST", CONNECTIONS, golden("create-request")),
        call("GET", CONNECTIONS + list, ""),
        call("GET", "/synchronization/imodels/connections" + list, ""),
        call("GET", CONNECTION, ""),
        call("PUT", CONNECTION, "{}"),
        call("DELETE", CONNECTION, ""),
        call("POST", FILES, file(OTHER_FILE, "IFC")),
        call("GET", FILES, ""),
        call("GET", SOURCE_FILE, ""),
        call("PUT", SOURCE_FILE, file(OTHER_FILE, "IFC")),
        call("DELETE", SOURCE_FILE, ""),
        call("POST", CONNECTION + "/run", ""),
        call("POST", RUNS, ""),
        call("GET", RUNS, ""),
        call("GET", "/synchronization/imodels/" + IMODEL + "/audit", ""),
        call("GET", RUN, ""),
        call("POST", RUN + "/cancel", ""),
        call("POST", RUN + "/retry", ""),
        call("GET", RUN + "/tasks/" + TASK_ID + "/output", ""));
  }

  static Stream<Arguments> calls() {
    return Stream.of(
            callsThatUseTheStore(),
            Stream.of(
                call("GET", "/synchronization/imodels/connections/authorizationinformation", ""),
                call("GET", "/synchronization/connectortypes", "")),
            AnnouncedOperation.ALL.stream()
                .map(announced ->
                    call(announced.method().name(), announced.path().replaceAll("[{}]", ""), "")))
        .flatMap(calls -> calls);
  }

  private static Arguments call(String method, String path, String body) {
    return Arguments.of(Named.of(method + " " + path, new Call(method, path, body)));
  }

  @Test
  void calls_contain_every_operation() {
    var calls = calls().map(EveryRouteTest::payload).toList();
    try (var server = TestServer.start()) {
      var operations = server.endpoints().stream().filter(EveryRouteTest::isOperation).toList();
      assertThat(operations).hasSizeGreaterThan(10);
      assertThat(operations)
          .filteredOn(operation -> calls.stream().noneMatch(call -> isCallOf(call, operation)))
          .extracting(operation -> operation.method + " " + operation.path)
          .isEmpty();
    }
  }

  private static boolean isOperation(Endpoint endpoint) {
    return endpoint.path.startsWith("/synchronization/")
        && !endpoint.path.equals(Paths.AUTHORIZATION_PAGE)
        && !endpoint.method.equals(HandlerType.HEAD);
  }

  private static boolean isCallOf(Call call, Endpoint endpoint) {
    var path = call.path().split("\\?", 2)[0];
    return call.method().equals(endpoint.method.name())
        && path.matches(endpoint.path.replaceAll("\\{[^}]*\\}", "[^/]*"));
  }

  private static Call payload(Arguments call) {
    return (Call) ((Named<?>) call.get()[0]).getPayload();
  }

  @ParameterizedTest
  @MethodSource("calls")
  void request_without_a_valid_token_is_401(Call call) {
    try (var server = TestServer.start()) {
      assertAnswer(server.send(call.on(server.request(call.path()))), 401, "401-header-not-found");
      var bad = server.request(call.path()).header("Authorization", "Bearer bad");
      assertAnswer(server.send(call.on(bad)), 401, "401-unauthorized");
    }
  }

  @ParameterizedTest
  @MethodSource("calls")
  void request_above_the_rate_limit_is_429(Call call) {
    try (var server = TestServer.with(new RateLimit(1, new SettableTime()))) {
      var first = server.send(call.on(server.authorized(call.path())));
      assertThat(first.statusCode()).isNotEqualTo(429);
      var second = server.send(call.on(server.authorized(call.path())));
      assertAnswer(second, 429, "429-too-many");
      assertThat(second.headers().firstValue("Retry-After")).isPresent();
    }
  }

  static Stream<Arguments> callsWithBody() {
    return callsThatUseTheStore().filter(call -> !payload(call).body().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("callsWithBody")
  void body_that_is_too_large_is_413(Call call) {
    try (var server = TestServer.start()) {
      var large = new Call(call.method(), call.path(), call.body() + " ".repeat(1024 * 1024));
      assertAnswer(server.send(large.on(server.authorized(call.path()))), 413, "413-too-large");
    }
  }

  @ParameterizedTest
  @MethodSource("callsThatUseTheStore")
  void unreachable_store_is_503(Call call) {
    var failure = new StoreException("asking", new IllegalStateException("jdbc:secret"));
    try (var server = failingWith(failure)) {
      var answer = server.send(call.on(server.authorized(call.path())));
      assertAnswer(answer, 503, "503-store");
      assertThat(answer.headers().firstValue("Retry-After")).contains("5");
    }
  }

  @ParameterizedTest
  @MethodSource("callsThatUseTheStore")
  void defect_is_500_without_internal_information(Call call) {
    try (var server = failingWith(new IllegalStateException("select secret"))) {
      assertAnswer(server.send(call.on(server.authorized(call.path()))), 500, "500-internal");
    }
  }

  private static TestServer failingWith(Throwable thrown) {
    return TestServer.on(
        failing(StorageConnectionStore.class, thrown), failing(RunStore.class, thrown));
  }

  private static <T> T failing(Class<T> port, Throwable thrown) {
    return port.cast(
        Proxy.newProxyInstance(
            EveryRouteTest.class.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> {
              throw thrown;
            }));
  }
}
