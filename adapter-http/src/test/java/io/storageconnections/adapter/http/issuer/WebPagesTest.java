package io.storageconnections.adapter.http.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.adapter.http.TestServer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Web pages of other machines get no token of the development issuer. */
final class WebPagesTest {

  private static final TestServer SERVER = TestServer.withIssuer();

  private static final String FORM = "grant_type=client_credentials&client_id=me";

  private static final String TYPE = "application/x-www-form-urlencoded";

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  // ---- CORS -------------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:3000", "https://127.0.0.1", "http://[::1]:5173"})
  void page_of_a_loopback_origin_may_read_tokens_and_errors(String origin) {
    for (var form : new String[] {FORM, "grant_type=none"}) {
      var answer =
          SERVER.send(
              SERVER
                  .request("/connect/token")
                  .header("Origin", origin)
                  .header("Content-Type", TYPE)
                  .POST(BodyPublishers.ofString(form)));
      assertThat(answer.headers().allValues("Access-Control-Allow-Origin")).containsExactly(origin);
      assertThat(answer.headers().allValues("Vary")).contains("Origin");
      assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
    }
    for (var path : new String[] {"/.well-known/openid-configuration", "/.well-known/jwks.json"}) {
      var answer = SERVER.send(SERVER.request(path).header("Origin", origin));
      assertThat(answer.headers().allValues("Access-Control-Allow-Origin")).containsExactly(origin);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://app.example.org",
        "http://localhost.example.org",
        "http://127.0.0.1.example.org:8080",
        "https://sync.example.org",
        "null"
      })
  void page_of_another_origin_may_read_nothing(String origin) {
    var answer =
        SERVER.send(
            SERVER
                .request("/connect/token")
                .header("Origin", origin)
                .header("Content-Type", TYPE)
                .POST(BodyPublishers.ofString(FORM)));
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    assertThat(answer.headers().allValues("Vary")).contains("Origin");
  }

  @Test
  void preflight_request_of_a_loopback_origin_is_answered() {
    var answer =
        SERVER.send(
            SERVER
                .request("/connect/token")
                .header("Origin", "http://localhost:3000")
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
        .contains("http://localhost:3000");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Headers").orElse("").split(", "))
        .contains("Authorization", "Content-Type");
  }

  @Test
  void preflight_request_of_another_origin_is_405() throws IOException {
    var answer =
        SERVER.raw(
            String.join(
                "\r\n",
                "OPTIONS /connect/token HTTP/1.1",
                "Host: localhost",
                "Origin: https://app.example.org",
                "Access-Control-Request-Method: POST",
                "Connection: close",
                "",
                ""));
    assertThat(answer).startsWith("HTTP/1.1 405 ").doesNotContain("Access-Control-Allow");
  }

  // ---- Host -------------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:8080",
        "127.0.0.1:8080",
        "127.0.0.2",
        "[::1]:8080",
        "sync.example.org",
        "Sync.Example.Org:443"
      })
  void request_to_a_loopback_host_or_the_public_host_is_answered(String host) throws IOException {
    assertThat(token(host)).startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rebound.example.net",
        "rebound.example.net:8080",
        "127.0.0.1.example.net",
        "localhost.example.net",
        "sub.sync.example.org",
        "10.0.0.1",
        "[::2]"
      })
  void request_to_another_host_is_403(String host) throws IOException {
    assertThat(token(host))
        .startsWith("HTTP/1.1 403 ")
        .endsWith(
            "\r\n\r\n{\"error\":\"invalid_request\",\"error_description\":\"The Host of the request"
                + " must be a loopback host or the host of the server's public URL.\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /connect/authorize?client_id=a&redirect_uri=http://localhost/",
        "GET /CONNECT/Authorize?client_id=a&redirect_uri=http://localhost/",
        "GET /connect/userinfo",
        "POST /connect/introspect",
        "GET /connect/endsession"
      })
  void every_endpoint_refuses_another_host(String request) throws IOException {
    assertThat(
            SERVER.raw(
                request
                    + " HTTP/1.1\r\nHost: rebound.example.net\r\nContent-Length: 0\r\n"
                    + "Connection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 403 ");
  }

  private static String token(String host) throws IOException {
    return SERVER.raw(
        "POST /connect/token HTTP/1.1\r\nHost: "
            + host
            + "\r\nContent-Length: "
            + FORM.length()
            + "\r\nConnection: close\r\n\r\n"
            + FORM);
  }
}
