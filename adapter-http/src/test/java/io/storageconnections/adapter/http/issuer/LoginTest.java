package io.storageconnections.adapter.http.issuer;

import static io.storageconnections.adapter.http.fixture.LoginClient.exchange;
import static io.storageconnections.adapter.http.fixture.LoginClient.login;
import static io.storageconnections.adapter.http.fixture.LoginClient.redirected;
import static io.storageconnections.adapter.http.fixture.LoginClient.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.adapter.http.TestServer;
import io.storageconnections.adapter.http.fixture.LoginClient;
import io.storageconnections.adapter.http.fixture.TestIssuer;
import io.storageconnections.adapter.http.fixture.Wire;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A user logs in at the development issuer, and stays logged in. */
final class LoginTest {

  private final TestIssuer issuer = new TestIssuer();
  private final TestServer server = TestServer.withIssuer(issuer);
  private final LoginClient client = new LoginClient(server);

  @AfterEach
  void stop() {
    server.close();
  }

  // ---- the login --------------------------------------------------------------------------------

  @Test
  void redirection_whose_url_is_too_long_for_a_header_is_400() {
    var shortest = client.authorize(with(login(), "state", "x"));
    var length = shortest.headers().firstValue("Location").orElseThrow().length();
    var longest = client.authorize(with(login(), "state", "x".repeat(8_001 - length)));
    assertThat(redirected(longest)).containsKey("code");
    assertThat(longest.headers().firstValue("Location").orElseThrow()).hasSize(8_000);

    var tooLong = client.authorize(with(login(), "state", "x".repeat(8_002 - length)));
    assertError(
        tooLong,
        "invalid_request",
        "The URL of the redirection, with its parameters, has more than 8000 characters. Shorten"
            + " the URL or the state.");
    assertThat(tooLong.headers().firstValue("Location")).isEmpty();
  }

  /** The requests of the official command line client. */
  @Test
  void client_gets_a_code_and_exchanges_it_for_a_token_and_a_refresh_token() {
    var login = with(with(login(), "prompt", "consent"), "access_type", "offline");
    var answer = redirected(client.authorize(login));
    assertThat(answer.keySet()).containsExactly("code", "state", "iss");
    assertThat(answer)
        .containsEntry("state", "s 1&=")
        .containsEntry("iss", "https://sync.example.org");
    var code = answer.getOrDefault("code", "");
    assertThat(code).matches("[A-Za-z0-9_-]{43}");

    var tokens = client.token(exchange(code));
    assertThat(tokens.statusCode()).isEqualTo(200);
    assertThat(tokens.headers().firstValue("Cache-Control")).contains("no-store");
    var refreshToken = Wire.at(tokens.body(), "/refresh_token");
    assertThat(refreshToken).matches("[A-Za-z0-9_-]{43}");
    assertThat(tokens.body())
        .isEqualTo(
            "{\"access_token\":\"good-native-client~developer\",\"token_type\":\"Bearer\","
                + "\"expires_in\":3600,\"scope\":\"itwin-platform offline_access\","
                + "\"refresh_token\":\""
                + refreshToken
                + "\"}");
  }

  @Test
  void login_hint_chooses_the_user() {
    var code = client.code(with(login(), "login_hint", "alice@example.com"));
    assertThat(Wire.at(client.token(exchange(code)).body(), "/access_token"))
        .isEqualTo("good-native-client~alice@example.com");
  }

  @Test
  void redirect_keeps_the_query_of_the_client() {
    var uri = LoginClient.REDIRECT + "?a=b";
    var answer = client.authorize(with(login(), "redirect_uri", uri));
    assertThat(answer.headers().firstValue("Location").orElse("")).startsWith(uri + "&code=");
  }

  @Test
  void state_is_absent_if_the_client_sends_none() {
    assertThat(redirected(client.authorize(with(login(), "state", null))))
        .doesNotContainKey("state");
  }

  @Test
  void scope_openid_gives_an_id_token_with_the_nonce() {
    var openId = with(with(login(), "scope", "openid itwin-platform"), "nonce", "n1");
    var body = client.token(exchange(client.code(openId))).body();
    assertThat(Wire.at(body, "/id_token")).isEqualTo("id-native-client~developer~n1");
    assertThat(body).doesNotContain("refresh_token");
  }

  @Test
  void unknown_scopes_are_not_granted() {
    var login = with(login(), "scope", "imodels:read itwin-platform nonsense");
    assertThat(Wire.at(client.token(exchange(client.code(login))).body(), "/scope"))
        .isEqualTo("itwin-platform");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost/",
        "http://LOCALHOST:3000/cb",
        "http://127.0.0.1:3000/cb",
        "http://127.1.2.3/cb",
        "https://localhost:3000/cb",
        "http://[::1]:3000/cb"
      })
  void redirect_to_a_loopback_host_is_allowed(String uri) {
    var answer = client.authorize(with(login(), "redirect_uri", uri));
    assertThat(answer.headers().firstValue("Location").orElse("")).startsWith(uri + "?code=");
  }

  // ---- refused logins ---------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://app.example.org/cb",
        "http://127.0.0.1.example.org/",
        "http://localhost.example.org/",
        "http://localhost@example.org/",
        "http://example.org@localhost/",
        "http://localhost\\@example.org/",
        "http://localhost/#fragment",
        "http://10.0.0.1/",
        "//localhost/",
        "/cb",
        "http:localhost",
        "javascript:alert(1)",
        "file://localhost/etc/passwd",
        "app://localhost/cb",
        "http://localhost/\r\nSet-Cookie: a=b",
        "http://localhost/\u00e9",
        "not a url"
      })
  void redirect_elsewhere_is_400_and_sends_the_browser_nowhere(String uri) {
    var answer = client.authorize(with(login(), "redirect_uri", uri));
    assertError(
        answer,
        "invalid_request",
        "redirect_uri must be an http or https URL of localhost, 127.0.0.1 or [::1], without a"
            + " fragment.");
    assertThat(answer.headers().firstValue("Location")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "client_id    |       | The parameter client_id is missing.",
        "client_id    | ''    | The parameter client_id is missing.",
        "client_id    | ' '   | The client's name must not be blank.",
        "redirect_uri |       | The parameter redirect_uri is missing.",
      })
  void login_without_a_client_is_400(String name, String value, String description) {
    assertError(client.authorize(with(login(), name, value)), "invalid_request", description);
  }

  @ParameterizedTest
  @ValueSource(strings = {"client_id", "redirect_uri"})
  void login_with_two_clients_is_400(String name) {
    assertError(
        client.authorize(LoginClient.twice(login(), name)),
        "invalid_request",
        "The parameter " + name + " must occur only once.");
  }

  @Test
  void login_that_cannot_be_decoded_is_400() {
    var answer = client.authorize(LoginClient.encoded(login()) + "&nonce=%ff");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Wire.at(answer.body(), "/error")).isEqualTo("invalid_request");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "response_type  |       | invalid_request           | The parameter response_type is"
            + " missing.",
        "response_type  | token | unsupported_response_type | The only response type is code.",
        "response_mode  | fragment | invalid_request        | The only response mode is query.",
        "scope          | openid | invalid_scope            | The scope must contain"
            + " itwin-platform.",
        "code_challenge |       | invalid_request           | The parameter code_challenge is"
            + " missing.",
        "code_challenge | short | invalid_request           | code_challenge must be a SHA-256 in"
            + " base64url: 43 characters.",
        "code_challenge_method |       | invalid_request    | code_challenge_method must be S256.",
        "code_challenge_method | plain | invalid_request    | code_challenge_method must be S256.",
        "login_hint     | ' '   | invalid_request           | The user's name in login_hint must"
            + " not be blank.",
      })
  void other_faults_are_sent_to_the_client_with_its_state(
      String name, String value, String error, String description) {
    assertThat(redirected(client.authorize(with(login(), name, value))))
        .isEqualTo(
            Map.of(
                "error",
                error,
                "error_description",
                description,
                "state",
                "s 1&=",
                "iss",
                "https://sync.example.org"));
  }

  @Test
  void user_name_with_more_than_255_characters_is_refused() {
    var fits = "x".repeat(255);
    assertThat(client.code(with(login(), "login_hint", fits))).isNotEmpty();
    assertThat(redirected(client.authorize(with(login(), "login_hint", fits + "x"))))
        .containsEntry("error", "invalid_request");
  }

  @ParameterizedTest
  @ValueSource(strings = {"state", "scope", "nonce", "login_hint", "code_challenge"})
  void repeated_parameter_is_sent_to_the_client(String name) {
    var answer = redirected(client.authorize(LoginClient.twice(with(login(), name, "x"), name)));
    assertThat(answer)
        .containsEntry("error", "invalid_request")
        .containsEntry("error_description", "The parameter " + name + " must occur only once.");
    assertThat(answer.containsKey("state")).isEqualTo(!name.equals("state"));
  }

  // ---- refused codes ----------------------------------------------------------------------------

  private static final String CODE_REFUSED =
      "The code is unknown, used or expired, or client_id, redirect_uri or code_verifier is not"
          + " that of the login.";

  @ParameterizedTest
  @CsvSource({
    "code, unknown",
    "client_id, other-client",
    "redirect_uri, http://localhost:3301/other",
    "code_verifier, aBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
    "code_verifier, é",
  })
  void code_with_another_value_than_at_the_login_is_400(String name, String value) {
    var exchange = exchange(client.code(login()));
    assertError(client.token(with(exchange, name, value)), "invalid_grant", CODE_REFUSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"code", "redirect_uri", "code_verifier"})
  void exchange_without_a_parameter_is_400_and_does_not_use_the_code_up(String name) {
    var exchange = exchange(client.code(login()));
    assertError(
        client.token(with(exchange, name, null)),
        "invalid_request",
        "The parameter " + name + " is missing.");
    assertThat(client.token(exchange).statusCode()).isEqualTo(200);
  }

  @Test
  void exchange_without_a_client_is_400() {
    assertError(
        client.token(with(exchange("x"), "client_id", null)),
        "invalid_client",
        "Name the client by HTTP Basic or client_id; any name will do.");
  }

  @Test
  void code_can_be_used_once() {
    var exchange = exchange(client.code(login()));
    assertThat(client.token(exchange).statusCode()).isEqualTo(200);
    assertError(client.token(exchange), "invalid_grant", CODE_REFUSED);
  }

  @Test
  void code_cannot_be_used_after_a_wrong_guess_of_its_verifier() {
    var exchange = exchange(client.code(login()));
    assertThat(client.token(with(exchange, "code_verifier", "guess")).statusCode()).isEqualTo(400);
    assertError(client.token(exchange), "invalid_grant", CODE_REFUSED);
  }

  @Test
  void code_expires_after_a_minute() {
    var first = exchange(client.code(login()));
    var second = exchange(client.code(login()));
    issuer.pass(Duration.ofMillis(59_999));
    assertThat(client.token(first).statusCode()).isEqualTo(200);
    issuer.pass(Duration.ofMillis(1));
    assertError(client.token(second), "invalid_grant", CODE_REFUSED);
  }

  @Test
  void refresh_token_is_no_code_and_a_code_is_no_refresh_token() {
    var code = client.code(login());
    assertError(client.token(refresh(code)), "invalid_grant", TOKEN_REFUSED);
    assertError(client.token(exchange(refreshToken())), "invalid_grant", CODE_REFUSED);
  }

  // ---- refresh tokens ---------------------------------------------------------------------------

  private static final String TOKEN_REFUSED =
      "The refresh token is unknown, used or expired, or of another client.";

  @Test
  void refresh_token_gives_a_new_access_token_of_the_user_and_a_new_refresh_token() {
    var first = refreshToken();
    var tokens = client.token(refresh(first));
    assertThat(tokens.statusCode()).isEqualTo(200);
    assertThat(Wire.at(tokens.body(), "/access_token")).isEqualTo("good-native-client~developer");
    var second = Wire.at(tokens.body(), "/refresh_token");
    assertThat(second).isNotEmpty().isNotEqualTo(first);
    assertThat(client.token(refresh(second)).statusCode()).isEqualTo(200);
  }

  @Test
  void refresh_token_can_be_used_once() {
    var token = refreshToken();
    assertThat(client.token(refresh(token)).statusCode()).isEqualTo(200);
    assertError(client.token(refresh(token)), "invalid_grant", TOKEN_REFUSED);
  }

  @Test
  void refresh_token_of_another_client_is_400_and_stays_in_force() {
    var token = refreshToken();
    assertError(
        client.token(with(refresh(token), "client_id", "other-client")),
        "invalid_grant",
        TOKEN_REFUSED);
    assertThat(client.token(refresh(token)).statusCode()).isEqualTo(200);
  }

  @Test
  void refresh_token_expires_after_30_days() {
    var token = refreshToken();
    issuer.pass(Duration.ofDays(30));
    assertError(client.token(refresh(token)), "invalid_grant", TOKEN_REFUSED);
  }

  @Test
  void refresh_with_fewer_scopes_gives_them_and_keeps_the_others_for_the_next_refresh() {
    var tokens = client.token(with(refresh(refreshToken()), "scope", "itwin-platform"));
    assertThat(Wire.at(tokens.body(), "/scope")).isEqualTo("itwin-platform");
    var next = client.token(refresh(Wire.at(tokens.body(), "/refresh_token")));
    assertThat(Wire.at(next.body(), "/scope")).isEqualTo("itwin-platform offline_access");
  }

  @ParameterizedTest
  @CsvSource({
    "itwin-platform openid, The user has not granted all of these scopes.",
    "offline_access, The scope must contain itwin-platform.",
  })
  void refresh_with_other_scopes_is_400_and_does_not_use_the_token_up(
      String scope, String description) {
    var token = refreshToken();
    assertError(client.token(with(refresh(token), "scope", scope)), "invalid_scope", description);
    assertThat(client.token(refresh(token)).statusCode()).isEqualTo(200);
  }

  @Test
  void refresh_without_a_token_is_400() {
    assertError(
        client.token(with(refresh("x"), "refresh_token", null)),
        "invalid_request",
        "The parameter refresh_token is missing.");
  }

  // ---- user info, introspection, logout ---------------------------------------------------------

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "alice             | ,\"email\":\"alice@example.com\"",
        "alice@example.com | ,\"email\":\"alice@example.com\"",
        "alice@example.net | ''",
        "Alice B           | ''",
      })
  void user_info_describes_the_user(String user, String email) {
    var answer =
        server.send(
            server
                .request("/connect/userinfo")
                .header("Authorization", "Bearer good-native-client~" + user));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"sub\":\"USER\",\"name\":\"USER\",\"preferred_username\":\"USER\"EMAIL}"
                .replace("USER", user)
                .replace("EMAIL", email));
  }

  @ParameterizedTest
  @CsvSource({
    "'', Bearer",
    "Bearer bad, 'Bearer error=\"invalid_token\"'",
    "Basic bWU6YW55, Bearer",
  })
  void user_info_without_a_valid_token_is_401(String authorization, String challenge) {
    var answer =
        server.send(server.request("/connect/userinfo").header("Authorization", authorization));
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate")).contains(challenge);
    assertThat(Wire.at(answer.body(), "/error")).isEqualTo("invalid_token");
  }

  @Test
  void introspection_tells_the_content_of_an_access_token_and_of_a_refresh_token() {
    assertThat(introspected("good-native-client~alice"))
        .isEqualTo(
            "{\"active\":true,\"scope\":\"itwin-platform\",\"client_id\":\"native-client\","
                + "\"username\":\"alice\",\"sub\":\"alice\",\"iss\":\"https://sync.example.org\","
                + "\"token_type\":\"Bearer\",\"exp\":"
                + TestIssuer.START.plusSeconds(3600).getEpochSecond()
                + ",\"iat\":"
                + TestIssuer.START.getEpochSecond()
                + "}");
    assertThat(introspected(refreshToken()))
        .isEqualTo(
            "{\"active\":true,\"scope\":\"itwin-platform offline_access\","
                + "\"client_id\":\"native-client\",\"username\":\"developer\","
                + "\"sub\":\"developer\",\"iss\":\"https://sync.example.org\"}");
  }

  @Test
  void introspection_of_an_unknown_or_used_token_tells_nothing() {
    var used = refreshToken();
    client.token(refresh(used));
    assertThat(introspected(used)).isEqualTo("{\"active\":false}");
    assertThat(introspected("unknown")).isEqualTo("{\"active\":false}");
  }

  @Test
  void introspection_needs_a_client_and_a_token() {
    var path = "/connect/introspect";
    assertError(
        client.post(path, Map.of("token", "x")),
        "invalid_client",
        "Name the client by HTTP Basic or client_id; any name will do.");
    assertError(
        client.post(path, Map.of("client_id", "me")),
        "invalid_request",
        "The parameter token is missing.");
  }

  @Test
  void logout_sends_the_browser_back_with_the_state() {
    var back = "/connect/endsession?post_logout_redirect_uri=http%3A%2F%2Flocalhost%3A3000%2Fbye";
    for (var state : new String[] {"", "&state=a+b"}) {
      var answer = server.send(server.request(back + state));
      assertThat(answer.statusCode()).isEqualTo(302);
      assertThat(answer.headers().firstValue("Location"))
          .contains("http://localhost:3000/bye" + (state.isEmpty() ? "" : "?state=a%20b"));
    }
    assertThat(server.send(server.request("/connect/endsession")).statusCode()).isEqualTo(200);
  }

  @Test
  void logout_to_another_host_is_400() {
    assertError(
        server.send(
            server.request("/connect/endsession?post_logout_redirect_uri=https://example.org/")),
        "invalid_request",
        "post_logout_redirect_uri must be an http or https URL of localhost, 127.0.0.1 or [::1],"
            + " without a fragment.");
  }

  private String introspected(String token) {
    var answer = client.post("/connect/introspect", Map.of("client_id", "me", "token", token));
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  private String refreshToken() {
    return Wire.at(client.token(exchange(client.code(login()))).body(), "/refresh_token");
  }

  private static Map<String, String> refresh(String token) {
    return Map.of(
        "grant_type", "refresh_token", "client_id", "native-client", "refresh_token", token);
  }

  private static void assertError(HttpResponse<String> answer, String error, String description) {
    assertThat(answer.body())
        .isEqualTo("{\"error\":\"%s\",\"error_description\":\"%s\"}".formatted(error, description));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
  }
}
