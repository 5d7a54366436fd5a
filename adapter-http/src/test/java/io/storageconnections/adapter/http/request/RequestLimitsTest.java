package io.storageconnections.adapter.http.request;

import static io.storageconnections.adapter.http.TestServer.CONNECTIONS;
import static io.storageconnections.adapter.http.fixture.Wire.golden;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.javalin.http.RequestTimeoutResponse;
import io.storageconnections.adapter.http.TestServer;
import io.storageconnections.adapter.http.fixture.Wire;
import io.storageconnections.adapter.http.link.BaseUrl;
import io.storageconnections.application.port.Verification;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits on the size, the encoding and the duration of requests. */
final class RequestLimitsTest {

  private static final TestServer SERVER = TestServer.start();

  private static final String UNKNOWN =
      CONNECTIONS + "/MWplZe9Uf0iR1IDMqyOMLqBN0_wHEVBGg_CzJmXdmE4";

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  // ---- the header -------------------------------------------------------------------------------

  @Test
  void longest_valid_token_fits_together_with_other_headers() {
    var token = "good-" + "x".repeat(Verification.TOKEN_LENGTH_MAX - "good-".length());
    var answer =
        SERVER.send(
            SERVER
                .request(UNKNOWN)
                .header("Authorization", "Bearer " + token)
                .header("Cookie", "c=" + "x".repeat(4_000))
                .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .header("tracestate", "x".repeat(512)));
    assertThat(answer.statusCode()).isEqualTo(404);
  }

  @Test
  void longer_header_is_431_with_cors_headers() {
    for (var header : List.of("Authorization", "Cookie", "X")) {
      var answer =
          SERVER.send(
              SERVER
                  .request(UNKNOWN)
                  .header("Origin", "https://app.example.org")
                  .header(header, "Bearer " + "x".repeat(24 * 1024)));
      assertThat(answer.statusCode()).isEqualTo(431);
      assertThat(Wire.at(answer.body(), "/error/code")).isEqualTo("RequestHeaderFieldsTooLarge");
      assertThat(Wire.at(answer.body(), "/error/message")).contains("24576 bytes");
      assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
      assertThat(answer.headers().firstValue("x-correlation-id")).isPresent();
      assertThat(answer.headers().firstValue("RateLimit")).isPresent();
    }
  }

  @Test
  void path_or_query_above_the_limit_is_414() {
    assertThat(SERVER.get(UNKNOWN + "?more=" + "x".repeat(16_000)).statusCode()).isEqualTo(404);
    assertThat(SERVER.get(CONNECTIONS + "/" + "x".repeat(16_000)).statusCode()).isEqualTo(422);
    var answer = SERVER.get(UNKNOWN + "?more=" + "x".repeat(24 * 1024));
    assertThat(answer.statusCode()).isEqualTo(414);
    assertThat(Wire.at(answer.body(), "/error/code")).isEqualTo("URITooLong");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
  }

  /** With a longer host, the links might not fit into the 8 KiB of an answer's header. */
  @Test
  void host_of_a_public_url_has_at_most_253_characters() {
    var longest = "https://" + "x".repeat(253) + ":65535";
    assertThat(BaseUrl.parse(longest)).hasToString(longest);
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> BaseUrl.parse("https://" + "x".repeat(254)));
  }

  // ---- the encoding of the body -----------------------------------------------------------------

  record Target(String method, String path) {}

  static Stream<Target> targets() {
    return Stream.of(
        new Target("POST", CONNECTIONS),
        new Target("PUT", UNKNOWN),
        new Target("POST", UNKNOWN + "/sourcefiles"),
        new Target("PUT", UNKNOWN + "/sourcefiles/297c8ab9-53a3-4fe5-adf8-79b4c1a95cbb"));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void compressed_body_is_415_with_accept_encoding_header(Target target) throws IOException {
    for (var coding : List.of("gzip", "br", "identity, deflate", "GZIP")) {
      var answer =
          SERVER.send(
              SERVER
                  .authorized(target.path())
                  .header("Content-Encoding", coding)
                  .method(target.method(), BodyPublishers.ofByteArray(gzip("{}"))));
      assertThat(answer.statusCode()).isEqualTo(415);
      assertThat(Wire.at(answer.body(), "/error/code")).isEqualTo("UnsupportedMediaType");
      assertThat(Wire.at(answer.body(), "/error/message")).contains("Content-Encoding", "gzip");
      assertThat(answer.headers().allValues("Accept-Encoding")).containsExactly("identity");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "", ",", "Identity, identity"})
  void body_with_identity_coding_is_read(String coding) {
    try (var server = TestServer.start()) {
      var answer =
          server.send(
              server
                  .authorized(CONNECTIONS)
                  .header("Content-Encoding", coding)
                  .POST(BodyPublishers.ofString(golden("create-request"))));
      assertThat(answer.statusCode()).isEqualTo(201);
    }
  }

  @Test
  void transfer_coding_other_than_chunked_is_400() throws IOException {
    var answer =
        SERVER.raw(
            "POST "
                + CONNECTIONS
                + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer good\r\nConnection: close\r\n"
                + "Transfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("Transfer-Encoding is chunked");
  }

  @Test
  void create_request_with_the_most_files_and_escapes_fits_into_the_body_limit() {
    var files = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      files
          .append(i == 0 ? "" : ", ")
          .append(
              "{\"storageFileId\": \"%s\", \"connectorType\": \"%s\"}"
                  .formatted(
                      escaped("u9E_00ckVU6sdWnH_vnk-bPJEu3c_VVItnIkNDWlTy0"),
                      escaped("PROSTRUCTURES")));
    }
    var answer =
        SERVER.create(
            "{\"displayName\": \"%s\", \"iModelId\": \"x\", \"sourceFiles\": [%s]}"
                .formatted(escaped("\uD83D\uDEA7".repeat(255)), files));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(Wire.count(answer.body(), "/error/details")).isEqualTo(1);
    assertThat(Wire.at(answer.body(), "/error/details/0/target")).isEqualTo("imodelId");
  }

  private static String escaped(String text) {
    var escaped = new StringBuilder();
    text.chars().forEach(unit -> escaped.append("\\u%04x".formatted(unit)));
    return escaped.toString();
  }

  private static byte[] gzip(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  // ---- duration ---------------------------------------------------------------------------------

  @Test
  void body_that_arrives_too_slowly_times_out() {
    var time = new AtomicLong(Long.MAX_VALUE - 1);
    var trickle =
        new InputStream() {
          @Override
          public int read() {
            return ' ';
          }

          @Override
          public int read(byte[] buffer, int offset, int length) {
            time.addAndGet(10_000_000_000L);
            buffer[offset] = ' ';
            return 1;
          }
        };
    assertThatExceptionOfType(RequestTimeoutResponse.class)
        .isThrownBy(() -> BodyBytes.read(trickle, time::get));
  }

  @Test
  void body_that_arrives_in_time_is_read() throws IOException {
    var body = "{}".getBytes(UTF_8);
    assertThat(BodyBytes.read(new ByteArrayInputStream(body), () -> 0)).isEqualTo(body);
  }

  @Test
  void paging_parameters_above_the_range_of_long_are_accepted() {
    var list = CONNECTIONS + "?imodelId=7dbd531d-6967-47b2-8945-a722a437ad7a";
    for (var number : List.of("2147483648", "9223372036854775807", "9".repeat(10_000))) {
      assertThat(SERVER.bytes(list + "&%24top=" + number).statusCode()).isEqualTo(200);
      assertThat(SERVER.bytes(list + "&%24skip=" + number).statusCode()).isEqualTo(200);
    }
  }
}
