package io.storageconnections.adapter.http;

import static io.storageconnections.adapter.http.TestServer.CONNECTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random requests, most of them invalid. The server must answer each with an answer of the API, in
 * the form of the API's errors if it refuses the request, and never with 500.
 */
final class RandomRequestsTest {

  private static final int REQUESTS = 300;

  private static final String ID = "HVO9fWdpskeJRacipDeteqBN0_wHEVBGg_CzJmXdmE4";

  private static final List<String> METHODS =
      List.of("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "FOO", "get");

  private static final List<String> PATHS =
      List.of(
          CONNECTIONS,
          CONNECTIONS + "?imodelId=7dbd531d-6967-47b2-8945-a722a437ad7a",
          CONNECTIONS + "/" + ID,
          CONNECTIONS + "/" + ID + "/sourcefiles",
          CONNECTIONS + "/" + ID + "/sourcefiles/297c8ab9-53a3-4fe5-adf8-79b4c1a95cbb",
          CONNECTIONS + "/" + ID + "/run",
          CONNECTIONS + "/" + ID + "/runs",
          CONNECTIONS + "/" + ID + "/runs/46e2f6e2-8a1b-4d3c-9f4e-5b6c7d8e9fa0",
          CONNECTIONS + "/" + ID + "/runs/46e2f6e2-8a1b-4d3c-9f4e-5b6c7d8e9fa0/cancel",
          "/synchronization/imodels/connections/authorizationinformation?redirectUrl=%zz",
          "/synchronization/connectortypes",
          "/connect/token",
          "/connect/authorize?client_id=a&redirect_uri=http://localhost/",
          "/connect/userinfo",
          "/.well-known/jwks.json",
          "/health/live",
          "/health/ready",
          "/openapi.json",
          "/docs",
          "/",
          "*",
          "/%",
          "//",
          "/a;b=c",
          "/\u00e9",
          "http://x/health/live",
          "?",
          "/" + "x".repeat(3_000));

  private static final List<String> HEADERS =
      List.of(
          "Authorization",
          "Accept",
          "Accept-Charset",
          "Accept-Encoding",
          "Accept-Language",
          "Access-Control-Request-Headers",
          "Access-Control-Request-Method",
          "Content-Encoding",
          "Content-Length",
          "Content-Type",
          "Cookie",
          "Expect",
          "Forwarded",
          "Host",
          "Idempotency-Key",
          "If-Match",
          "If-Modified-Since",
          "If-None-Match",
          "If-Range",
          "Origin",
          "Prefer",
          "Range",
          "TE",
          "Trailer",
          "Transfer-Encoding",
          "Upgrade",
          "X-Correlation-Id",
          "X-Forwarded-For",
          "X-HTTP-Method-Override",
          "traceparent");

  private static final List<String> VALUES =
      List.of(
          "",
          ",",
          ";",
          "*",
          "\"",
          "-1",
          "0",
          "5",
          "99999999999999999999",
          "nonsense",
          "a=b;c=\"d",
          "\u00e9\u00ff",
          "gzip",
          "gzip;q=x, identity;q=0",
          "identity",
          "chunked",
          "chunked, chunked",
          "100-continue",
          "Bearer good",
          "Bearer good",
          "Basic %%%",
          "application/json; charset=nope",
          "application/x-www-form-urlencoded; charset=nope",
          "application/x-www-form-urlencoded; charset=utf-16",
          "multipart/form-data",
          "text/html;q=1",
          "W/\"1\"",
          "\"1\"",
          "return=representation;foo=\"",
          "wait=99999999999999999999, wait=x",
          "h2c",
          "websocket",
          "bytes=0-",
          "x:y",
          "DELETE",
          "x".repeat(5_000));

  private static final List<String> BODIES =
      List.of(
          "",
          "{}",
          "{",
          "[",
          "null",
          "{\"iModelId\":\"x\"}",
          "grant_type=client_credentials&client_id=a",
          "grant_type=client_credentials&client_id=%zz",
          "\u00ff\u00fe{\u0000}\u0000",
          "\u001f\u008b\b\u0000",
          "zz\r\n",
          "2\r\n{}\r\n0\r\n\r\n",
          "\u0000");

  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.1 ([0-9]{3}) [^\r]*\r\n");

  private static final TestServer SERVER = TestServer.withIssuer();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void random_requests_get_answers_of_the_api() throws IOException {
    var seed = new Random().nextLong();
    var random = new Random(seed);
    for (int i = 0; i < REQUESTS; i++) {
      var request = request(random);
      assertApiAnswer("seed " + seed + ", number " + i, request);
    }
  }

  /** Requests for which a random test has failed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /connect/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: a/b; charset=nope\r\n",
        "GET /health/live HTTP/1.1\r\nHost: x\r\nExpect: nonsense\r\n",
        "CONNECT x:80 HTTP/1.1\r\nHost: x\r\n",
        "GET ? HTTP/1.1\r\nHost: x\r\n",
        "OPTIONS ?a=b HTTP/1.0\r\n",
        "PRI * HTTP/2.0\r\n",
        "GET /health/live\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: x\r\n",
      })
  void requests_that_once_failed_get_answers_of_the_api(String request) throws IOException {
    assertApiAnswer(request, request + "\r\n");
  }

  private static String request(Random random) {
    var request = new StringBuilder();
    request.append(one(METHODS, random)).append(' ').append(one(PATHS, random));
    request.append(random.nextInt(20) == 0 ? " HTTP/1.0\r\n" : " HTTP/1.1\r\n");
    if (random.nextInt(20) != 0) {
      request.append("Host: x\r\n");
    }
    if (random.nextBoolean()) {
      request.append("Authorization: Bearer good\r\n");
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      request.append(one(HEADERS, random)).append(": ").append(one(VALUES, random)).append("\r\n");
    }
    var body = one(BODIES, random);
    if (random.nextInt(4) != 0) {
      request.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    return request.append("\r\n").append(body).toString();
  }

  private static <T> T one(List<T> values, Random random) {
    return values.get(random.nextInt(values.size()));
  }

  private static void assertApiAnswer(String description, String request) throws IOException {
    var context = description + ":\n" + request;
    var answer = SERVER.raw(request).replaceFirst("^HTTP/1.1 100 Continue\r\n\r\n", "");
    var statusLine = STATUS_LINE.matcher(answer);
    assertThat(statusLine.lookingAt()).as(context + answer).isTrue();
    int status = Integer.parseInt(statusLine.group(1));
    // 501: the operation is not implemented yet. 505: the version of HTTP is not supported.
    assertThat(status == 501 || status == 505 || status < 500).as(context + answer).isTrue();
    assertThat(answer).as(context).containsIgnoringCase("\r\nx-correlation-id: ");
    if (status >= 400 && !request.startsWith("HEAD ")) {
      assertThat(answer)
          .as(context)
          .containsIgnoringCase("\r\nContent-Type: application/json\r\n")
          .containsPattern(
              "\r\n\r\n\\{\"error\":(\\{\"code\":\"|\"[a-z_]+\",\"error_description\":\")");
    }
  }
}
