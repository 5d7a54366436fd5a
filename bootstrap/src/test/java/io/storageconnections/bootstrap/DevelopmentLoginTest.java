package io.storageconnections.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.bootstrap.fixture.ApiClient;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The interactive login of the official command line client, at a server with real tokens. */
final class DevelopmentLoginTest {

  private static final String REDIRECT = "http://localhost:3301/signin-callback";

  private final HttpClient http = HttpClient.newHttpClient();
  private SynchronizationServer server;

  @BeforeEach
  void start() {
    server =
        SynchronizationServer.builder()
            .port(0)
            .database("jdbc:h2:mem:development-login", null, null, 2)
            .start();
  }

  @AfterEach
  void stop() {
    server.close();
    http.close();
  }

  @Test
  void a_user_logs_in_creates_a_connection_and_refreshes_the_token() throws Exception {
    var configuration = send(request("/.well-known/openid-configuration")).body();
    var verifier = "x".repeat(43);
    var login =
        send(
            HttpRequest.newBuilder(
                URI.create(
                    member(configuration, "authorization_endpoint")
                        + "?client_id=native-client&redirect_uri="
                        + encoded(REDIRECT)
                        + "&response_type=code&state=s1&scope="
                        + encoded("itwin-platform openid offline_access")
                        + "&code_challenge="
                        + challenge(verifier)
                        + "&code_challenge_method=S256&prompt=consent&access_type=offline"
                        + "&login_hint=alice")));
    assertThat(login.statusCode()).isEqualTo(302);
    var location = login.headers().firstValue("Location").orElseThrow();
    assertThat(location).startsWith(REDIRECT + "?code=").contains("&state=s1");

    var tokens =
        token(
            configuration,
            "grant_type=authorization_code&client_id=native-client&redirect_uri="
                + encoded(REDIRECT)
                + "&code_verifier="
                + verifier
                + "&code="
                + found(location, "code=([^&]+)"));
    assertThat(tokens.statusCode()).isEqualTo(200);
    assertThat(member(tokens.body(), "token_type")).isEqualTo("Bearer");
    assertThat(tokens.body()).contains("\"expires_in\":3600");
    var accessToken = member(tokens.body(), "access_token");
    assertThat(claims(accessToken))
        .contains("\"sub\":\"alice\"", "\"client_id\":\"native-client\"", "\"exp\":");
    assertThat(claims(member(tokens.body(), "id_token")))
        .contains("\"sub\":\"alice\"", "\"aud\":\"native-client\"");
    assertThat(create(accessToken).statusCode()).isEqualTo(201);

    var refreshed =
        token(
            configuration,
            "grant_type=refresh_token&client_id=native-client&refresh_token="
                + member(tokens.body(), "refresh_token"));
    var renewed = member(refreshed.body(), "access_token");
    assertThat(renewed).isNotEqualTo(accessToken);
    assertThat(claims(renewed)).contains("\"sub\":\"alice\"");
    assertThat(create(renewed).statusCode()).isEqualTo(409);
  }

  /** The console of a server whose issuer is the development issuer of another server. */
  @Test
  void a_page_of_another_server_on_this_machine_logs_in_and_refreshes_the_token() throws Exception {
    try (var other =
        SynchronizationServer.builder()
            .database("jdbc:h2:mem:development-login-elsewhere", null, null, 2)
            .issuer(server.url())
            .console(true)
            .consoleClient("console")
            .start()) {
      var origin = other.url().toString();
      var page = other.consoleUrl().orElseThrow().toString();
      var page200 = send(HttpRequest.newBuilder(URI.create(page)));
      assertThat(page200.headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("connect-src 'self' " + server.url() + " " + origin + ";");

      var discovered = ofPage(origin, request("/.well-known/openid-configuration"));
      var verifier = "y".repeat(43);
      var login =
          send(
              HttpRequest.newBuilder(
                  URI.create(
                      member(discovered.body(), "authorization_endpoint")
                          + "?client_id=console&redirect_uri="
                          + encoded(page)
                          + "&response_type=code&state=s1&scope="
                          + encoded("openid offline_access itwin-platform")
                          + "&code_challenge="
                          + challenge(verifier)
                          + "&code_challenge_method=S256")));
      var location = login.headers().firstValue("Location").orElseThrow();
      assertThat(location).startsWith(page + "?code=").contains("&state=s1", "&iss=");

      var tokens =
          form(
              origin,
              "grant_type=authorization_code&client_id=console&redirect_uri="
                  + encoded(page)
                  + "&code_verifier="
                  + verifier
                  + "&code="
                  + found(location, "code=([^&]+)"));
      assertThat(create(origin, member(tokens.body(), "access_token")).statusCode()).isEqualTo(201);

      var refreshed =
          form(
              origin,
              "grant_type=refresh_token&client_id=console&refresh_token="
                  + member(tokens.body(), "refresh_token"));
      assertThat(create(origin, member(refreshed.body(), "access_token")).statusCode())
          .isEqualTo(409);
    }
  }

  /** Sends a request as a browser does for a page; the page can read the answer. */
  private HttpResponse<String> ofPage(String origin, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    var answer = send(request.header("Origin", origin));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains(origin);
    return answer;
  }

  /** Sends a form whose content type needs no permission of the server (CORS). */
  private HttpResponse<String> form(String origin, String form)
      throws IOException, InterruptedException {
    return ofPage(
        origin,
        request("/connect/token")
            .header("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8")
            .POST(BodyPublishers.ofString(form)));
  }

  @Test
  void user_info_and_introspection_know_the_tokens_of_the_server() throws Exception {
    var token = server.developmentToken("my app").value();
    var info = send(request("/connect/userinfo").header("Authorization", "Bearer " + token));
    assertThat(member(info.body(), "sub")).isEqualTo("my app");
    var introspected = post("/connect/introspect", "client_id=me&token=" + token);
    assertThat(introspected.body())
        .startsWith("{\"active\":true,\"scope\":\"itwin-platform\",\"client_id\":\"my app\"");
    assertThat(post("/connect/introspect", "client_id=me&token=" + token + "A").body())
        .isEqualTo("{\"active\":false}");
  }

  @Test
  void an_id_token_is_no_access_token_of_the_api() throws Exception {
    var verifier = "x".repeat(43);
    var login =
        send(
            request(
                "/connect/authorize?client_id=a&redirect_uri="
                    + encoded(REDIRECT)
                    + "&response_type=code&scope="
                    + encoded("itwin-platform openid")
                    + "&code_challenge="
                    + challenge(verifier)
                    + "&code_challenge_method=S256"));
    var tokens =
        post(
            "/connect/token",
            "grant_type=authorization_code&client_id=a&redirect_uri="
                + encoded(REDIRECT)
                + "&code_verifier="
                + verifier
                + "&code="
                + found(login.headers().firstValue("Location").orElseThrow(), "code=([^&]+)"));
    assertThat(create(member(tokens.body(), "id_token")).statusCode()).isEqualTo(401);
  }

  private HttpResponse<String> create(String token) {
    return create(server.url().toString(), token);
  }

  private static HttpResponse<String> create(String url, String token) {
    return new ApiClient(url, token).create(ApiClient.DOCUMENTED_REQUEST);
  }

  private HttpResponse<String> token(String configuration, String form)
      throws IOException, InterruptedException {
    assertThat(member(configuration, "token_endpoint")).isEqualTo(server.url() + "/connect/token");
    return post("/connect/token", form);
  }

  private HttpResponse<String> post(String path, String form)
      throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.url() + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static String challenge(String verifier) throws GeneralSecurityException {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(UTF_8)));
  }

  private static String claims(String token) {
    return new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), UTF_8);
  }

  private static String member(String json, String name) {
    return found(json, "\"" + name + "\":\"([^\"]*)\"");
  }

  private static String found(String text, String pattern) {
    var matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
