package io.storageconnections.adapter.http.security;

import static io.storageconnections.adapter.http.ApiFixtures.UNKNOWN_ID;
import static io.storageconnections.adapter.http.ApiFixtures.assertAnswer;
import static io.storageconnections.adapter.http.fixture.Wire.golden;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.RedirectResponse;
import io.javalin.http.UnauthorizedResponse;
import io.storageconnections.adapter.http.ApiFixtures;
import io.storageconnections.adapter.http.HttpApi;
import io.storageconnections.adapter.http.fixture.Wire;
import io.storageconnections.adapter.http.link.Paths;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.IssuerUnavailableException;
import io.storageconnections.application.port.StoreException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The callers of an application that recognizes them by a cookie. */
final class HostAuthenticationTest {

  private static final int REQUESTS_PER_MINUTE = 10;
  private static final String CONNECTIONS = Paths.STORAGE_CONNECTIONS;
  private static final String READABLE = Paths.CONNECTOR_TYPES;

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger("io.storageconnections");
  private final HttpApi api =
      HttpApi.builder(ApiFixtures.useCases())
          .callers(this::callerOf)
          .links("https://host.example.org")
          .rateLimit(REQUESTS_PER_MINUTE)
          .build();
  private final Javalin application =
      Javalin.create(
              config -> {
                config.startup.showJavalinBanner = false;
                for (var status : List.of(302, 401, 403, 500, 503)) {
                  config.routes.error(status, ctx -> ctx.result("page").contentType("text/html"));
                }
                config.routes.exception(
                    Exception.class, (failure, ctx) -> ctx.status(418).result("own handler"));
                api.mount(config.routes);
              })
          .start("127.0.0.1", 0);

  private Optional<Caller> callerOf(Context ctx) {
    var cookie = ctx.cookie("user");
    asked.add(String.valueOf(cookie));
    return switch (cookie) {
      case null -> Optional.empty();
      case "challenged" -> {
        ctx.header("WWW-Authenticate", "Basic realm=\"host\"");
        ctx.status(200).result("ignored");
        yield Optional.empty();
      }
      case "expired" -> throw new UnauthorizedResponse("secret");
      case "locked" -> throw new ForbiddenResponse("secret");
      case "new" -> {
        ctx.redirect("/login");
        throw new RedirectResponse();
      }
      case "unverifiable" ->
          throw new IssuerUnavailableException("no keys", new IOException("secret"));
      case "unreachable" -> throw new StoreException("asking", new IOException("secret"));
      case "broken" -> throw new IllegalStateException("secret");
      case "null" -> nothing();
      default -> Optional.of(Caller.ofClient(cookie));
    };
  }

  /** Returns null as an application that is not null-marked may return it. */
  @SuppressWarnings("NullAway")
  private static Optional<Caller> nothing() {
    return null;
  }

  @BeforeEach
  void listen() {
    log.list = new CopyOnWriteArrayList<>();
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(log);
    application.stop();
    client.shutdownNow();
  }

  private HttpResponse<String> send(String method, String path, String body, String... headers) {
    var url = URI.create("http://127.0.0.1:" + application.port() + path);
    var request = HttpRequest.newBuilder(url).method(method, BodyPublishers.ofString(body));
    try {
      return client.send(
          (headers.length == 0 ? request : request.headers(headers)).build(),
          BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpResponse<String> get(String user) {
    return send("GET", READABLE, "", "Cookie", "user=" + user);
  }

  /** Creates a connection as a browser does that has the cookie of a user. */
  private HttpResponse<String> create(String... headers) {
    var all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 0, headers.length);
    all[headers.length] = "Cookie";
    all[headers.length + 1] = "user=ada";
    return send("POST", CONNECTIONS, golden("create-request"), all);
  }

  @Test
  void caller_of_the_application_is_served() {
    var created = create();
    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(created.headers().firstValue("x-correlation-id")).isPresent();
    assertThat(asked).containsExactly("ada");
  }

  @Test
  void request_without_a_caller_is_401_without_a_challenge() {
    var answer = send("POST", CONNECTIONS, "{");
    assertAnswer(answer, 401, "401-unauthorized");
    assertThat(answer.headers().allValues("WWW-Authenticate")).isEmpty();
    assertThat(answer.headers().firstValue("x-correlation-id")).isPresent();
  }

  @Test
  void bearer_token_is_no_caller() {
    assertThat(send("GET", READABLE, "", "Authorization", "Bearer ada").statusCode())
        .isEqualTo(401);
  }

  @Test
  void application_adds_its_own_challenge() {
    var answer = get("challenged");
    assertAnswer(answer, 401, "401-unauthorized");
    assertThat(answer.headers().allValues("WWW-Authenticate"))
        .containsExactly("Basic realm=\"host\"");
  }

  @Test
  void application_refuses_a_caller_with_its_own_status() {
    assertAnswer(get("expired"), 401, "401-unauthorized");
    var forbidden = get("locked");
    assertThat(forbidden.statusCode()).isEqualTo(403);
    assertThat(Wire.at(forbidden.body(), "/error/code")).isEqualTo("Forbidden");
    assertThat(forbidden.body()).doesNotContain("secret");
    assertThat(log.list).isEmpty();
  }

  @Test
  void application_redirects_a_caller() {
    var redirected = get("new");
    assertThat(redirected.statusCode()).isEqualTo(302);
    assertThat(redirected.headers().firstValue("Location")).contains("/login");
    assertThat(redirected.headers().allValues("Content-Type")).containsExactly("application/json");
    assertThat(Wire.at(redirected.body(), "/error/code")).isEqualTo("Found");
  }

  @Test
  void unavailable_issuer_is_503_and_not_logged_by_the_api() {
    var answer = get("unverifiable");
    assertAnswer(answer, 503, "503-issuer");
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(log.list).isEmpty();
  }

  @Test
  void unreachable_store_is_503() {
    assertAnswer(get("unreachable"), 503, "503-store");
  }

  @ParameterizedTest
  @ValueSource(strings = {"broken", "null"})
  void defect_of_the_application_is_500_and_logged(String user) {
    assertAnswer(get(user), 500, "500-internal");
    assertThat(log.list).extracting(ILoggingEvent::getMessage).containsExactly("A request failed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"challenged", "expired", "locked", "unverifiable", "broken", "null"})
  void requests_without_a_caller_are_limited_by_address(String user) {
    for (var i = 0; i < REQUESTS_PER_MINUTE; i++) {
      assertThat(get(user).statusCode()).isNotEqualTo(429);
    }
    assertAnswer(get(user), 429, "429-too-many");
    assertThat(get("ada").statusCode()).isEqualTo(200);
  }

  @Test
  void requests_with_a_caller_are_limited_by_client() {
    for (var i = 0; i < REQUESTS_PER_MINUTE; i++) {
      assertThat(get("ada").statusCode()).isEqualTo(200);
    }
    assertAnswer(get("ada"), 429, "429-too-many");
    assertThat(get("bob").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-Fetch-Site, cross-site, application/x-www-form-urlencoded",
    "Sec-Fetch-Site, cross-site, multipart/form-data; boundary=x",
    "Sec-Fetch-Site, cross-site, text/plain",
    "Sec-Fetch-Site, cross-site, text/plain; application/json",
    "Sec-Fetch-Site, cross-site, 'text/plain, application/json'",
    "Sec-Fetch-Site, cross-site,",
    "Sec-Fetch-Site, same-site, text/plain",
    "Sec-Fetch-Site, unknown, text/plain",
    "Origin, https://attacker.example.net, text/plain",
    "Origin, null, text/plain"
  })
  void form_of_another_origin_is_403_before_the_application_is_asked(
      String header, String value, String contentType) {
    var answer =
        contentType == null
            ? create(header, value)
            : create(header, value, "Content-Type", contentType);
    assertAnswer(answer, 403, "403-cross-origin");
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-Fetch-Site, same-origin, text/plain",
    "Sec-Fetch-Site, none, application/x-www-form-urlencoded",
    "Sec-Fetch-Site, cross-site, application/json",
    "Sec-Fetch-Site, same-site, Application/JSON; charset=utf-8",
    "Origin, https://app.example.org, application/json",
    "User-Agent, curl/8.0, application/x-www-form-urlencoded"
  })
  void request_that_no_form_of_another_origin_can_send_is_served(
      String header, String value, String contentType) {
    assertThat(create(header, value, "Content-Type", contentType).statusCode()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE"})
  void method_that_changes_nothing_or_needs_permission_is_served(String method) {
    var path = CONNECTIONS + "/" + UNKNOWN_ID;
    var answer = send(method, path, "{}", "Sec-Fetch-Site", "cross-site", "Cookie", "user=ada");
    assertThat(answer.statusCode()).isEqualTo(404);
  }

  @Test
  void form_of_another_origin_is_limited_by_address() {
    for (var i = 0; i < REQUESTS_PER_MINUTE; i++) {
      assertThat(create("Sec-Fetch-Site", "cross-site").statusCode()).isEqualTo(403);
    }
    assertThat(create("Sec-Fetch-Site", "cross-site").statusCode()).isEqualTo(429);
    assertThat(create().statusCode()).isEqualTo(201);
  }
}
