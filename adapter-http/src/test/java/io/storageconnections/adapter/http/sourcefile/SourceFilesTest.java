package io.storageconnections.adapter.http.sourcefile;

import static io.storageconnections.adapter.http.ApiFixtures.CONNECTION;
import static io.storageconnections.adapter.http.ApiFixtures.FILE;
import static io.storageconnections.adapter.http.ApiFixtures.FILES;
import static io.storageconnections.adapter.http.ApiFixtures.FILE_ID;
import static io.storageconnections.adapter.http.ApiFixtures.IMODEL;
import static io.storageconnections.adapter.http.ApiFixtures.NEXT_FILE_ID;
import static io.storageconnections.adapter.http.ApiFixtures.OTHER_FILE;
import static io.storageconnections.adapter.http.ApiFixtures.SOURCE_FILE;
import static io.storageconnections.adapter.http.ApiFixtures.THIRD_FILE;
import static io.storageconnections.adapter.http.ApiFixtures.UNKNOWN_FILE_ID;
import static io.storageconnections.adapter.http.ApiFixtures.UNKNOWN_ID;
import static io.storageconnections.adapter.http.ApiFixtures.assertAnswer;
import static io.storageconnections.adapter.http.ApiFixtures.assertMalformed;
import static io.storageconnections.adapter.http.ApiFixtures.assertNoBody;
import static io.storageconnections.adapter.http.ApiFixtures.connection;
import static io.storageconnections.adapter.http.ApiFixtures.etag;
import static io.storageconnections.adapter.http.ApiFixtures.file;
import static io.storageconnections.adapter.http.TestServer.CONNECTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.adapter.http.ApiFixtures;
import io.storageconnections.adapter.http.RunFixtures;
import io.storageconnections.adapter.http.TestServer;
import io.storageconnections.adapter.http.fixture.Wire;
import io.storageconnections.application.contract.Race;
import io.storageconnections.domain.connection.ConnectionFixtures;
import io.storageconnections.domain.connection.FileName;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Adding, reading, listing, updating and removing source files. */
final class SourceFilesTest {

  private static final String UNKNOWN_FILES = CONNECTIONS + "/" + UNKNOWN_ID + "/sourcefiles";

  private final TestServer server = ApiFixtures.server();

  @AfterEach
  void stop() {
    server.close();
  }

  private static String files(String... files) {
    return "{\"sourceFiles\": [" + String.join(",", files) + "]}";
  }

  // ---- add --------------------------------------------------------------------------------------

  @Test
  void added_file_can_be_read_at_its_location() {
    var added = server.post(FILES, file(OTHER_FILE, "IFC"));
    assertAnswer(added, 201, "201-source-file");
    assertThat(etag(added)).isEqualTo("\"1\"");
    assertThat(added.headers().firstValue("Location"))
        .contains("https://sync.example.org" + FILES + "/" + NEXT_FILE_ID);
    assertAnswer(server.get(FILES + "/" + NEXT_FILE_ID), 200, "201-source-file");
  }

  @Test
  void list_of_files_is_added() {
    var added = server.post(FILES, files(file(OTHER_FILE, "IFC"), file(THIRD_FILE, "DWG")));
    assertAnswer(added, 201, "201-source-files");
    assertThat(added.headers().firstValue("Location")).isEmpty();
    var listed = server.get(FILES);
    assertThat(Wire.count(listed.body(), "/sourceFiles")).isEqualTo(3);
    assertThat(Wire.at(listed.body(), "/sourceFiles/1/id")).isEqualTo(NEXT_FILE_ID);
  }

  @Test
  void list_of_files_is_added_completely_or_not_at_all() {
    assertAnswer(
        server.post(
            FILES, files(file(OTHER_FILE, "IFC"), file(FILE, "DWG"), file(OTHER_FILE, "DWG"))),
        409,
        "409-batch-held");
    assertAnswer(server.get(FILES), 200, "200-source-files-minimal");
  }

  @Test
  void file_that_is_already_mapped_is_409_also_within_one_connection() {
    assertAnswer(server.post(FILES, file(FILE, "IFC")), 409, "409-added-held");
    server.create(connection(IMODEL, "two", file(OTHER_FILE, "MSTN")));
    var refused = server.post(FILES, file(OTHER_FILE, "MSTN"));
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(Wire.at(refused.body(), "/error/details/0/message")).contains("('two')");
  }

  @Test
  void violations_of_an_addition_have_their_place_in_the_body() {
    assertAnswer(server.post(FILES, "{}"), 422, "422-file-empty");
    assertAnswer(
        server.post(CONNECTIONS + "/x/sourcefiles", file("x", "mstn")), 422, "422-file-everything");
    assertAnswer(
        server.post(FILES, files(file("x", "mstn"), "null", "5", "{}")),
        422,
        "422-batch-everything");
    assertAnswer(server.post(FILES, files()), 422, "422-batch-empty");
    for (var unreadable : List.of("", "{", "[]", "[" + file(OTHER_FILE, "IFC") + "]")) {
      assertMalformed(server.post(FILES, unreadable), "422-file-unreadable");
    }
  }

  @Test
  void single_file_together_with_a_list_is_422() {
    var both = "{\"storageFileId\": \"x\", \"sourceFiles\": [" + file(OTHER_FILE, "IFC") + "]}";
    assertAnswer(server.post(FILES, both), 422, "422-one-or-many");
    assertAnswer(server.get(FILES), 200, "200-source-files-minimal");
  }

  @Test
  void addition_to_an_unknown_connection_is_404() {
    assertAnswer(
        server.post(UNKNOWN_FILES, file(OTHER_FILE, "IFC")), 404, "404-connection-to-add-to");
    assertAnswer(
        server.post(UNKNOWN_FILES, files(file(OTHER_FILE, "IFC"), file(OTHER_FILE, "IFC"))),
        404,
        "404-connection-to-add-to");
  }

  @Test
  void concurrent_additions_to_one_connection_all_succeed() throws InterruptedException {
    var statuses =
        Race.among(
            IntStream.range(0, 16)
                .mapToObj(i ->
                    (Callable<Integer>)
                        () ->
                            server
                                .post(
                                    FILES,
                                    file(
                                        ConnectionFixtures.file(UUID.randomUUID().toString())
                                            .toString(),
                                        "MSTN"))
                                .statusCode())
                .toList());
    assertThat(statuses).containsOnly(201);
    assertThat(Wire.count(server.get(FILES).body(), "/sourceFiles")).isEqualTo(17);
  }

  // ---- read -------------------------------------------------------------------------------------

  @Test
  void file_is_read_with_its_etag() {
    var read = server.get(SOURCE_FILE);
    assertAnswer(read, 200, "200-source-file");
    assertThat(etag(read)).isEqualTo("\"1\"");
    assertNoBody(server.get(SOURCE_FILE, "If-None-Match", "\"1\""), 304);
  }

  @Test
  void preference_is_applied_to_lists_of_files() {
    assertAnswer(server.get(FILES), 200, "200-source-files-minimal");
    var preferred = server.get(FILES, "Prefer", "return=representation");
    assertAnswer(preferred, 200, "200-source-files-representation");
    assertThat(preferred.headers().firstValue("Preference-Applied"))
        .contains("return=representation");
    var again =
        server.get(FILES, "Prefer", "return=representation", "If-None-Match", etag(preferred));
    assertNoBody(again, 304);
    assertThat(again.headers().allValues("Vary")).containsExactly("Prefer, Accept-Encoding");
  }

  @Test
  void files_are_listed_in_pages() {
    server.post(FILES, file(OTHER_FILE, "IFC"));
    server.post(FILES, file(THIRD_FILE, "IFC"));
    var second = server.get(FILES + "?%24top=1&%24skip=1").body();
    var url = "https://sync.example.org" + FILES;
    assertThat(Wire.at(second, "/sourceFiles/0/id")).isEqualTo(NEXT_FILE_ID);
    assertThat(Wire.at(second, "/_links/self/href")).isEqualTo(url + "?$skip=1&$top=1");
    assertThat(Wire.at(second, "/_links/prev/href")).isEqualTo(url + "?$skip=0&$top=1");
    assertThat(Wire.at(second, "/_links/next/href")).isEqualTo(url + "?$skip=2&$top=1");
    assertAnswer(server.get(CONNECTIONS + "/x/sourcefiles?$skip=-1&$top=0"), 422, "422-files-list");
  }

  @Test
  void unknown_id_is_404_and_malformed_id_is_422() {
    assertAnswer(server.get(UNKNOWN_FILES), 404, "404-connection");
    var ofUnknown = UNKNOWN_FILES + "/" + FILE_ID;
    var unknown = FILES + "/" + UNKNOWN_FILE_ID;
    var malformed = CONNECTIONS + "/x/sourcefiles/y";
    var body = file(OTHER_FILE, "IFC");
    for (var answer :
        List.of(server.get(ofUnknown), server.put(ofUnknown, body), server.delete(ofUnknown))) {
      assertAnswer(answer, 404, "404-connection");
    }
    for (var answer :
        List.of(server.get(unknown), server.put(unknown, body), server.delete(unknown))) {
      assertAnswer(answer, 404, "404-source-file");
    }
    for (var answer :
        List.of(server.get(malformed), server.put(malformed, body), server.delete(malformed))) {
      assertAnswer(answer, 422, "422-file-ids");
    }
  }

  @Test
  void file_of_another_connection_is_404() {
    var other = server.create(connection(IMODEL, "two", file(OTHER_FILE, "IFC")));
    var id = Wire.at(other.body(), "/connection/id");
    assertAnswer(
        server.get(CONNECTIONS + "/" + id + "/sourcefiles/" + FILE_ID), 404, "404-source-file");
  }

  // ---- update -----------------------------------------------------------------------------------

  @Test
  void update_changes_the_storage_file_and_keeps_the_id() {
    var updated = server.put(SOURCE_FILE, file(OTHER_FILE, "IFC"));
    assertAnswer(updated, 200, "200-source-file-updated");
    assertThat(etag(updated)).isEqualTo("\"2\"");
    assertAnswer(server.get(SOURCE_FILE), 200, "200-source-file-updated");
    assertThat(server.create(connection(IMODEL, "two", file(FILE, "MSTN"))).statusCode())
        .isEqualTo(201);
  }

  @Test
  void update_can_keep_the_storage_file() {
    var same = server.put(SOURCE_FILE, file(FILE, "MSTN"));
    assertAnswer(same, 200, "200-source-file");
    assertThat(etag(same)).isEqualTo("\"1\"");
    var connector = server.put(SOURCE_FILE, file(FILE, "CIVIL"));
    assertThat(connector.statusCode()).isEqualTo(200);
    assertThat(Wire.at(connector.body(), "/sourceFile/connectorType")).isEqualTo("CIVIL");
  }

  @Test
  void update_to_a_mapped_storage_file_is_409() {
    server.post(FILES, file(OTHER_FILE, "IFC"));
    assertAnswer(server.put(SOURCE_FILE, file(OTHER_FILE, "IFC")), 409, "409-moved-held");
    assertAnswer(server.get(SOURCE_FILE), 200, "200-source-file");
  }

  @Test
  void invalid_update_reports_all_violations() {
    assertAnswer(
        server.put(
            CONNECTIONS + "/x/sourcefiles/y", "{\"storageFileId\": 5, \"more\": \"unknown\"}"),
        422,
        "422-file-update-everything");
    assertMalformed(server.put(SOURCE_FILE, "{"), "422-file-unreadable");
    assertAnswer(server.put(SOURCE_FILE, "{}"), 422, "422-file-empty");
  }

  // ---- remove -----------------------------------------------------------------------------------

  @Test
  void removed_file_is_404_and_can_be_mapped_again() {
    assertNoBody(server.delete(SOURCE_FILE), 204);
    assertAnswer(server.delete(SOURCE_FILE), 404, "404-source-file");
    assertAnswer(server.get(FILES), 200, "200-source-files-none");
    assertAnswer(server.get(CONNECTION), 200, "201-created");
    assertThat(server.post(FILES, file(FILE, "MSTN")).statusCode()).isEqualTo(201);
  }

  // ---- preconditions ----------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {"\"1\"", "W/\"2\"", "nonsense"})
  void change_with_another_etag_in_if_match_is_412(String known) {
    server.put(SOURCE_FILE, file(OTHER_FILE, "IFC"));
    for (var answer :
        List.of(
            server.put(SOURCE_FILE, file(FILE, "MSTN"), "If-Match", known),
            server.delete(SOURCE_FILE, "If-Match", known))) {
      assertAnswer(answer, 412, "412-source-file");
      assertThat(etag(answer)).isEqualTo("\"2\"");
    }
    assertAnswer(server.get(SOURCE_FILE), 200, "200-source-file-updated");
    assertThat(server.put(SOURCE_FILE, file(FILE, "MSTN"), "If-Match", "\"2\"").statusCode())
        .isEqualTo(200);
    assertNoBody(server.delete(SOURCE_FILE, "If-Match", "\"3\""), 204);
  }

  // ---- names that runs find ---------------------------------------------------------------------

  @Test
  void name_that_a_run_finds_changes_the_etag_and_no_change_fails_because_of_it() {
    var run = RunFixtures.started(server);
    var task = run.tasks().getFirst();
    server
        .runs()
        .saveFileName(
            run.connection(), task.sourceFile(), task.storageFileId(), new FileName("a.dgn"));
    var read = server.get(SOURCE_FILE, "If-None-Match", "\"1\"");
    assertThat(Wire.at(read.body(), "/sourceFile/lastKnownFileName")).isEqualTo("a.dgn");
    assertThat(etag(read)).isEqualTo("\"1.1\"");
    assertNoBody(server.get(SOURCE_FILE, "If-None-Match", "\"1.1\""), 304);
    var list = server.get(FILES, "Prefer", "return=representation");
    assertThat(Wire.at(list.body(), "/sourceFiles/0/_etag")).isEqualTo("\"1.1\"");
    var changed = server.put(SOURCE_FILE, file(FILE, "IFC"), "If-Match", "\"1\"");
    assertThat(etag(changed)).isEqualTo("\"2.1\"");
    assertNoBody(server.delete(SOURCE_FILE, "If-Match", "\"2.1\""), 204);
  }
}
