package io.storageconnections.adapter.http;

import static io.storageconnections.adapter.http.Life.CONNECTION;
import static io.storageconnections.adapter.http.Life.FILES;
import static io.storageconnections.adapter.http.Life.IMODEL;
import static io.storageconnections.adapter.http.Life.OTHER_FILE;
import static io.storageconnections.adapter.http.Life.THIRD_FILE;
import static io.storageconnections.adapter.http.Life.assertAnswer;
import static io.storageconnections.adapter.http.Life.assertNothing;
import static io.storageconnections.adapter.http.Life.connection;
import static io.storageconnections.adapter.http.Life.etag;
import static io.storageconnections.adapter.http.Life.file;
import static io.storageconnections.adapter.http.Wire.golden;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.domain.connection.Limits;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Consent, connector types, limits, and what is still to come. */
final class OtherOperationsTest {

  private static final String AUTHORIZATION =
      "/synchronization/imodels/connections/authorizationinformation";

  private TestServer server = TestServer.start();

  @AfterEach
  void stop() {
    server.close();
  }

  // ---- consent ---------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?redirectUrl=http%3A%2F%2Flocalhost%3A3301%2Fcallback",
        "?RedirectURL=https://example.org"
      })
  void whoever_has_a_token_has_given_consent(String query) {
    assertAnswer(server.get(AUTHORIZATION + query), 200, "200-authorization");
    assertAnswer(
        server.get("/synchronization/imodels/connections/authorizationInformation" + query),
        200,
        "200-authorization");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost", "%2Fcallback", "http://a%20b"})
  void a_redirect_that_is_no_url_is_refused(String redirectUrl) {
    assertAnswer(
        server.get(AUTHORIZATION + "?redirectUrl=" + redirectUrl), 422, "422-redirect-url");
  }

  // ---- connector types -------------------------------------------------------------------------

  @Test
  void the_connector_types_are_told_with_what_they_fit() {
    var answer = server.get("/synchronization/connectortypes");
    assertAnswer(answer, 200, "200-connector-types");
    assertNothing(
        server.get("/synchronization/connectortypes", "If-None-Match", etag(answer)), 304);
  }

  // ---- limits ----------------------------------------------------------------------------------

  private void limit(int connections, int files) {
    server.close();
    server = TestServer.with(new Limits(connections, files));
  }

  @Test
  void limits_are_announced_before_they_bite() {
    limit(3, 4);
    var created = server.create(golden("create-request"));
    assertThat(created.headers().allValues("Storage-Connections-Limits"))
        .containsExactly("connections;q=3;r=2, source-files;q=4;r=3");
    var added = server.post(FILES, file(OTHER_FILE, "IFC"));
    assertThat(added.headers().allValues("Storage-Connections-Limits"))
        .containsExactly("connections;q=3;r=2, source-files;q=4;r=2");
    limit(0, 4);
    assertThat(
            server
                .create(golden("create-request"))
                .headers()
                .allValues("Storage-Connections-Limits"))
        .containsExactly("source-files;q=4;r=3");
    limit(0, 0);
    assertThat(
            server
                .create(golden("create-request"))
                .headers()
                .allValues("Storage-Connections-Limits"))
        .isEmpty();
  }

  @Test
  void a_limit_that_bites_is_told_with_what_there_is() {
    limit(1, 0);
    server.create(golden("create-request"));
    assertAnswer(
        server.create(connection(IMODEL, "two", file(OTHER_FILE, "IFC"))),
        422,
        "422-limit-connections");
    limit(0, 1);
    assertAnswer(
        server.create(connection(IMODEL, "two", file(OTHER_FILE, "IFC"), file(THIRD_FILE, "IFC"))),
        422,
        "422-limit-files-create");
    server.create(golden("create-request"));
    var path = Life.CONNECTION;
    var id = server.get("/synchronization/imodels/storageconnections?imodelId=" + IMODEL).body();
    var files = path.replace(Life.ID, Wire.at(id, "/connections/0/id")) + "/sourcefiles";
    assertAnswer(server.post(files, file(OTHER_FILE, "IFC")), 422, "422-limit-files-one");
    assertAnswer(
        server.post(
            files,
            "{\"sourceFiles\": [" + file(OTHER_FILE, "IFC") + "," + file(THIRD_FILE, "IFC") + "]}"),
        422,
        "422-limit-files-many");
  }

  // ---- still to come ---------------------------------------------------------------------------

  @Test
  void a_run_is_said_to_be_still_to_come() {
    assertAnswer(
        server.send(
            server
                .authorized(CONNECTION + "/run")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.noBody())),
        501,
        "501-run");
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /imodels/storageconnections/x/runs, Create StorageConnection run",
    "GET, /imodels/storageConnections/x/runs, List StorageConnection runs",
    "GET, /imodels/storageconnections/x/runs/y, Get StorageConnection run",
    "POST, /imodels/manifestconnections, Create ManifestConnection",
    "GET, /imodels/manifestConnections, List ManifestConnections",
    "GET, /imodels/manifestconnections/x, Get ManifestConnection",
    "PUT, /imodels/manifestconnections/x, Update ManifestConnection",
    "DELETE, /imodels/manifestconnections/x, Delete ManifestConnection",
    "POST, /imodels/manifestconnections/x/runs, Create ManifestConnection run",
    "GET, /imodels/manifestconnections/x/runs, List ManifestConnection runs",
    "GET, /imodels/manifestconnections/x/runs/y, Get ManifestConnection run",
    "POST, /imodels/manifestconnections/x/sourcefiles, Add ManifestConnection source file",
    "GET, /imodels/manifestconnections/x/sourcefiles, List ManifestConnection source files",
    "GET, /imodels/manifestconnections/x/sourcefiles/y, Get ManifestConnection source file",
    "PUT, /imodels/manifestconnections/x/sourcefiles/y, Update ManifestConnection source file",
    "DELETE, /imodels/manifestconnections/x/sourcefiles/y, Remove ManifestConnection source file",
    "POST, /configurations/itwins/x, Create iTwin configuration",
    "GET, /configurations/itwins/x, Get iTwin configuration",
    "PATCH, /configurations/itwins/x, Update iTwin configuration",
    "DELETE, /configurations/itwins/x, Delete iTwin configuration",
    "POST, /configurations/imodels/x, Create iModel configuration",
    "GET, /configurations/imodels/x, Get iModel configuration",
    "PATCH, /configurations/imodels/x, Update iModel configuration",
    "DELETE, /configurations/imodels/x, Delete iModel configuration",
    "POST, /configurations/connections/x, Create connection configuration",
    "GET, /configurations/connections/x, Get connection configuration",
    "PATCH, /configurations/connections/x, Update connection configuration",
    "DELETE, /configurations/connections/x, Delete connection configuration",
    "GET, /reports, Get diagnostic reports",
  })
  void what_is_still_to_come_is_named(String method, String path, String operation) {
    var answer =
        server.send(
            server.authorized("/synchronization" + path).method(method, BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(501);
    assertThat(Wire.at(answer.body(), "/error/code")).isEqualTo("NotImplemented");
    assertThat(Wire.at(answer.body(), "/error/message"))
        .isEqualTo("Operation '" + operation + "' is not implemented.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/synchronization/configurations",
        "/synchronization/imodels",
        "/synchronization/imodels/exportconnections",
        "/synchronization/report",
        "/synchronization/imodels/storageconnections/x/jobs",
        "/synchronization/imodels/storageconnections/x/runs/y/cancel"
      })
  void nothing_else_is_said_to_be(String path) {
    assertAnswer(server.get(path), 404, "404-route");
  }
}
