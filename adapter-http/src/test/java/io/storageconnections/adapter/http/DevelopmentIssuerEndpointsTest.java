package io.storageconnections.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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
  void discovery_names_what_clients_look_for() {
    var body = server.get("/.well-known/openid-configuration").body();
    var base = "https://sync.example.org";
    assertThat(Wire.at(body, "/issuer")).isEqualTo(base);
    assertThat(Wire.at(body, "/token_endpoint")).isEqualTo(base + "/connect/token");
    assertThat(Wire.at(body, "/jwks_uri")).isEqualTo(base + "/.well-known/jwks.json");
    assertThat(Wire.at(body, "/authorization_endpoint")).startsWith(base);
    assertThat(Wire.at(body, "/subject_types_supported/0")).isEqualTo("public");
    assertThat(Wire.at(body, "/id_token_signing_alg_values_supported/0")).isEqualTo("RS256");
    assertThat(Wire.count(body, "/response_types_supported")).isPositive();
  }

  @Test
  void keys_are_given_as_json() {
    var answer = server.get("/.well-known/jwks.json");
    assertThat(answer.body()).isEqualTo("{\"keys\":[]}");
    assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/json");
  }

  @Test
  void a_client_gets_a_token_by_basic_credentials_or_by_form() {
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
    "client_id=me, unsupported_grant_type",
    "grant_type=client_credentials, invalid_client",
    "grant_type=client_credentials&client_id=, invalid_client",
    "grant_type=client_credentials&client_id=me&scope=openid, invalid_scope",
  })
  void what_it_cannot_do_it_refuses(String form, String code) {
    var answer = token(form, null);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Wire.at(answer.body(), "/error/code")).isEqualTo(code);
  }

  @Test
  void a_parameter_that_is_repeated_is_refused() {
    var form = "grant_type=client_credentials&grant_type=password&client_id=me";
    assertThat(token(form, null).statusCode()).isEqualTo(400);
  }

  @Test
  void a_form_that_is_none_is_refused() {
    var answer =
        server.send(
            server
                .request("/connect/token")
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(BodyPublishers.ofString("grant_type=client_credentials")));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Wire.at(answer.body(), "/error/code")).isEqualTo("BadRequest");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nope", "\"", "", "utf-16", "\"nope\"", ";;;"})
  void a_form_in_an_unknown_charset_is_415(String charset) {
    var answer = form("application/x-www-form-urlencoded; charset=" + charset, GRANT + "me");
    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(Wire.at(answer.body(), "/error/code")).isEqualTo("UnsupportedMediaType");
    assertThat(Wire.at(answer.body(), "/error/message")).contains("charset", "UTF-8");
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
  void a_form_in_a_known_charset_is_read(String contentType, String client, String token) {
    var answer = form(contentType, GRANT + client);
    assertThat(Wire.at(answer.body(), "/access_token")).isEqualTo(token);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%zz", "%ff", "%C3"})
  void a_form_that_cannot_be_decoded_is_400(String client) {
    var answer = form("application/x-www-form-urlencoded", GRANT + client);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Wire.at(answer.body(), "/error/message")).contains("not a form");
  }

  @Test
  void a_compressed_form_is_415() {
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
  void a_form_that_is_too_large_is_413() {
    var large = form("application/x-www-form-urlencoded", GRANT + "x".repeat(1024 * 1024));
    assertThat(large.statusCode()).isEqualTo(413);
  }

  /** Else a token would be given out that is too long to be sent. */
  @Test
  void the_name_of_a_client_has_255_characters_at_most() {
    var fits = "x".repeat(255);
    assertThat(token(GRANT + fits, null).statusCode()).isEqualTo(200);
    for (var answer :
        List.of(token(GRANT + fits + "x", null), token(GRANT, "Basic " + basic(fits + "x:")))) {
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(Wire.at(answer.body(), "/error/code")).isEqualTo("invalid_client");
      assertThat(Wire.at(answer.body(), "/error/message")).contains("255");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic %%%", "Basic bm9jb2xvbg==", "Basic "})
  void credentials_that_are_none_are_refused(String credentials) {
    var answer = token("grant_type=client_credentials", credentials);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Wire.at(answer.body(), "/error/code")).isEqualTo("invalid_client");
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
