package io.storageconnections.adapter.http.requestlog;

import static io.storageconnections.adapter.http.TestServer.CONNECTIONS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import io.javalin.http.HandlerType;
import io.storageconnections.adapter.http.BoundSocket;
import io.storageconnections.adapter.http.TestServer;
import io.storageconnections.adapter.http.fixture.LogClient;
import io.storageconnections.adapter.http.fixture.LoginClient;
import io.storageconnections.adapter.http.fixture.OpaqueIssuer;
import io.storageconnections.adapter.http.fixture.StorageRoutes;
import io.storageconnections.adapter.http.fixture.Wire;
import io.storageconnections.adapter.http.ratelimit.RateLimit;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No answer of the log contains a secret, or any twelve characters of one. */
final class SecretsTest {

  private static final int PART_LENGTH = 12;

  private final Random random = new Random(20261126);
  private final List<String> secrets = new ArrayList<>();
  private final String signature = remember(word(60).repeat(2));

  private final TestServer server =
      TestServer.withDevelopmentRoutes(
          BoundSocket.on("127.0.0.1", 0),
          new OpaqueIssuer(),
          new RateLimit(0, TimeMeter.SYSTEM_NANOTIME),
          List.of(new StorageRoutes(signature, 10)),
          List.of());

  private final LogClient client = new LogClient(server);

  @AfterEach
  void stop() {
    client.close();
  }

  private String word(int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes).substring(0, length);
  }

  private String remember(String secret) {
    secrets.add(secret);
    return secret;
  }

  private String secret() {
    return remember(word(30));
  }

  private String jwt() {
    return "eyJ" + secret() + "." + secret() + "." + secret();
  }

  private void assertNoSecret() {
    var log = client.text();
    assertThat(log).contains(Redaction.REDACTED);
    for (var secret : secrets) {
      for (int i = 0; i + PART_LENGTH <= secret.length(); i++) {
        var part = secret.substring(i, i + PART_LENGTH);
        if (log.contains(part)) {
          throw new AssertionError(
              part + " of " + secret + " is in " + around(log, log.indexOf(part)));
        }
      }
    }
  }

  private static String around(String log, int at) {
    return log.substring(Math.max(0, at - 200), Math.min(log.length(), at + 200));
  }

  // ---- every route ------------------------------------------------------------------------------

  /**
   * A GET has no body: a server that answers it without reading the body closes the connection, and
   * the client may lose the end of a long answer.
   */
  @Test
  void no_request_to_any_route_leaves_a_secret() {
    for (var endpoint : server.endpoints()) {
      if (endpoint.path.equals(LogClient.LOG)) {
        continue;
      }
      var path = endpoint.path.replaceAll("\\{[^}]*}", jwt());
      for (var authorization : List.of("Bearer good", "Bearer " + secret(), basic(), secret())) {
        for (var body : endpoint.method.equals(HandlerType.GET) ? List.of("") : bodies()) {
          client.send(
              server
                  .request(path + "?" + query())
                  .header("Authorization", authorization)
                  .header("Cookie", "session=" + secret() + "; other=" + secret())
                  .header("Proxy-Authorization", "Basic " + secret())
                  .header("X-Api-Key", secret())
                  .header("Referer", "http://localhost:3301/callback?state=s&code=" + secret())
                  .header("X-Forwarded-Authorization", "Bearer " + secret())
                  .header("X-Other", "see " + jwt())
                  .method(endpoint.method.name(), BodyPublishers.ofString(body)));
        }
      }
      assertNoSecret();
      secrets.clear();
      client.clear();
    }
  }

  private String basic() {
    var credentials = remember(pair(secret()));
    return "Basic " + credentials;
  }

  private static String pair(String password) {
    return Base64.getEncoder().encodeToString(("client:" + password).getBytes(UTF_8));
  }

  private List<String> bodies() {
    return List.of(
        "grant_type=authorization_code&client_id=me&code=%s&code_verifier=%s&client_secret=%s"
            .formatted(secret(), secret(), secret() + "%20" + secret()),
        "{\"displayName\": \"%s\", \"client_secret\": \"%s\", \"code\": \"%s\"}"
            .formatted(jwt(), secret(), secret()));
  }

  private String query() {
    var inner = "http://localhost:3301/?x=1&code=" + secret() + "&sig=" + secret();
    return "imodelId=a&access_token=%s&id_token_hint=%s&redirectUrl=%s"
        .formatted(secret(), jwt(), URLEncoder.encode(inner, UTF_8));
  }

  // ---- the development issuer -------------------------------------------------------------------

  @Test
  void a_whole_login_leaves_no_secret() {
    var login = new LoginClient(server);
    var parameters =
        LoginClient.with(LoginClient.login(), "scope", "itwin-platform openid offline_access");
    var code = remember(login.code(parameters));
    remember(LoginClient.exchange("").getOrDefault("code_verifier", ""));
    var tokens = login.token(LoginClient.exchange(code)).body();
    assertThat(remember(Wire.at(tokens, "/access_token"))).as(tokens).isNotEmpty();
    assertThat(remember(Wire.at(tokens, "/id_token"))).isNotEmpty();
    var refresh = remember(Wire.at(tokens, "/refresh_token"));
    assertThat(refresh).isNotEmpty();
    var renewed =
        login
            .token(
                Map.of(
                    "grant_type",
                    "refresh_token",
                    "client_id",
                    "native-client",
                    "refresh_token",
                    refresh))
            .body();
    var access = remember(Wire.at(renewed, "/access_token"));
    remember(Wire.at(renewed, "/refresh_token"));
    login.post(
        "/connect/introspect",
        Map.of("client_id", "a", "client_secret", secret(), "token", access));
    client.send(server.request("/connect/userinfo").header("Authorization", "Bearer " + access));
    client.send(
        server.request(
            "/connect/endsession?id_token_hint="
                + Wire.at(tokens, "/id_token")
                + "&post_logout_redirect_uri=http://localhost/?token="
                + secret()));
    client.send(
        server
            .request("/connect/token")
            .header("Authorization", basic())
            .POST(BodyPublishers.ofString("grant_type=client_credentials")));
    assertThat(client.entries()).hasSize(7);
    assertNoSecret();
  }

  // ---- signed URLs ------------------------------------------------------------------------------

  @Test
  void signed_urls_are_redacted_in_paths_locations_and_bodies() {
    client.send(server.authorized("/storage/folders/f/files").POST(BodyPublishers.ofString("{}")));
    client.send(server.authorized("/storage/files/f/download"));
    for (var prefix :
        List.of(
            "/storage/content/",
            "/Storage/Content/",
            "/storage//content/",
            "/storage/%63ontent/",
            "/storage/content/x/",
            "/elsewhere/")) {
      client.send(server.request(prefix + signature));
      client.send(server.request(prefix + signature).PUT(BodyPublishers.ofString("content")));
      client.send(server.request(prefix + secret().repeat(3)));
    }
    client.send(
        server
            .authorized(CONNECTIONS)
            .POST(
                BodyPublishers.ofString(
                    "{\"displayName\": \"http:\\/\\/x\\/storage\\/content\\/" + secret() + "\"}")));
    client.send(
        server.request(
            "/x?sig="
                + secret()
                + "&X-Amz-Signature="
                + secret()
                + "&X-Amz-Credential="
                + secret()));
    assertThat(client.text()).contains("/storage/content/[redacted]");
    assertNoSecret();
  }

  @Test
  void secret_is_redacted_wherever_the_exchange_repeats_it() {
    var token = secret();
    client.send(
        server
            .request("/path/" + token + "?q=" + token)
            .header("Authorization", "Bearer " + token)
            .header("X-Correlation-Id", token)
            .header("X-" + token, token)
            .method("M" + token, BodyPublishers.noBody()));
    assertNoSecret();
  }

  // ---- bodies -----------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"access_token\":\"SECRET\"}",
        "{\"access_token\":\"SECRET",
        "{\"access\\u005ftoken\":\"SECRET\"}",
        "{\"accessToken\" :\n \"a\\\"SECRET\"}",
        "{\"refresh_token\":[\"x\",\"SECRET\",{\"a\":\"SECRET\"}],\"b\":1}",
        "{\"password\":SECRET}",
        "{\"a\":{\"b\":[{\"clientSecret\":\"SECRET and more SECRET\"}]}}",
        "{\"text\":\"{\\\"id_token\\\":\\\"SECRET\\\"}\"}",
        "{\"text\":\"ey\\u004ahbGciOi.SECRET.SECRET\"}",
        "{\"url\":\"http://x/?a=1&code=SECRET#access_token=SECRET\"}",
        "{'client_secret': 'SECRET'}",
        "{client_secret: SECRET}",
        "[\"Bearer SECRET\"]",
        "client_secret=SECRET",
        "a=1&client%5Fsecret=SECRET words SECRET",
        "a=1&client_secret=x%22SECRET",
        "a=http%3A%2F%2Fx%3Fcode%3DSECRET",
        "a=http%253A%252F%252Fx%253Fcode%253DSECRET",
        "Authorization: Bearer SECRET",
        "client_secret: SECRET",
        "<client_secret>SECRET</client_secret>",
        "see eyJhbGciOiJIUzI1NiJ9.SECRET.SECRET here",
        "/storage/content/SECRET",
        "code=SECRET",
      })
  void body_with_a_secret_is_redacted(String body) {
    var sent = body.replace("SECRET", secret());
    client.send(echo(sent));
    assertNoSecret();
    assertThat(client.entries().getFirst().get("requestBody").isString()).isTrue();
  }

  @Test
  void rest_of_a_body_stays_readable() {
    client.send(
        echo(
            "{\"displayName\":\"a=b & c\",\"access_token\":\"x\",\"n\":[1,null,true],"
                + "\"token_type\":\"Bearer\",\"token_endpoint\":\"http://localhost/connect/token\","
                + "\"client_secret\":null}"));
    assertThat(client.entries().getFirst().get("requestBody").stringValue())
        .isEqualTo(
            "{\"displayName\":\"a=b & c\",\"access_token\":\"[redacted]\",\"n\":[1,null,true],"
                + "\"token_type\":\"Bearer\",\"token_endpoint\":\"http://localhost/connect/token\","
                + "\"client_secret\":null}");
  }

  @Test
  void code_of_an_error_is_no_authorization_code() {
    client.send(server.request("/nowhere"));
    assertThat(client.entries().getFirst().get("responseBody").stringValue())
        .startsWith("{\"error\":{\"code\":\"NotFound\",");
  }

  /** The secret begins at each of many places before the end of what the log keeps. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":\"FILL\",\"access_token\":\"SECRET\"}",
        "{\"a\":\"FILL eyJhbGciOi.SECRET.SECRET\"}",
        "{\"a\":\"FILL\",\"u\":\"/storage/content/SECRET\"}",
        "a=FILL&client_secret=SECRET",
        "FILL SECRET",
      })
  void secret_that_is_cut_is_redacted(String body) {
    for (int before = 0; before < 80; before += 3) {
      var secret = secret();
      var length = BodyCapture.KEPT_BYTES_MAX - before - body.indexOf("SECRET") + "FILL".length();
      var fill = "fill ".repeat(length / 5 + 1).substring(0, length);
      client.send(
          echo(body.replace("FILL", fill).replace("SECRET", secret) + " " + "more ".repeat(9_000))
              // Known from here, also without a name in the body.
              .header("Authorization", "Bearer " + secret));
    }
    assertNoSecret();
  }

  private HttpRequest.Builder echo(String body) {
    return server.request("/storage/echo").POST(BodyPublishers.ofString(body));
  }
}
