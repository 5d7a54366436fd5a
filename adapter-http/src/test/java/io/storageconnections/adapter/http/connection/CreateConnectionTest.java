package io.storageconnections.adapter.http.connection;

import static io.storageconnections.adapter.http.TestServer.CONNECTIONS;
import static io.storageconnections.adapter.http.fixture.Wire.documented422;
import static io.storageconnections.adapter.http.fixture.Wire.golden;
import static io.storageconnections.adapter.http.fixture.Wire.pretty;
import static io.storageconnections.adapter.http.fixture.Wire.undocumented422;
import static io.storageconnections.adapter.http.fixture.Wire.withoutPlace;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.adapter.http.TestServer;
import io.storageconnections.adapter.http.fixture.Wire;
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
  void documented_request_gets_the_documented_answer() {
    var created = server.create(golden("create-request"));
    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(pretty(created.body())).isEqualTo(golden("201-created"));
    assertThat(created.headers().allValues("Content-Type")).containsExactly("application/json");
    assertThat(created.headers().firstValue("Location"))
        .contains(
            "https://sync.example.org/synchronization/imodels/storageconnections/HVO9fWdpskeJRacipDeteqBN0_wHEVBGg_CzJmXdmE4");
  }

  @Test
  void created_connection_can_be_read() {
    server.create(golden("create-request"));
    var found = server.get(CONNECTIONS + "/HVO9fWdpskeJRacipDeteqBN0_wHEVBGg_CzJmXdmE4");
    assertThat(found.statusCode()).isEqualTo(200);
    assertThat(pretty(found.body())).isEqualTo(golden("201-created"));
    assertThat(found.headers().allValues("Content-Type")).containsExactly("application/json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"displayName\": null, \"authenticationType\": null,"})
  void absent_and_null_members_get_their_default(String absent) {
    var created = server.create("{" + absent + body(IMODEL, file(FILE, "MSTN")) + "}");
    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(pretty(created.body())).isEqualTo(golden("201-created-unnamed"));
  }

  @Test
  void display_name_is_returned_unchanged() {
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
  void unknown_members_are_ignored() {
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
  void content_type_of_the_request_is_ignored(String contentType) {
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
  void literal_path_segments_match_in_any_case(String path) {
    assertThat(
            server
                .send(
                    server.authorized(path).POST(BodyPublishers.ofString(golden("create-request"))))
                .statusCode())
        .isEqualTo(201);
  }

  // ---- 422 --------------------------------------------------------------------------------------

  static Stream<byte[]> malformedBodies() {
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
            // An overlong encoding of a slash, and one half of a surrogate pair.
            request.replace("30", "\u00C0\u00AF").getBytes(ISO_8859_1),
            request.replace("30", "\u00ED\u00A0\u0080").getBytes(ISO_8859_1)));
  }

  @ParameterizedTest
  @MethodSource("malformedBodies")
  void malformed_body_is_the_only_detail(byte[] body) {
    var answer = server.create(body);
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(withoutPlace(answer.body())).isEqualTo(documented422(1));
    assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/json");
  }

  @Test
  void absent_source_files_is_the_documented_422() {
    assert422(server.create("{\"iModelId\": \"%s\"}".formatted(IMODEL)), documented422(2));
    assert422(
        server.create("{\"iModelId\": \"%s\", \"sourceFiles\": null}".formatted(IMODEL)),
        documented422(2));
  }

  @Test
  void empty_source_files_is_the_documented_422() {
    assert422(
        server.create("{\"iModelId\": \"%s\", \"sourceFiles\": []}".formatted(IMODEL)),
        documented422(3));
  }

  @Test
  void absent_connector_type_is_the_documented_422() {
    assert422(
        server.create("{" + body(IMODEL, "{\"storageFileId\": \"" + FILE + "\"}") + "}"),
        documented422(4));
  }

  @Test
  void absent_storage_file_id_is_the_documented_422() {
    assert422(
        server.create("{" + body(IMODEL, "{\"connectorType\": \"IFC\"}") + "}"), documented422(5));
  }

  @Test
  void absent_imodel_id_is_the_documented_422() {
    assert422(server.create("{\"sourceFiles\": [" + file(FILE, "MSTN") + "]}"), documented422(6));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "mstn", "MSTN ", "AVEVAPID", "NotSet"})
  void unknown_connector_type_is_the_documented_422(String connectorType) {
    assert422(server.create("{" + body(IMODEL, file(FILE, connectorType)) + "}"), documented422(7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1-1-1-1-1", IMODEL + "0", "{" + IMODEL + "}"})
  void malformed_imodel_id_is_the_documented_422(String iModelId) {
    assert422(server.create("{" + body(iModelId, file(FILE, "MSTN")) + "}"), documented422(8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        IMODEL,
        // The last character has bits that are not zero beyond the 32 bytes.
        "t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cB",
        "t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cA=",
        "t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT+cA"
      })
  void malformed_storage_file_id_is_the_documented_422(String storageFileId) {
    assert422(
        server.create("{" + body(IMODEL, file(storageFileId, "MSTN")) + "}"), documented422(9));
  }

  @Test
  void undocumented_faults_are_422_in_the_documented_form() {
    var valid = body(IMODEL, file(FILE, "MSTN"));
    assert422(
        server.create("{\"authenticationType\": \"Robot\", " + valid + "}"),
        undocumented422("authenticationType"));
    assert422(
        server.create("{\"displayName\": \"" + "x".repeat(256) + "\", " + valid + "}"),
        undocumented422("displayName"));
    assert422(
        server.create("{\"displayName\": \"\\u0000\", " + valid + "}"),
        undocumented422("displayName"));
    assert422(
        server.create("{\"displayName\": \"\\ud83d\", " + valid + "}"),
        undocumented422("displayName"));
  }

  static Stream<Arguments> mistypedBodies() {
    var file = file(FILE, "MSTN");
    return Stream.of("5", "true", "[]", "{}", "1e999", "[\"MSTN\"]")
        .flatMap(value ->
            Stream.of(
                Arguments.of(
                    "{\"displayName\": " + value + ", " + body(IMODEL, file) + "}",
                    undocumented422("displayName")),
                Arguments.of(
                    "{\"authenticationType\": " + value + ", " + body(IMODEL, file) + "}",
                    undocumented422("authenticationType")),
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
  void member_of_the_wrong_type_is_a_violation_of_that_member(String body, String expected) {
    assert422(server.create(body), expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "\"x\"", "true", "{}", "[5]", "[\"x\"]", "[[]]"})
  void source_files_that_is_not_an_array_is_one_violation(String files) {
    assert422(
        server.create("{\"iModelId\": \"%s\", \"sourceFiles\": %s}".formatted(IMODEL, files)),
        undocumented422(files.startsWith("[") ? "aSourceFile" : "sourceFiles"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "1", "null", "\"x\""})
  void list_that_is_too_long_is_one_violation(String entry) {
    var entries = (entry + ",").repeat(1_000) + entry;
    assert422(
        server.create("{\"iModelId\": \"%s\", \"sourceFiles\": [%s]}".formatted(IMODEL, entries)),
        undocumented422("sourceFiles"));
  }

  @Test
  void list_of_the_greatest_length_is_validated_entry_by_entry() {
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
  void number_is_not_accepted_as_an_id() {
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
  void all_violations_are_reported_in_document_order() {
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
  void invalid_request_stores_nothing() {
    server.create("{" + body(IMODEL, file(FILE, "MSTN") + "," + file(OTHER_FILE, "x")) + "}");
    assertThat(server.create(golden("create-request")).statusCode()).isEqualTo(201);
  }

  // ---- 409 --------------------------------------------------------------------------------------

  @Test
  void conflict_names_the_connection_that_has_the_file() {
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
  void conflicting_request_stores_nothing() {
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
  void file_can_be_mapped_once_to_each_imodel(String iModel, int status) {
    server.create(golden("create-request"));
    assertThat(
            server
                .create("{" + body(iModel.toUpperCase(Locale.ROOT), file(FILE, "MSTN")) + "}")
                .statusCode())
        .isEqualTo(status);
  }

  // ---- get --------------------------------------------------------------------------------------

  @Test
  void unknown_connection_is_404() {
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
  void malformed_connection_id_is_422(String id) {
    assert422(server.get(CONNECTIONS + "/" + id), undocumented422("connectionId"));
  }

  @Test
  void ids_are_case_sensitive() {
    server.create(golden("create-request"));
    var answer = server.get(CONNECTIONS + "/hVO9fWdpskeJRacipDeteqBN0_wHEVBGg_CzJmXdmE4");
    assertThat(answer.statusCode()).isEqualTo(404);
  }

  @Test
  void head_has_the_headers_of_get_and_no_body() {
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
