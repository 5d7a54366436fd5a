package io.storageconnections.adapter.http.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.adapter.http.TestServer;
import io.storageconnections.adapter.http.fixture.SettableTime;
import io.storageconnections.adapter.http.fixture.TestIssuer;
import io.storageconnections.adapter.http.fixture.Wire;
import io.storageconnections.adapter.http.ratelimit.RateLimit;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DevelopmentIssuerEndpointsTest {

  private static final String GRANT = "grant_type=client_credentials&client_id=";

  private final TestServer server = TestServer.withIssuer();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void discovery_document_names_every_endpoint_and_what_it_supports() {
    assertThat(Wire.pretty(server.get("/.well-known/openid-configuration").body()))
        .isEqualTo(Wire.golden("200-openid-configuration"));
  }

  @Test
  void keys_are_served_as_json() {
    var answer = server.get("/.well-known/jwks.json");
    assertThat(answer.body()).isEqualTo("{\"keys\":[]}");
    assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/json");
  }

  @Test
  void client_gets_a_token_with_basic_credentials_or_with_a_form() {
    for (var answer :
        new HttpResponse<?>[] {
          token("grant_type=client_credentials&scope=itwin-platform", "Basic " + basic("me:any")),
          token("grant_type=client_credentials&client_id=me&client_secret=any", null)
        }) {
      var body = (String) answer.body();
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(Wire.at(body, "/access_token")).isEqualTo("good-me");
      assertThat(Wire.at(body, "/token_type")).isEqualTo("Bearer");
      assertThat(Wire.at(body, "/expires_in")).isEqualTo("3600");
      assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "grant_type=password&client_id=me, unsupported_grant_type",
    "client_id=me, invalid_request",
    "grant_type=&client_id=me, invalid_request",
    "grant_type=client_credentials, invalid_client",
    "grant_type=client_credentials&client_id=, invalid_client",
    "grant_type=client_credentials&client_id=me&scope=openid, invalid_scope",
  })
  void unsupported_token_requests_are_400(String form, String code) {
    var answer = token(form, null);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Wire.at(answer.body(), "/error")).isEqualTo(code);
  }

  @Test
  void empty_fields_of_a_form_are_ignored() {
    var answer = token("&grant_type=client_credentials&&client_id=me&", null);
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void repeated_form_field_is_400() {
    var form = "grant_type=client_credentials&grant_type=password&client_id=me";
    assertError(
        token(form, null),
        400,
        "invalid_request",
        "The parameter grant_type must occur only once.");
  }

  @Test
  void repeated_field_that_no_endpoint_knows_is_ignored() {
    assertThat(token(GRANT + "me&resource=a&resource=b", null).statusCode()).isEqualTo(200);
  }

  @Test
  void multipart_form_is_400() {
    var answer =
        server.send(
            server
                .request("/connect/token")
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(BodyPublishers.ofString("grant_type=client_credentials")));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Wire.at(answer.body(), "/error")).isEqualTo("invalid_request");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nope", "\"", "", "utf-16", "\"nope\"", ";;;"})
  void form_in_an_unknown_charset_is_415(String charset) {
    var answer = form("application/x-www-form-urlencoded; charset=" + charset, GRANT + "me");
    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(Wire.at(answer.body(), "/error")).isEqualTo("invalid_request");
    assertThat(Wire.at(answer.body(), "/error_description")).contains("charset", "UTF-8");
    assertThat(answer.headers().firstValue("Accept-Encoding")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/x-www-form-urlencoded; charset=utf-8       | %C3%A9 | good-é",
        "application/x-www-form-urlencoded;charset=\"UTF8\"     | %C3%A9 | good-é",
        "application/x-www-form-urlencoded; CHARSET=ISO-8859-1  | %E9    | good-é",
        "application/x-www-form-urlencoded; charset=latin1      | %E9    | good-é",
        "application/x-www-form-urlencoded                      | a+b    | good-a b",
      })
  void form_in_a_known_charset_is_decoded(String contentType, String client, String token) {
    var answer = form(contentType, GRANT + client);
    assertThat(Wire.at(answer.body(), "/access_token")).isEqualTo(token);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%zz", "%ff", "%C3"})
  void form_that_cannot_be_decoded_is_400(String client) {
    var answer = form("application/x-www-form-urlencoded", GRANT + client);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Wire.at(answer.body(), "/error_description")).contains("Send a form");
  }

  @Test
  void compressed_form_is_415() {
    var answer =
        server.send(
            server
                .request("/connect/token")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofString(GRANT + "me")));
    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(answer.headers().firstValue("Accept-Encoding")).contains("identity");
  }

  @Test
  void form_that_is_too_large_is_413() {
    var large = form("application/x-www-form-urlencoded", GRANT + "x".repeat(1024 * 1024));
    assertError(large, 413, "invalid_request", "The body has more than 1 MiB.");
  }

  /** A longer name would make the token too long for a request header. */
  @Test
  void client_name_with_more_than_255_characters_is_400() {
    var fits = "x".repeat(255);
    assertThat(token(GRANT + fits, null).statusCode()).isEqualTo(200);
    var description = "The client's name has at most 255 characters.";
    assertError(token(GRANT + fits + "x", null), 400, "invalid_client", description);
    var basic = token(GRANT, "Basic " + basic(fits + "x:"));
    assertError(basic, 401, "invalid_client", description);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic %%%", "Basic bm9jb2xvbg==", "Basic "})
  void malformed_credentials_are_401_with_a_challenge(String credentials) {
    var answer = token("grant_type=client_credentials", credentials);
    assertError(
        answer,
        401,
        "invalid_client",
        "The credentials of the Authorization header are malformed.");
    assertThat(answer.headers().firstValue("WWW-Authenticate"))
        .contains("Basic realm=\"development issuer\"");
  }

  @Test
  void client_that_is_named_twice_is_400_unless_the_names_are_equal() {
    var same = token(GRANT + "me", "Basic " + basic("me:any"));
    assertThat(same.statusCode()).isEqualTo(200);
    assertError(
        token(GRANT + "other", "Basic " + basic("me:any")),
        400,
        "invalid_request",
        "client_id must be absent or name the same client as the Authorization header.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"basic ", "BASIC ", "bAsIc  "})
  void scheme_of_basic_credentials_matches_in_any_case(String scheme) {
    var answer = token("grant_type=client_credentials", scheme + basic("me:any"));
    assertThat(Wire.at(answer.body(), "/access_token")).isEqualTo("good-me");
  }

  @Test
  void other_authorization_schemes_are_ignored() {
    var answer = token(GRANT + "me", "Bearer good");
    assertThat(Wire.at(answer.body(), "/access_token")).isEqualTo("good-me");
  }

  @ParameterizedTest
  @CsvSource({"me, me", "me, other", "me, ''", "'', me"})
  void two_authorization_headers_are_400(String first, String second) {
    var request =
        server
            .request("/connect/token")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(GRANT + "me"));
    for (var client : List.of(first, second)) {
      request.header("Authorization", client.isEmpty() ? "" : "Basic " + basic(client + ":any"));
    }
    var answer = server.send(request);
    assertError(
        answer, 400, "invalid_request", "The request must have at most one Authorization header.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a%0Ab", "%00a", "a%7F", "a%C2%85b", "a%09"})
  void client_name_with_a_control_character_is_400(String client) {
    var description = "The client's name must not contain control characters.";
    assertError(token(GRANT + client, null), 400, "invalid_client", description);
    var basic = token("grant_type=client_credentials", "Basic " + basic(client + ":any"));
    assertError(basic, 401, "invalid_client", description);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET    | /connect/token      | POST",
        "PUT    | /connect/token      | POST",
        "POST   | /connect/authorize  | GET, HEAD",
        "DELETE | /connect/userinfo   | GET, HEAD",
        "GET    | /connect/introspect | POST",
        "POST   | /connect/endsession | GET, HEAD",
      })
  void unsupported_method_is_405(String method, String path, String allowed) {
    var answer = server.send(server.request(path).method(method, BodyPublishers.noBody()));
    assertError(
        answer,
        405,
        "invalid_request",
        "The endpoint does not support the method. Allow names the methods that it supports.");
    assertThat(answer.headers().allValues("Allow")).containsExactly(allowed);
  }

  @Test
  void request_above_the_rate_limit_is_429() {
    try (var limited =
        TestServer.withIssuer(new TestIssuer(), new RateLimit(1, new SettableTime()))) {
      assertThat(limited.send(limited.request("/connect/endsession")).statusCode()).isEqualTo(200);
      var answer = limited.send(limited.request("/connect/endsession"));
      assertError(
          answer,
          429,
          "temporarily_unavailable",
          "The address has sent too many requests. Retry-After tells when the next one is"
              + " allowed.");
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }
  }

  @Test
  void path_without_an_endpoint_is_404_of_the_server() {
    var answer = server.send(server.request("/connect/nowhere"));
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(Wire.at(answer.body(), "/error/code")).isEqualTo("NotFound");
  }

  private static void assertError(
      HttpResponse<String> answer, int status, String error, String description) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body())
        .isEqualTo("{\"error\":\"%s\",\"error_description\":\"%s\"}".formatted(error, description));
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
  }

  private HttpResponse<String> form(String contentType, String form) {
    return server.send(
        server
            .request("/connect/token")
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofString(form)));
  }

  private HttpResponse<String> token(String form, @Nullable String authorization) {
    var request =
        server
            .request("/connect/token")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form));
    return server.send(
        authorization == null ? request : request.header("Authorization", authorization));
  }

  private static String basic(String credentials) {
    return Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
  }
}
