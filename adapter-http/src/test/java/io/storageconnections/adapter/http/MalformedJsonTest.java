package io.storageconnections.adapter.http;

import static io.storageconnections.adapter.http.TestServer.CONNECTIONS;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a caller is told of a body that is not a JSON object: what is wrong, and where. */
final class MalformedJsonTest {

  private static final TestServer SERVER = TestServer.start();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                         | empty                                | 1 | 1",
        "` ~ `                      | empty                                | 2 | 2",
        "{                          | ends within                          | 1 | 2",
        "{~  \"a\": [1,            | ends within                          | 2 | 11",
        "{\"a\": \"x              | ends within                          | 1 | 9",
        "{\"a\":1}x               | body goes on                         | 1 | 8",
        "{}~~{}                     | body goes on                         | 3 | 1",
        "{}~]                       | body goes on                         | 2 | 1",
        "[{}]                       | not a JSON object                    | 1 | 1",
        "~ null                     | not a JSON object                    | 2 | 2",
        "42                         | not a JSON object                    | 1 | 1",
        "{~ \"a\": 1~ \"b\": 2}   | comma to separate Object entries     | 3 | 2",
        "{\"a\" 1}                | colon to separate                    | 1 | 6",
        "{'a': 1}                   | double-quote to start property name  | 1 | 2",
        "{\"a\": 1,~}             | double-quote to start property name  | 2 | 1",
        "{\"a\": tru}             | none of true, false and null         | 1 | 7",
        "{\"a\": NaN}             | none of true, false and null         | 1 | 10",
        "{\"a\": 01}              | number is malformed                  | 1 | 8",
        "{\"a\": \"\\q\"}       | unknown escape                       | 1 | 9",
        "{\"a\": [1}}             | closes what is not open              | 1 | 9",
        "{~\"a\": 1,~\"a\": 2}   | twice                                | 3 | 4",
      })
  void the_reason_and_the_place_are_told(String body, String reason, int line, int column) {
    assertTold(SERVER.create(body.replace('~', '\n')), reason, line, column);
  }

  @Test
  void a_control_character_in_a_string_is_told() {
    assertTold(SERVER.create("{\"a\": \"\t\"}"), "control character", 1, 8);
  }

  @Test
  void a_body_that_is_not_utf_8_is_told_where_it_is_not() {
    var latin1 = "{\n \"a\": \"Stra\u00DFe\"}".getBytes(ISO_8859_1);
    assertTold(SERVER.create(latin1), "not UTF-8", 2, 12);
    assertTold(SERVER.create("{}".getBytes(UTF_16)), "not UTF-8", 1, 1);
    assertTold(SERVER.create("{}".getBytes(UTF_16LE)), "UTF-16", 1, 2);
    assertTold(SERVER.create("\uFEFF{}".getBytes(UTF_8)), "byte order mark", 1, 1);
  }

  @Test
  void limits_of_the_parser_are_told_as_limits() {
    for (var value : List.of("[".repeat(600) + "]".repeat(600), "1".repeat(1_001))) {
      var answer = SERVER.create("{\"a\": " + value + "}");
      assertThat(answer.statusCode()).isEqualTo(422);
      assertThat(Wire.at(answer.body(), "/error/details/0/reason"))
          .contains("limit", "500 levels", "1,000 characters");
      assertThat(Wire.at(answer.body(), "/error/details/0/line")).isEqualTo("1");
    }
  }

  @Test
  void nothing_of_the_body_is_repeated() {
    for (var body :
        List.of(
            "sesame",
            "{\"a\": sesame}",
            "{\"sesame\": 1, \"sesame\": 2}",
            "{\"a\": \"sesame\t\"}",
            "{\"a\": \"sesame\" \"sesame\"}",
            "{} sesame",
            "\"sesame\"",
            "{\"sesame\": 1sesame}")) {
      var answer = SERVER.create(body);
      assertThat(answer.statusCode()).isEqualTo(422);
      assertThat(answer.body()).doesNotContain("sesame", "Source:", "jackson");
    }
  }

  @Test
  void other_operations_tell_it_too() {
    var id = CONNECTIONS + "/HVO9fWdpskeJRacipDeteqBN0_wHEVBGg_CzJmXdmE4";
    assertTold(SERVER.put(id, "{\n"), "ends within", 2, 1);
    assertTold(SERVER.post(id + "/sourcefiles", "{\n"), "ends within", 2, 1);
  }

  private static void assertTold(HttpResponse<String> answer, String reason, int line, int column) {
    assertThat(answer.statusCode()).isEqualTo(422);
    var detail = "/error/details/0";
    assertThat(Wire.at(answer.body(), detail + "/code")).isEqualTo("InvalidRequestBody");
    assertThat(Wire.at(answer.body(), detail + "/message"))
        .isEqualTo("Error parsing JSON, malformed JSON.");
    assertThat(Wire.at(answer.body(), detail + "/reason")).contains(reason);
    assertThat(Wire.at(answer.body(), detail + "/line")).isEqualTo("" + line);
    assertThat(Wire.at(answer.body(), detail + "/column")).isEqualTo("" + column);
  }
}
