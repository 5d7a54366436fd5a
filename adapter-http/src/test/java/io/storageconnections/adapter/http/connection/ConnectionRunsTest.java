package io.storageconnections.adapter.http.connection;

import static io.storageconnections.adapter.http.ApiFixtures.CONNECTION;
import static io.storageconnections.adapter.http.ApiFixtures.FILES;
import static io.storageconnections.adapter.http.ApiFixtures.IMODEL;
import static io.storageconnections.adapter.http.ApiFixtures.OTHER_FILE;
import static io.storageconnections.adapter.http.ApiFixtures.RUN;
import static io.storageconnections.adapter.http.ApiFixtures.RUN_ID;
import static io.storageconnections.adapter.http.ApiFixtures.SOURCE_FILE;
import static io.storageconnections.adapter.http.ApiFixtures.assertAnswer;
import static io.storageconnections.adapter.http.ApiFixtures.assertNoBody;
import static io.storageconnections.adapter.http.ApiFixtures.etag;
import static io.storageconnections.adapter.http.ApiFixtures.file;
import static io.storageconnections.adapter.http.TestServer.CONNECTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.adapter.http.ApiFixtures;
import io.storageconnections.adapter.http.TestServer;
import io.storageconnections.adapter.http.fixture.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a connection shows of its runs, and what it refuses while one is live. */
final class ConnectionRunsTest {

  private static final String LIST = CONNECTIONS + "?imodelId=" + IMODEL;

  private static final String LAST_RUN = "/_links/lastRun/href";

  /** The ETag of the connection of revision 1 after its first run. */
  private static final String AFTER_RUN = "\"1." + RUN_ID + "\"";

  private final TestServer server = ApiFixtures.server();

  @AfterEach
  void stop() {
    server.close();
  }

  private void run() {
    assertNoBody(server.post(CONNECTION + "/run"), 202);
  }

  // ---- lastRun ----------------------------------------------------------------------------------

  @Test
  void connection_has_no_link_to_a_run_before_the_first_run() {
    assertThat(server.get(CONNECTION).body()).doesNotContain("lastRun");
  }

  @Test
  void all_answers_with_a_connection_link_to_its_newest_run() {
    run();
    var url = "https://sync.example.org" + RUN;
    assertThat(Wire.at(server.get(CONNECTION).body(), "/connection" + LAST_RUN)).isEqualTo(url);
    // The command line tool takes the id of the run from this place.
    assertThat(url.split("/", -1)[8]).isEqualTo(RUN_ID);
    var updated = server.put(CONNECTION, "{\"displayName\": \"new\"}");
    assertThat(Wire.at(updated.body(), "/connection" + LAST_RUN)).isEqualTo(url);
    var listed = server.get(LIST, "Prefer", "return=representation");
    assertThat(Wire.at(listed.body(), "/connections/0" + LAST_RUN)).isEqualTo(url);
    server.post(RUN + "/cancel");
    run();
    assertThat(Wire.at(server.get(CONNECTION).body(), "/connection" + LAST_RUN))
        .startsWith("https://sync.example.org" + CONNECTION + "/runs/")
        .isNotEqualTo(url);
  }

  // ---- ETag -------------------------------------------------------------------------------------

  @Test
  void etag_of_a_connection_changes_with_its_newest_run() {
    assertThat(etag(server.get(CONNECTION))).isEqualTo("\"1\"");
    run();
    assertThat(etag(server.get(CONNECTION))).isEqualTo(AFTER_RUN);
    var listed = server.get(LIST, "Prefer", "return=representation");
    assertThat(Wire.at(listed.body(), "/connections/0/_etag")).isEqualTo(AFTER_RUN);
    assertThat(etag(server.put(CONNECTION, "{\"displayName\": \"new\"}")))
        .isEqualTo("\"2." + RUN_ID + "\"");
    server.post(RUN + "/cancel");
    run();
    assertThat(etag(server.get(CONNECTION))).startsWith("\"2.").doesNotContain(RUN_ID);
  }

  @Test
  void connection_of_before_the_run_is_not_an_unchanged_connection() {
    run();
    assertThat(server.get(CONNECTION, "If-None-Match", "\"1\"").statusCode()).isEqualTo(200);
    assertNoBody(server.get(CONNECTION, "If-None-Match", AFTER_RUN), 304);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1\"", AFTER_RUN, "\"1.\"", "\"1.any\"", "\"7\", \"1.x.y\"", "*"})
  void change_of_the_revision_that_was_read_succeeds_although_a_run_was_started(String known) {
    run();
    assertThat(server.put(CONNECTION, "{\"displayName\": \"new\"}", "If-Match", known).statusCode())
        .isEqualTo(200);
    server.post(RUN + "/cancel");
    assertNoBody(server.delete(CONNECTION, "If-Match", "\"2.x\""), 204);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"2\"",
        "\"2." + RUN_ID + "\"",
        "W/\"1\"",
        "\"11\"",
        "\"." + RUN_ID + "\"",
        "\"1" + RUN_ID + "\"",
        "\"01.x\""
      })
  void change_of_another_revision_is_412_with_the_current_revision(String known) {
    run();
    var answer = server.put(CONNECTION, "{\"displayName\": \"lost\"}", "If-Match", known);
    assertThat(answer.statusCode()).isEqualTo(412);
    var current = etag(answer);
    assertThat(
            server.put(CONNECTION, "{\"displayName\": \"new\"}", "If-Match", current).statusCode())
        .isEqualTo(200);
  }

  // ---- while a run is live ----------------------------------------------------------------------

  @Test
  void delete_of_a_connection_with_a_live_run_is_409_that_says_how_to_cancel_it() {
    run();
    assertAnswer(server.delete(CONNECTION), 409, "409-delete-live");
    server.post(RUN + "/cancel");
    assertNoBody(server.delete(CONNECTION), 204);
    assertAnswer(server.get(RUN), 404, "404-connection");
  }

  @Test
  void name_and_source_files_of_a_connection_change_while_a_run_is_live() {
    run();
    assertThat(server.put(CONNECTION, "{\"displayName\": \"new\"}").statusCode()).isEqualTo(200);
    assertThat(server.post(FILES, file(OTHER_FILE, "IFC")).statusCode()).isEqualTo(201);
    assertNoBody(server.delete(SOURCE_FILE), 204);
    var run = server.get(RUN).body();
    assertThat(Wire.at(run, "/run/_progress/tasksTotal")).isEqualTo("1");
    assertThat(Wire.at(run, "/run/jobs/0/tasks/0/storageFileId")).isEqualTo(ApiFixtures.FILE);
  }
}
