package io.storageconnections.adapter.http.connection;

import static io.storageconnections.adapter.http.ApiFixtures.CONNECTION;
import static io.storageconnections.adapter.http.ApiFixtures.FILE;
import static io.storageconnections.adapter.http.ApiFixtures.IMODEL;
import static io.storageconnections.adapter.http.ApiFixtures.UNKNOWN_ID;
import static io.storageconnections.adapter.http.ApiFixtures.assertAnswer;
import static io.storageconnections.adapter.http.ApiFixtures.assertMalformed;
import static io.storageconnections.adapter.http.ApiFixtures.assertNoBody;
import static io.storageconnections.adapter.http.ApiFixtures.connection;
import static io.storageconnections.adapter.http.ApiFixtures.etag;
import static io.storageconnections.adapter.http.ApiFixtures.file;
import static io.storageconnections.adapter.http.TestServer.CONNECTIONS;
import static io.storageconnections.adapter.http.fixture.Wire.golden;
import static io.storageconnections.adapter.http.fixture.Wire.pretty;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.adapter.http.ApiFixtures;
import io.storageconnections.adapter.http.TestServer;
import io.storageconnections.adapter.http.fixture.Wire;
import io.storageconnections.application.contract.Race;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading, updating and deleting a connection, also with preconditions. */
final class ConnectionChangesTest {

  private final TestServer server = ApiFixtures.server();

  @AfterEach
  void stop() {
    server.close();
  }

  // ---- update -----------------------------------------------------------------------------------

  @Test
  void update_changes_the_members_in_the_body() {
    var named = server.put(CONNECTION, "{\"displayName\": \"Bridge\"}");
    assertThat(named.statusCode()).isEqualTo(200);
    assertThat(Wire.at(named.body(), "/connection/displayName")).isEqualTo("Bridge");
    assertThat(Wire.at(named.body(), "/connection/authenticationType")).isEqualTo("User");
    assertAnswer(
        server.put(CONNECTION, "{\"authenticationType\": \"Service\"}"), 200, "200-updated");
    assertAnswer(server.get(CONNECTION), 200, "200-updated");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"displayName\": null, \"authenticationType\": null}",
        "{\"displayName\": \"30\"}",
        "{\"iModelId\": \"x\", \"sourceFiles\": 5, \"id\": [], \"iTwinId\": null, \"more\": {}}"
      })
  void update_without_changes_keeps_the_connection_and_its_etag(String body) {
    var answer = server.put(CONNECTION, body);
    assertAnswer(answer, 200, "201-created");
    assertThat(etag(answer)).isEqualTo("\"1\"");
  }

  @Test
  void empty_display_name_is_kept() {
    var answer = server.put(CONNECTION, "{\"displayName\": \"\"}");
    assertThat(Wire.at(answer.body(), "/connection/displayName")).isEmpty();
  }

  @Test
  void invalid_update_reports_all_violations_and_changes_nothing() {
    var bad = "{\"displayName\": 5, \"authenticationType\": \"user\"}";
    assertAnswer(server.put(CONNECTIONS + "/x", bad), 422, "422-update-everything");
    assertThat(server.put(CONNECTION, bad).statusCode()).isEqualTo(422);
    for (var unreadable : List.of("", "{", "[]", "null", "{\"a\":1,\"a\":2}")) {
      assertMalformed(server.put(CONNECTION, unreadable), "422-unreadable");
    }
    assertAnswer(server.get(CONNECTION), 200, "201-created");
  }

  @Test
  void unknown_id_is_404_and_malformed_id_is_422() {
    var unknown = CONNECTIONS + "/" + UNKNOWN_ID;
    for (var answer :
        List.of(server.get(unknown), server.put(unknown, "{}"), server.delete(unknown))) {
      assertAnswer(answer, 404, "404-connection");
    }
    var malformed = CONNECTIONS + "/" + UNKNOWN_ID.replaceFirst(".$", "B");
    for (var answer :
        List.of(server.get(malformed), server.put(malformed, "{}"), server.delete(malformed))) {
      assertAnswer(answer, 422, "422-connection-id");
    }
  }

  // ---- delete -----------------------------------------------------------------------------------

  @Test
  void deleted_connection_is_404_and_its_files_can_be_mapped_again() {
    assertNoBody(server.delete(CONNECTION), 204);
    assertAnswer(server.get(CONNECTION), 404, "404-connection");
    assertAnswer(server.delete(CONNECTION), 404, "404-connection");
    assertAnswer(server.get(CONNECTIONS + "?imodelId=" + IMODEL), 200, "200-connections-none");
    assertThat(server.create(golden("create-request")).statusCode()).isEqualTo(201);
  }

  @Test
  void one_of_many_concurrent_deletions_succeeds() throws InterruptedException {
    var statuses =
        Race.among(
            IntStream.range(0, 8)
                .mapToObj(i -> (Callable<Integer>) () -> server.delete(CONNECTION).statusCode())
                .toList());
    assertThat(statuses).containsOnlyOnce(204).filteredOn(status -> status == 404).hasSize(7);
  }

  // ---- preconditions ----------------------------------------------------------------------------

  @Test
  void every_answer_with_a_connection_has_its_etag() {
    var created = server.create(connection(IMODEL, "two", file(ApiFixtures.OTHER_FILE, "IFC")));
    assertThat(etag(created)).isEqualTo("\"1\"");
    assertThat(etag(server.get(CONNECTION))).isEqualTo("\"1\"");
    var updated = server.put(CONNECTION, "{\"displayName\": \"new\"}");
    assertThat(etag(updated)).isEqualTo("\"2\"");
    assertThat(etag(server.get(CONNECTION))).isEqualTo("\"2\"");
    var listed = server.get(CONNECTIONS + "?imodelId=" + IMODEL, "Prefer", "return=representation");
    assertThat(Wire.at(listed.body(), "/connections/0/_etag")).isEqualTo("\"2\"");
    assertThat(Wire.at(listed.body(), "/connections/1/_etag")).isEqualTo("\"1\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1\"", "W/\"1\"", "*", "\"9\", \"1\"", "\"9\",W/\"1\""})
  void known_etag_in_if_none_match_is_304(String known) {
    var answer = server.get(CONNECTION, "If-None-Match", known);
    assertNoBody(answer, 304);
    assertThat(etag(answer)).isEqualTo("\"1\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"2\"", "\"\"", "1", "\"11\"", "nonsense", ""})
  void other_etag_in_if_none_match_is_200(String known) {
    assertAnswer(server.get(CONNECTION, "If-None-Match", known), 200, "201-created");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1\"", "*", "\"7\", \"1\"", " \"1\" "})
  void change_with_the_current_etag_in_if_match_succeeds(String known) {
    assertThat(server.put(CONNECTION, "{\"displayName\": \"new\"}", "If-Match", known).statusCode())
        .isEqualTo(200);
    assertNoBody(server.delete(CONNECTION, "If-Match", "\"2\""), 204);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"1\"",
        "W/\"2\"",
        "2",
        "\"02\"",
        "\"2",
        "nonsense",
        "",
        "\"99999999999999999999\"",
        "\"1\", \"3\""
      })
  void change_with_another_etag_in_if_match_is_412(String known) {
    server.put(CONNECTION, "{\"displayName\": \"new\"}");
    var before = server.get(CONNECTION).body();
    for (var answer :
        List.of(
            server.put(CONNECTION, "{\"displayName\": \"lost\"}", "If-Match", known),
            server.delete(CONNECTION, "If-Match", known))) {
      assertAnswer(answer, 412, "412-connection");
      assertThat(etag(answer)).isEqualTo("\"2\"");
    }
    assertThat(server.get(CONNECTION).body()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "\"1\"", "W/\"1\"", "\"7\", \"1\""})
  void change_with_the_current_etag_in_if_none_match_is_412(String known) throws IOException {
    for (var answer :
        List.of(
            server.put(CONNECTION, "{\"displayName\": \"lost\"}", "If-None-Match", known),
            server.delete(CONNECTION, "If-None-Match", known))) {
      assertThat(answer.statusCode()).isEqualTo(412);
      assertThat(Wire.at(answer.body(), "/error/message")).contains("its ETag is \"1\"");
    }
    assertAnswer(server.get(CONNECTION), 200, "201-created");
    var made =
        server.raw(
            "PUT "
                + CONNECTION
                + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer good\r\nConnection: close\r\n"
                + "If-None-Match: \"2\"\r\nContent-Length: 22\r\n\r\n{\"displayName\": \"new\"}");
    assertThat(made).startsWith("HTTP/1.1 200 ").contains("\"displayName\":\"new\"");
    assertNoBody(server.delete(CONNECTION, "If-None-Match", "\"7\""), 204);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "\"2",
        "nonsense",
        "",
        "\"7\" \"8\"",
        "x\"7\"",
        "W/7",
        ",",
        "\"7\", 8",
        "*, \"7\"",
        "*, *"
      })
  void change_with_a_malformed_condition_is_412(String condition) {
    for (var header : List.of("If-Match", "If-None-Match")) {
      var put = server.put(CONNECTION, "{\"displayName\": \"lost\"}", header, condition);
      assertThat(put.statusCode()).as(header).isEqualTo(412);
      assertThat(server.delete(CONNECTION, header, condition).statusCode()).isEqualTo(412);
    }
    assertAnswer(server.get(CONNECTION), 200, "201-created");
  }

  @Test
  void malformed_condition_that_contains_the_current_etag_is_412() {
    var put = server.put(CONNECTION, "{\"displayName\": \"lost\"}", "If-Match", "x\"1\"");
    assertThat(put.statusCode()).isEqualTo(412);
  }

  @Test
  void several_headers_are_one_list_of_etags() {
    assertNoBody(server.get(CONNECTION, "If-None-Match", "\"7\"", "If-None-Match", "\"1\""), 304);
    assertNoBody(server.delete(CONNECTION, "If-Match", "\"7\"", "If-Match", "\"1\""), 204);
  }

  @Test
  void missing_resources_and_invalid_requests_are_reported_before_preconditions() {
    var unknown = CONNECTIONS + "/" + UNKNOWN_ID;
    assertAnswer(server.delete(unknown, "If-Match", "\"1\""), 404, "404-connection");
    assertAnswer(server.put(unknown, "{}", "If-Match", "*"), 404, "404-connection");
    assertThat(server.put(CONNECTION, "{", "If-Match", "\"7\"").statusCode()).isEqualTo(422);
  }

  @Test
  void one_of_many_concurrent_updates_with_the_same_etag_succeeds() throws InterruptedException {
    var answers =
        Race.among(
            IntStream.range(0, 8)
                .mapToObj(i ->
                    (Callable<HttpResponse<String>>)
                        () ->
                            server.put(
                                CONNECTION,
                                "{\"displayName\": \"" + i + "\"}",
                                "If-Match",
                                "\"1\""))
                .toList());
    var won = new ArrayList<>(answers);
    won.removeIf(answer -> answer.statusCode() == 412);
    assertThat(won).hasSize(1);
    assertThat(won.getFirst().statusCode()).isEqualTo(200);
    assertThat(server.get(CONNECTION).body()).isEqualTo(won.getFirst().body());
  }

  // ---- HEAD and conflicts -----------------------------------------------------------------------

  @Test
  void head_has_the_etag_and_answers_if_none_match() {
    var head = server.send(server.authorized(CONNECTION).HEAD());
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(etag(head)).isEqualTo("\"1\"");
    assertNoBody(
        server.send(server.authorized(CONNECTION).header("If-None-Match", "\"1\"").HEAD()), 304);
  }

  @Test
  void conflict_has_the_current_display_name_of_the_connection() {
    server.put(CONNECTION, "{\"displayName\": \"new\"}");
    var refused = server.create(connection(IMODEL, "late", file(FILE, "IFC")));
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(Wire.at(refused.body(), "/error/details/0/message")).contains("('new')");
    assertThat(pretty(refused.body())).contains("\"pointer\": \"/sourceFiles/0/storageFileId\"");
  }
}
