package io.storageconnections.adapter.http.request;

import static io.storageconnections.adapter.http.TestServer.CONNECTIONS;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.adapter.http.TestServer;
import io.storageconnections.adapter.http.fixture.Wire;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reason and the position in answers to bodies that are not a JSON object. */
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
  void answer_contains_reason_and_position(String body, String reason, int line, int column) {
    assertFault(SERVER.create(body.replace('~', '\n')), reason, line, column);
  }

  @Test
  void control_character_in_a_string_is_reported() {
    assertFault(SERVER.create("{\"a\": \"\t\"}"), "control character", 1, 8);
  }

  @Test
  void position_of_the_first_invalid_utf_8_byte_is_reported() {
    var latin1 = "{\n \"a\": \"Stra\u00DFe\"}".getBytes(ISO_8859_1);
    assertFault(SERVER.create(latin1), "not UTF-8", 2, 12);
    assertFault(SERVER.create("{}".getBytes(UTF_16)), "not UTF-8", 1, 1);
    assertFault(SERVER.create("{}".getBytes(UTF_16LE)), "UTF-16", 1, 2);
    assertFault(SERVER.create("\uFEFF{}".getBytes(UTF_8)), "byte order mark", 1, 1);
  }

  @Test
  void excess_of_a_parser_limit_is_reported_as_such() {
    for (var value : List.of("[".repeat(600) + "]".repeat(600), "1".repeat(1_001))) {
      var answer = SERVER.create("{\"a\": " + value + "}");
      assertThat(answer.statusCode()).isEqualTo(422);
      assertThat(Wire.at(answer.body(), "/error/details/0/reason"))
          .contains("limit", "500 levels", "1,000 characters");
      assertThat(Wire.at(answer.body(), "/error/details/0/line")).isEqualTo("1");
    }
  }

  @Test
  void answer_repeats_no_part_of_the_body() {
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
  void other_operations_report_reason_and_position() {
    var id = CONNECTIONS + "/HVO9fWdpskeJRacipDeteqBN0_wHEVBGg_CzJmXdmE4";
    assertFault(SERVER.put(id, "{\n"), "ends within", 2, 1);
    assertFault(SERVER.post(id + "/sourcefiles", "{\n"), "ends within", 2, 1);
  }

  private static void assertFault(
      HttpResponse<String> answer, String reason, int line, int column) {
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
