package io.storageconnections.adapter.http.development;

import static io.storageconnections.adapter.http.ApiFixtures.FILE;
import static io.storageconnections.adapter.http.ApiFixtures.assertAnswer;
import static io.storageconnections.adapter.http.ApiFixtures.assertNoBody;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.adapter.http.TestServer;
import io.storageconnections.adapter.http.fixture.RecordedScripts;
import io.storageconnections.adapter.http.fixture.Wire;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.domain.run.ErrorKey;
import io.storageconnections.domain.run.Script;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Setting and removing the scripts of simulated connectors. */
final class ScriptEndpointsTest {

  private static final String SCRIPT = "/development/script";
  private static final String OF_FILE = SCRIPT + "/files/" + FILE;
  private static final String OF_TYPE = SCRIPT + "/connectors/MSTN";

  private final RecordedScripts scripts = new RecordedScripts();
  private final TestServer server = TestServer.withScripts(scripts);

  @AfterEach
  void stop() {
    server.close();
  }

  /** Sends a PUT without a token. */
  private HttpResponse<String> put(String path, String body) {
    return server.send(server.request(path).PUT(BodyPublishers.ofString(body)));
  }

  static Stream<Arguments> bodies() {
    return Stream.of(
        Arguments.of("{\"do\": \"hang\"}", new Script.Hang()),
        Arguments.of(
            "{\"do\": \"slow\", \"seconds\": 2.5}", new Script.Slow(Duration.ofMillis(2500))),
        Arguments.of("{\"do\": \"slow\", \"seconds\": 0}", new Script.Slow(Duration.ZERO)),
        Arguments.of("{\"do\": \"slow\", \"seconds\": 86400}", new Script.Slow(Duration.ofDays(1))),
        Arguments.of(
            "{\"do\": \"fail\", \"times\": 2, \"error\": \"AnotherUserPushing\"}",
            new Script.Fail(2, ErrorKey.ANOTHER_USER_PUSHING)),
        Arguments.of(
            "{\"do\": \"fail\", \"error\": \"UnsupportedFile\"}",
            new Script.Fail(1, ErrorKey.UNSUPPORTED_FILE)),
        Arguments.of(
            "{\"do\": \"fail\", \"times\": null, \"error\": \"LockError\"}",
            new Script.Fail(1, ErrorKey.LOCK_ERROR)),
        Arguments.of("{\"do\": \"crash\", \"exitCode\": 3}", new Script.Crash(3)),
        Arguments.of("{\"do\": \"crash\", \"exitCode\": -1}", new Script.Crash(-1)),
        Arguments.of("{\"do\": \"partial\"}", new Script.Partial()),
        Arguments.of("{\"do\": \"succeed\", \"more\": [1]}", new Script.Succeed()));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void script_is_set_for_a_file_and_for_a_connector_type(String body, Script script) {
    assertNoBody(put(OF_FILE, body), 204);
    assertThat(scripts.ofFiles).containsOnlyKeys(StorageFileId.parse(FILE)).containsValue(script);
    assertNoBody(put(OF_TYPE, body), 204);
    assertThat(scripts.ofTypes).containsOnlyKeys(ConnectorType.MSTN).containsValue(script);
  }

  @Test
  void scripts_are_removed() {
    put(OF_FILE, "{\"do\": \"hang\"}");
    put(OF_TYPE, "{\"do\": \"hang\"}");
    assertNoBody(server.send(server.request(SCRIPT).DELETE()), 204);
    assertThat(scripts.ofFiles).isEmpty();
    assertThat(scripts.ofTypes).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                        | do | do must be one of: 'hang', 'slow',"
            + " 'fail',",
        "{\"do\": null}                            | do | do must be one of: 'hang', 'slow',"
            + " 'fail',",
        "{\"do\": \"Hang\"}                        | do | do must be one of: 'hang', 'slow',"
            + " 'fail',",
        "{\"do\": 1}                               | do | do must be one of: 'hang', 'slow',"
            + " 'fail',",
        "{\"do\": \"slow\"}                        | seconds | seconds must be a number of seconds,"
            + " 0 to 86400, such as 2.5.",
        "{\"do\": \"slow\", \"seconds\": -0.1}     | seconds | seconds must be a number of seconds",
        "{\"do\": \"slow\", \"seconds\": 86401}    | seconds | seconds must be a number of seconds",
        "{\"do\": \"slow\", \"seconds\": \"2\"}    | seconds | seconds must be a number of seconds",
        "{\"do\": \"slow\", \"seconds\": 1e999}    | seconds | seconds must be a number of seconds",
        "{\"do\": \"fail\", \"times\": 1}          | error | error must be one of: 'AllJobsFailed',"
            + " ",
        "{\"do\": \"fail\", \"error\": \"x\"}      | error | 'AnotherUserPushing'",
        "{\"do\": \"fail\", \"error\": \"LockError\", \"times\": 0} | times | times must be a whole"
            + " number, 1 to 2147483647.",
        "{\"do\": \"fail\", \"error\": \"LockError\", \"times\": 1.5} | times | times must be a"
            + " whole number",
        "{\"do\": \"fail\", \"error\": \"LockError\", \"times\": 2147483648} | times | times must"
            + " be a whole number",
        "{\"do\": \"crash\"}                       | exitCode | exitCode must be a whole number,"
            + " -2147483648 to 2147483647.",
        "{\"do\": \"crash\", \"exitCode\": \"3\"}  | exitCode | exitCode must be a whole number",
      })
  void invalid_script_is_422_with_the_allowed_values(String body, String member, String message) {
    var answer = put(OF_TYPE, body);
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(Wire.at(answer.body(), "/error/code")).isEqualTo("InvalidScriptRequest");
    assertThat(Wire.count(answer.body(), "/error/details")).isEqualTo(1);
    assertThat(Wire.at(answer.body(), "/error/details/0/target")).isEqualTo(member);
    assertThat(Wire.at(answer.body(), "/error/details/0/pointer")).isEqualTo("/" + member);
    assertThat(Wire.at(answer.body(), "/error/details/0/message")).contains(message);
    assertThat(scripts.ofTypes).isEmpty();
  }

  @Test
  void all_faults_of_a_request_are_reported_together() {
    assertAnswer(put(SCRIPT + "/files/x", "{}"), 422, "422-script-file");
    var answer = put(OF_FILE, "{\"do\": \"fail\", \"times\": 0}");
    assertThat(Wire.count(answer.body(), "/error/details")).isEqualTo(2);
  }

  @Test
  void unknown_connector_type_is_422_with_the_allowed_types() {
    var answer = put(SCRIPT + "/connectors/mstn", "{\"do\": \"hang\"}");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(Wire.at(answer.body(), "/error/details/0/message"))
        .startsWith("connectorType must be one of: 'AUTOPLANT', ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null"})
  void body_that_is_not_a_json_object_is_422(String body) {
    var answer = put(OF_FILE, body);
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(Wire.at(answer.body(), "/error/details/0/code")).isEqualTo("InvalidRequestBody");
  }

  @Test
  void request_of_a_web_page_of_another_origin_is_403_and_sets_nothing() throws IOException {
    var answer =
        server.raw(
            "PUT "
                + OF_FILE
                + " HTTP/1.1\r\nHost: localhost\r\nOrigin: https://app.example.org\r\n"
                + "Connection: close\r\nContent-Length: 14\r\n\r\n{\"do\": \"hang\"}");
    assertThat(answer).startsWith("HTTP/1.1 403 ");
    assertThat(scripts.ofFiles).isEmpty();
  }

  @Test
  void server_without_scripts_does_not_have_the_routes() {
    try (var without = TestServer.withIssuer()) {
      var answer = without.send(without.request(OF_FILE).PUT(BodyPublishers.ofString("{}")));
      assertAnswer(answer, 404, "404-route");
    }
  }
}
