package io.storageconnections.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import io.javalin.json.JsonMapper;
import io.storageconnections.adapter.http.fixture.Wire;
import io.storageconnections.adapter.http.link.Paths;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Verification;
import java.io.IOException;
import java.lang.reflect.Type;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.MDC;

/** The routes of the API in the Javalin server of another application. */
final class EmbeddedApiTest {

  private static final String CREATE =
      """
      {"iModelId": "7dbd531d-6967-47b2-8945-a722a437ad7a", "sourceFiles": [
        {"storageFileId": "t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cA", "connectorType": "MSTN"}]}
      """;

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<String> correlationIdsAfterRequests = new CopyOnWriteArrayList<>();
  private final List<String> traces = new CopyOnWriteArrayList<>();
  private final List<String> tracesAfterRequests = new CopyOnWriteArrayList<>();
  private final HttpApi api =
      HttpApi.builder(ApiFixtures.useCases())
          .bearerTokens(token -> {
            traces.add(String.valueOf(MDC.get("traceId")));
            return new Verification.Accepted(Caller.ofClient(token));
          })
          .links("https://host.example.org")
          .build();
  private final Javalin application =
      Javalin.create(
              config -> {
                config.startup.showJavalinBanner = false;
                config.jsonMapper(new OwnMapper());
                config.routes.get("/json", ctx -> ctx.json("anything"));
                config.routes.get("/own", ctx -> ctx.result("own").header("own", "yes"));
                config.routes.get(
                    "/broken",
                    ctx -> {
                      throw new IllegalStateException("own");
                    });
                config.routes.exception(
                    Exception.class, (failure, ctx) -> ctx.status(418).result("own handler"));
                config.routes.error(404, ctx -> ctx.result("own nothing").contentType("text/own"));
                config.routes.error(204, ctx -> ctx.result("own deletion").contentType("text/own"));
                config.routes.error(202, ctx -> ctx.result("own work").contentType("text/own"));
                config.routes.error(303, ctx -> ctx.result("own page").contentType("text/own"));
                config.routes.before(ctx -> MDC.put("correlationId", "own"));
                api.mount(config.routes);
                config.routes.after(ctx -> {
                  correlationIdsAfterRequests.add(String.valueOf(MDC.get("correlationId")));
                  tracesAfterRequests.add(String.valueOf(MDC.get("traceId")));
                });
              })
          .start("127.0.0.1", 0);

  @AfterEach
  void stop() {
    application.stop();
  }

  private HttpResponse<String> ask(String method, String path, String... headers) {
    var url = URI.create("http://127.0.0.1:" + application.port() + path);
    var request =
        HttpRequest.newBuilder(url)
            .method(method, BodyPublishers.ofString(method.equals("POST") ? CREATE : ""))
            .header("Authorization", "Bearer host-user");
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void trace_of_a_request_is_in_the_context_of_the_log_until_it_is_answered() {
    var sent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    assertThat(ask("POST", "/synchronization/imodels/storageconnections", "traceparent", sent))
        .extracting(HttpResponse::statusCode)
        .isEqualTo(201);
    assertThat(traces).containsExactly("4bf92f3577b34da6a3ce929d0e0e4736");
    assertThat(tracesAfterRequests).containsExactly("null");
  }

  @Test
  void api_works_with_the_token_verifier_of_the_application() {
    var created = ask("POST", Paths.STORAGE_CONNECTIONS);
    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(created.headers().firstValue("x-correlation-id")).isPresent();
    var path =
        created
            .headers()
            .firstValue("Location")
            .orElseThrow()
            .substring("https://host.example.org".length());
    assertThat(ask("GET", path).body()).isEqualTo(created.body());
    assertThat(ask("POST", Paths.STORAGE_CONNECTIONS).statusCode()).isEqualTo(409);
  }

  @Test
  void routes_headers_and_handlers_of_the_application_do_not_change() {
    var own = ask("GET", "/own");
    assertThat(own.body()).isEqualTo("own");
    assertThat(own.headers().firstValue("x-correlation-id")).isEmpty();
    assertThat(own.headers().firstValue("RateLimit")).isEmpty();
    assertThat(ask("GET", "/json").body()).isEqualTo("own json");
    assertThat(ask("GET", "/broken").body()).isEqualTo("own handler");
    assertThat(ask("GET", "/nowhere").body()).isEqualTo("own nothing");
    assertThat(ask("GET", "/health/live").body()).isEqualTo("own nothing");
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, /synchronization/imodels/storageconnections, 'GET, HEAD, POST'",
    "PATCH, /synchronization/imodels/storageconnections/x, 'GET, HEAD, PUT, DELETE'",
    "DELETE, /synchronization/connectortypes, 'GET, HEAD'",
    "GET, /synchronization/imodels/storageconnections/x/run, POST"
  })
  void unsupported_method_is_405_with_allow_header(String method, String path, String allowed) {
    var answer = ask(method, path);
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(Wire.pretty(answer.body())).isEqualTo(Wire.golden("405-method"));
    assertThat(answer.headers().firstValue("Allow")).contains(allowed);
    assertThat(answer.headers().firstValue("x-correlation-id")).isPresent();
  }

  @Test
  void error_handlers_of_the_application_do_not_change_errors_of_the_api() {
    var unknown = Paths.STORAGE_CONNECTIONS + "/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    var refused = ask("GET", unknown);
    assertThat(refused.statusCode()).isEqualTo(404);
    assertThat(refused.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(refused.body()).contains("\"code\":\"StorageConnectionNotFound\"");
  }

  @Test
  void error_handlers_of_the_application_do_not_change_answers_without_a_body() {
    var location =
        ask("POST", Paths.STORAGE_CONNECTIONS).headers().firstValue("Location").orElseThrow();
    var deleted = ask("DELETE", location.substring("https://host.example.org".length()));
    assertThat(deleted.statusCode()).isEqualTo(204);
    assertThat(deleted.body()).isEmpty();
    assertThat(deleted.headers().firstValue("Content-Type")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, 202", "1, 303"})
  void error_handlers_of_the_application_do_not_change_answers_to_the_start_of_a_run(
      int liveRuns, int status) {
    var location =
        ask("POST", Paths.STORAGE_CONNECTIONS).headers().firstValue("Location").orElseThrow();
    var path = location.substring("https://host.example.org".length()) + "/run";
    for (int i = 0; i < liveRuns; i++) {
      ask("POST", path);
    }
    var answer = ask("POST", path);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValue("Content-Type")).isEmpty();
    assertThat(answer.headers().firstValue("Location").orElse("")).startsWith(location + "/runs/");
  }

  @Test
  void log_context_of_the_application_is_restored() {
    ask("GET", Paths.STORAGE_CONNECTIONS);
    ask("GET", "/own");
    assertThat(correlationIdsAfterRequests).containsExactly("own", "own");
  }

  /** The JSON mapper of the application. The API must not use it. */
  private static final class OwnMapper implements JsonMapper {

    @Override
    public String toJsonString(Object object, Type type) {
      return "own json";
    }
  }

  @Test
  void method_override_is_refused() {
    var location =
        ask("POST", Paths.STORAGE_CONNECTIONS).headers().firstValue("Location").orElseThrow();
    var path = location.substring("https://host.example.org".length());
    assertThat(ask("GET", path, "X-HTTP-Method-Override", "DELETE").statusCode()).isEqualTo(400);
    assertThat(ask("GET", path).statusCode()).isEqualTo(200);
  }
}
