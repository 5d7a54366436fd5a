package io.storageconnections.adapter.http;

import static io.storageconnections.adapter.http.TestServer.CONNECTIONS;
import static io.storageconnections.adapter.http.Wire.documented422;
import static io.storageconnections.adapter.http.Wire.golden;
import static io.storageconnections.adapter.http.Wire.ours422;
import static io.storageconnections.adapter.http.Wire.pretty;
import static io.storageconnections.adapter.http.Wire.withoutPlace;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CreateConnectionTest {

  private static final String FILE = "t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cA";
  private static final String OTHER_FILE = "u9E_00ckVU6sdWnH_vnk-bPJEu3c_VVItnIkNDWlTy0";
  private static final String IMODEL = "7dbd531d-6967-47b2-8945-a722a437ad7a";

  private final TestServer server = TestServer.start();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void the_documented_request_gets_the_documented_answer() {
    var created = server.create(golden("create-request"));
    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(pretty(created.body())).isEqualTo(golden("201-created"));
    assertThat(created.headers().allValues("Content-Type")).containsExactly("application/json");
    assertThat(created.headers().firstValue("Location"))
        .contains(
            "https://sync.example.org/synchronization/imodels/storageconnections/HVO9fWdpskeJRacipDeteqBN0_wHEVBGg_CzJmXdmE4");
  }

  @Test
  void what_was_created_can_be_read_back() {
    server.create(golden("create-request"));
    var found = server.get(CONNECTIONS + "/HVO9fWdpskeJRacipDeteqBN0_wHEVBGg_CzJmXdmE4");
    assertThat(found.statusCode()).isEqualTo(200);
    assertThat(pretty(found.body())).isEqualTo(golden("201-created"));
    assertThat(found.headers().allValues("Content-Type")).containsExactly("application/json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"displayName\": null, \"authenticationType\": null,"})
  void what_may_be_absent_may_be_null_and_has_its_default(String absent) {
    var created = server.create("{" + absent + body(IMODEL, file(FILE, "MSTN")) + "}");
    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(pretty(created.body())).isEqualTo(golden("201-created-unnamed"));
  }

  @Test
  void a_name_comes_back_as_it_was_sent() {
    for (var name : List.of("", " Straße \uD83D\uDEA7 \\u0022\\n ", "\uD83D\uDEA7".repeat(255))) {
      var created =
          server.create(
              "{\"displayName\": \"%s\", %s}"
                  .formatted(name, body(UUID.randomUUID().toString(), file(FILE, "MSTN"))));
      assertThat(created.statusCode()).isEqualTo(201);
      assertThat(Wire.at(created.body(), "/connection/displayName"))
          .isEqualTo(name.replace("\\u0022", "\"").replace("\\n", "\n"));
    }
  }

  @Test
  void unknown_members_are_passed_over() {
    var created =
        server.create(
            """
            {"futureMember": {"deep": [1, null, {"deeper": 1e400}]}, "displayName": "30", "iModelId": "%s", "iTwinId": 5,
             "sourceFiles": [{"storageFileId": "%s", "connectorType": "MSTN", "lastKnownFileName": []}]}
            """
                .formatted(IMODEL, FILE));
    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(pretty(created.body())).isEqualTo(golden("201-created"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain;charset=UTF-8",
        "application/x-www-form-urlencoded",
        "application/vnd.bentley.itwin-platform.v1+json",
        "nonsense"
      })
  void the_content_type_of_the_request_does_not_matter(String contentType) {
    var created =
        server.send(
            server
                .authorized(CONNECTIONS)
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString(golden("create-request"))));
    assertThat(created.statusCode()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/Synchronization/iModels/storageConnections",
        "/synchronization/imodels/storageConnections?imodelId=",
        "/SYNCHRONIZATION/IMODELS/STORAGECONNECTIONS/"
      })
  void literals_of_the_path_match_in_any_case(String path) {
    assertThat(
            server
                .send(
                    server.authorized(path).POST(BodyPublishers.ofString(golden("create-request"))))
                .statusCode())
        .isEqualTo(201);
  }

  // ---- 422 -----------------------------------------------------------------------------------

  static Stream<byte[]> unreadableBodies() {
    var request = golden("create-request");
    return Stream.concat(
        Stream.of(
                "",
                " ",
                "{",
                "{]",
                request + "x",
                request + request,
                request.replace("\"30\"", "\"30\", \"displayName\": \"30\""),
                request.replace("\"30\"", "\"30\", \"unknown\": {\"a\": 1, \"a\": 2}"),
                request.replace("\"MSTN\"", "\"MSTN\", \"connectorType\": \"MSTN\""),
                request.replace("\"30\"", "'30'"),
                request.replace("\"30\"", "NaN"),
                request.replace("\"30\"", "\"\t\""),
                request + "// comment",
                request.replaceFirst("\\}\\s*$", ",}"),
                "[" + request + "]",
                "\"" + IMODEL + "\"",
                "null",
                "42",
                "[".repeat(100_000))
            .map(text -> text.getBytes(UTF_8)),
        Stream.of(
            request.getBytes(UTF_16),
            request.replace("30", "Straße").getBytes(ISO_8859_1),
            // An overlong slash, and half a surrogate pair.
            request.replace("30", "\u00C0\u00AF").getBytes(ISO_8859_1),
            request.replace("30", "\u00ED\u00A0\u0080").getBytes(ISO_8859_1)));
  }

  @ParameterizedTest
  @MethodSource("unreadableBodies")
  void a_body_that_cannot_be_read_is_told_that_alone(byte[] body) {
    var answer = server.create(body);
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(withoutPlace(answer.body())).isEqualTo(documented422(1));
    assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/json");
  }

  @Test
  void an_absent_file_list() {
    assert422(server.create("{\"iModelId\": \"%s\"}".formatted(IMODEL)), documented422(2));
    assert422(
        server.create("{\"iModelId\": \"%s\", \"sourceFiles\": null}".formatted(IMODEL)),
        documented422(2));
  }

  @Test
  void an_empty_file_list() {
    assert422(
        server.create("{\"iModelId\": \"%s\", \"sourceFiles\": []}".formatted(IMODEL)),
        documented422(3));
  }

  @Test
  void an_absent_connector_type() {
    assert422(
        server.create("{" + body(IMODEL, "{\"storageFileId\": \"" + FILE + "\"}") + "}"),
        documented422(4));
  }

  @Test
  void an_absent_storage_file_id() {
    assert422(
        server.create("{" + body(IMODEL, "{\"connectorType\": \"IFC\"}") + "}"), documented422(5));
  }

  @Test
  void an_absent_imodel_id() {
    assert422(server.create("{\"sourceFiles\": [" + file(FILE, "MSTN") + "]}"), documented422(6));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "mstn", "MSTN ", "AVEVAPID", "NotSet"})
  void an_unknown_connector_type(String connectorType) {
    assert422(server.create("{" + body(IMODEL, file(FILE, connectorType)) + "}"), documented422(7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1-1-1-1-1", IMODEL + "0", "{" + IMODEL + "}"})
  void a_malformed_imodel_id(String iModelId) {
    assert422(server.create("{" + body(iModelId, file(FILE, "MSTN")) + "}"), documented422(8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        IMODEL,
        // Ends in bits that no 32 bytes have.
        "t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cB",
        "t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cA=",
        "t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT+cA"
      })
  void a_malformed_storage_file_id(String storageFileId) {
    assert422(
        server.create("{" + body(IMODEL, file(storageFileId, "MSTN")) + "}"), documented422(9));
  }

  @Test
  void members_beyond_the_document() {
    var valid = body(IMODEL, file(FILE, "MSTN"));
    assert422(
        server.create("{\"authenticationType\": \"Robot\", " + valid + "}"),
        ours422("authenticationType"));
    assert422(
        server.create("{\"displayName\": \"" + "x".repeat(256) + "\", " + valid + "}"),
        ours422("displayName"));
    assert422(
        server.create("{\"displayName\": \"\\u0000\", " + valid + "}"), ours422("displayName"));
    assert422(
        server.create("{\"displayName\": \"\\ud83d\", " + valid + "}"), ours422("displayName"));
  }

  static Stream<Arguments> mistypedBodies() {
    var file = file(FILE, "MSTN");
    return Stream.of("5", "true", "[]", "{}", "1e999", "[\"MSTN\"]")
        .flatMap(value ->
            Stream.of(
                Arguments.of(
                    "{\"displayName\": " + value + ", " + body(IMODEL, file) + "}",
                    ours422("displayName")),
                Arguments.of(
                    "{\"authenticationType\": " + value + ", " + body(IMODEL, file) + "}",
                    ours422("authenticationType")),
                Arguments.of(
                    "{\"iModelId\": " + value + ", \"sourceFiles\": [" + file + "]}",
                    documented422(8)),
                Arguments.of(
                    "{"
                        + body(
                            IMODEL,
                            "{\"storageFileId\": " + value + ", \"connectorType\": \"IFC\"}")
                        + "}",
                    documented422(9)),
                Arguments.of(
                    "{"
                        + body(
                            IMODEL,
                            "{\"storageFileId\": \""
                                + FILE
                                + "\", \"connectorType\": "
                                + value
                                + "}")
                        + "}",
                    documented422(7))));
  }

  @ParameterizedTest
  @MethodSource("mistypedBodies")
  void a_member_of_the_wrong_type_is_a_violation_of_that_member(String body, String expected) {
    assert422(server.create(body), expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "\"x\"", "true", "{}", "[5]", "[\"x\"]", "[[]]"})
  void a_file_list_that_is_none_is_a_violation_of_it(String files) {
    assert422(
        server.create("{\"iModelId\": \"%s\", \"sourceFiles\": %s}".formatted(IMODEL, files)),
        ours422(files.startsWith("[") ? "aSourceFile" : "sourceFiles"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "1", "null", "\"x\""})
  void a_list_too_long_to_be_judged_is_one_violation(String entry) {
    var entries = (entry + ",").repeat(1_000) + entry;
    assert422(
        server.create("{\"iModelId\": \"%s\", \"sourceFiles\": [%s]}".formatted(IMODEL, entries)),
        ours422("sourceFiles"));
  }

  @Test
  void a_list_of_the_greatest_length_is_judged_entry_by_entry() {
    for (var entry : List.of("1", "{}")) {
      var answer =
          server.create(
              "{\"iModelId\": \"%s\", \"sourceFiles\": [%s]}"
                  .formatted(IMODEL, (entry + ",").repeat(999) + entry));
      assertThat(answer.statusCode()).isEqualTo(422);
      assertThat(Wire.count(answer.body(), "/error/details"))
          .isEqualTo(entry.equals("1") ? 1_000 : 2_000);
    }
  }

  @Test
  void a_number_that_would_be_a_valid_id_as_text_is_none() {
    assert422(
        server.create(
            "{"
                + body(
                    IMODEL,
                    "{\"storageFileId\": " + "1".repeat(43) + ", \"connectorType\": \"IFC\"}")
                + "}"),
        documented422(9));
  }

  @Test
  void all_violations_come_at_once_in_document_order() {
    var answer =
        server.create(
            """
            {"sourceFiles": [{"connectorType": "x", "storageFileId": "x"}, 5, {}, {"storageFileId": "%s", "connectorType": "IFC"}],
             "authenticationType": {}, "iModelId": "x", "displayName": 30}
            """
                .formatted(FILE));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(pretty(answer.body())).isEqualTo(golden("422-everything"));
  }

  @Test
  void nothing_of_an_invalid_request_is_stored() {
    server.create("{" + body(IMODEL, file(FILE, "MSTN") + "," + file(OTHER_FILE, "x")) + "}");
    assertThat(server.create(golden("create-request")).statusCode()).isEqualTo(201);
  }

  // ---- 409 -----------------------------------------------------------------------------------

  @Test
  void files_that_are_mapped_already_are_told_with_their_holder_and_the_way_out() {
    server.create(golden("create-request"));
    var refused =
        server.create(
            "{"
                + body(
                    IMODEL,
                    file(OTHER_FILE, "IFC")
                        + ","
                        + file(FILE, "MSTN")
                        + ","
                        + file(OTHER_FILE, "IFC"))
                + "}");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(pretty(refused.body())).isEqualTo(golden("409-held"));
    assertThat(refused.headers().allValues("Content-Type")).containsExactly("application/json");
  }

  @Test
  void nothing_of_a_refused_request_is_stored() {
    server.create(golden("create-request"));
    server.create("{" + body(IMODEL, file(OTHER_FILE, "IFC") + "," + file(FILE, "MSTN")) + "}");
    assertThat(server.create("{" + body(IMODEL, file(OTHER_FILE, "IFC")) + "}").statusCode())
        .isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource({
    "7dbd531d-6967-47b2-8945-a722a437ad7a,409",
    "54903ab0-6c75-41ba-a4ee-233aaa030cd6,201"
  })
  void a_file_is_mapped_to_one_imodel_once_and_to_another_as_well(String iModel, int status) {
    server.create(golden("create-request"));
    assertThat(
            server
                .create("{" + body(iModel.toUpperCase(Locale.ROOT), file(FILE, "MSTN")) + "}")
                .statusCode())
        .isEqualTo(status);
  }

  // ---- get -----------------------------------------------------------------------------------

  @Test
  void an_unknown_connection_is_not_found() {
    var answer = server.get(CONNECTIONS + "/MWplZe9Uf0iR1IDMqyOMLqBN0_wHEVBGg_CzJmXdmE4");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(pretty(answer.body())).isEqualTo(golden("404-connection"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "hvo9fWdpskeJRacipDeteqBN0_wHEVBGg_CzJmXdmE4x",
        "HVO9fWdpskeJRacipDeteqBN0_wHEVBGg_CzJmXdmE5",
        "%20",
        "%F0%9F%9A%A7"
      })
  void a_malformed_connection_id_is_invalid(String id) {
    assert422(server.get(CONNECTIONS + "/" + id), ours422("connectionId"));
  }

  @Test
  void ids_are_compared_with_their_case() {
    server.create(golden("create-request"));
    var answer = server.get(CONNECTIONS + "/hVO9fWdpskeJRacipDeteqBN0_wHEVBGg_CzJmXdmE4");
    assertThat(answer.statusCode()).isEqualTo(404);
  }

  @Test
  void head_answers_as_get_does_without_the_body() {
    server.create(golden("create-request"));
    var path = CONNECTIONS + "/HVO9fWdpskeJRacipDeteqBN0_wHEVBGg_CzJmXdmE4";
    var head = server.send(server.authorized(path).HEAD());
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(server.send(server.authorized(CONNECTIONS + "/" + FILE).HEAD()).statusCode())
        .isEqualTo(404);
    assertThat(server.send(server.request(path).HEAD()).statusCode()).isEqualTo(401);
  }

  private static void assert422(HttpResponse<String> answer, String expected) {
    assertThat(pretty(answer.body())).isEqualTo(expected);
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/json");
  }

  private static String body(String iModelId, String files) {
    return "\"iModelId\": \"" + iModelId + "\", \"sourceFiles\": [" + files + "]";
  }

  private static String file(String storageFileId, String connectorType) {
    return "{\"storageFileId\": \"%s\", \"connectorType\": \"%s\"}"
        .formatted(storageFileId, connectorType);
  }
}
