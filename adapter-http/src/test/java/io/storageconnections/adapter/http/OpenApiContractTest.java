package io.storageconnections.adapter.http;

import static io.storageconnections.adapter.http.TestServer.CONNECTIONS;
import static io.storageconnections.adapter.http.Wire.golden;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that {@link OpenApiContract} accepts documented exchanges and rejects others. */
final class OpenApiContractTest {

  private static final String CONNECTION =
      CONNECTIONS + "/HVO9fWdpskeJRacipDeteqBN0_wHEVBGg_CzJmXdmE4";

  private static HttpRequest request(String method, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:1" + path))
        .header("Authorization", "Bearer good")
        .method(method, BodyPublishers.noBody())
        .build();
  }

  private static FakeAnswer answer(String method, String path, int status, String body) {
    return new FakeAnswer(
        request(method, path),
        status,
        Map.of(
            "content-type", List.of("application/json"),
            "etag", List.of("\"1\""),
            "x-correlation-id", List.of("some-id")),
        body);
  }

  private static FakeAnswer found() {
    return answer("GET", CONNECTION, 200, golden("201-created"));
  }

  private static FakeAnswer created() {
    return answer("POST", CONNECTIONS, 201, golden("201-created"))
        .with("location", "https://sync.example.org" + CONNECTION);
  }

  private static void assertRejected(FakeAnswer answer, String requestBody, String reason) {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> check(answer, requestBody))
        .withMessageContaining(reason);
  }

  private static void check(FakeAnswer answer, String requestBody) {
    OpenApiContract.check(answer.request(), requestBody.getBytes(UTF_8), answer);
  }

  @Test
  void documented_exchanges_are_accepted() {
    assertThatCode(() -> check(found(), "")).doesNotThrowAnyException();
    assertThatCode(() -> check(created(), golden("create-request"))).doesNotThrowAnyException();
    assertThatCode(() ->
            check(answer("GET", "/nowhere-else", 404, golden("404-route")).without("etag"), ""))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"id\"            | \"ID\"            | 'ID' is not defined",
        "\"displayName\"   | \"displayname\"   | 'displayName' not found",
        "\"30\"            | 30                | displayName",
        "\"User\"          | \"user\"          | enumeration",
        "HVO9fWdp          | HVO9              | pattern",
        "7dbd531d-         | 7DBD531D-         | pattern",
        "\"_links\": {     | \"_links\": { \"self\": {\"href\": \"http://x\"}, | 'self' is not"
            + " defined",
        "https://api       | /api              | pattern",
        "\"connection\": { | \"connection\": 5, \"c\": { | 'c' is not defined"
      })
  void undocumented_bodies_are_rejected(String text, String replacement, String reason) {
    assertRejected(found().withBody(golden("201-created").replace(text, replacement)), "", reason);
  }

  @Test
  void undocumented_statuses_are_rejected() {
    assertRejected(found().with(203), "", "status 203");
    assertRejected(found().with(404).withBody(golden("404-route")), "", "code");
  }

  @Test
  void undocumented_headers_are_rejected() {
    assertRejected(found().without("etag"), "", "'ETag' is expected");
    assertRejected(found().with("etag", "1"), "", "pattern");
    assertRejected(found().without("x-correlation-id"), "", "'x-correlation-id' is expected");
    assertRejected(found().with("content-type", "text/plain"), "", "Content-Type");
    assertRejected(found().with("ratelimit", "many"), "", "pattern");
    assertRejected(created().without("location"), golden("create-request"), "'Location'");
  }

  @Test
  void content_type_without_a_body_is_rejected() {
    var deleted = answer("DELETE", CONNECTION, 204, "");
    assertRejected(deleted, "", "Content-Type");
    assertThatCode(() -> check(deleted.without("content-type"), "")).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"MSTN\"        | \"mstn\"  | enumeration",
        "\"sourceFiles\" | \"files\" | 'sourceFiles' not found",
        "7dbd531d-       | 7dbd531d  | pattern",
        "}               | ``        | JSON"
      })
  void success_after_an_invalid_body_is_rejected(String text, String replacement, String reason) {
    assertRejected(created(), golden("create-request").replace(text, replacement), reason);
  }

  @Test
  void success_after_an_invalid_query_is_rejected() {
    var list = "{\"connections\": [], \"_links\": {\"self\": {\"href\": \"https://x/y\"}}}";
    var one = "?iModelId=7dbd531d-6967-47b2-8945-a722a437ad7a&%24top=";
    for (var query : List.of("", one + "0", one + "x", "?imodelid=5")) {
      assertRejected(
          answer("GET", CONNECTIONS + query, 200, list)
              .with("etag", "W/\"1\"")
              .with("vary", "Prefer, Accept-Encoding"),
          "",
          "validation.request.parameter");
    }
    assertThatCode(() ->
            check(
                answer("GET", CONNECTIONS + one + "1", 200, list)
                    .with("etag", "W/\"1\"")
                    .with("vary", "Prefer, Accept-Encoding"),
                ""))
        .doesNotThrowAnyException();
  }

  @Test
  void only_404_and_405_are_accepted_without_an_operation() {
    assertRejected(answer("GET", "/nowhere-else", 200, "{}"), "", "no such operation");
    assertRejected(answer("PATCH", CONNECTION, 200, "{}"), "", "no such operation");
    assertRejected(answer("PATCH", CONNECTION, 405, golden("405-method")), "", "'Allow'");
    assertRejected(answer("GET", "/nowhere-else", 404, "{\"error\": {}}"), "", "not found");
  }
}
