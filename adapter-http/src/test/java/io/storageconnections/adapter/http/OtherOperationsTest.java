package io.storageconnections.adapter.http;

import static io.storageconnections.adapter.http.ApiFixtures.CONNECTION;
import static io.storageconnections.adapter.http.ApiFixtures.FILES;
import static io.storageconnections.adapter.http.ApiFixtures.IMODEL;
import static io.storageconnections.adapter.http.ApiFixtures.OTHER_FILE;
import static io.storageconnections.adapter.http.ApiFixtures.THIRD_FILE;
import static io.storageconnections.adapter.http.ApiFixtures.assertAnswer;
import static io.storageconnections.adapter.http.ApiFixtures.assertNoBody;
import static io.storageconnections.adapter.http.ApiFixtures.connection;
import static io.storageconnections.adapter.http.ApiFixtures.etag;
import static io.storageconnections.adapter.http.ApiFixtures.file;
import static io.storageconnections.adapter.http.fixture.Wire.golden;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.adapter.http.announced.AnnouncedOperation;
import io.storageconnections.adapter.http.fixture.Wire;
import io.storageconnections.application.contract.InMemoryStorageConnectionStore;
import io.storageconnections.domain.connection.Limits;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Authorization information, connector types, limits, and operations that are not implemented yet.
 */
final class OtherOperationsTest {

  private static final String AUTHORIZATION =
      "/synchronization/imodels/connections/authorizationinformation";

  private TestServer server = TestServer.start();

  @AfterEach
  void stop() {
    server.close();
  }

  // ---- authorization information ----------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?redirectUrl=http%3A%2F%2Flocalhost%3A3301%2Fcallback",
        "?RedirectURL=https://example.org"
      })
  void every_caller_with_a_token_is_authorized(String query) {
    assertAnswer(server.get(AUTHORIZATION + query), 200, "200-authorization");
    assertAnswer(
        server.get("/synchronization/imodels/connections/authorizationInformation" + query),
        200,
        "200-authorization");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost", "%2Fcallback", "http://a%20b"})
  void redirect_url_that_is_not_a_url_is_422(String redirectUrl) {
    assertAnswer(
        server.get(AUTHORIZATION + "?redirectUrl=" + redirectUrl), 422, "422-redirect-url");
  }

  // ---- connector types --------------------------------------------------------------------------

  @Test
  void connector_types_are_listed_with_their_file_extensions() {
    var answer = server.get("/synchronization/connectortypes");
    assertAnswer(answer, 200, "200-connector-types");
    assertNoBody(server.get("/synchronization/connectortypes", "If-None-Match", etag(answer)), 304);
  }

  // ---- limits -----------------------------------------------------------------------------------

  private void limit(int connections, int files) {
    server.close();
    server = TestServer.with(new Limits(connections, files));
  }

  @Test
  void answers_to_additions_have_a_header_with_the_remaining_limits() {
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
  void exceeded_limit_is_422_with_the_limit_and_the_current_number() {
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
    var path = ApiFixtures.CONNECTION;
    var id = server.get("/synchronization/imodels/storageconnections?imodelId=" + IMODEL).body();
    var files = path.replace(ApiFixtures.ID, Wire.at(id, "/connections/0/id")) + "/sourcefiles";
    assertAnswer(server.post(files, file(OTHER_FILE, "IFC")), 422, "422-limit-files-one");
    assertAnswer(
        server.post(
            files,
            "{\"sourceFiles\": [" + file(OTHER_FILE, "IFC") + "," + file(THIRD_FILE, "IFC") + "]}"),
        422,
        "422-limit-files-many");
  }

  // ---- not implemented yet ----------------------------------------------------------------------

  @Test
  void operations_on_runs_are_501_if_the_service_has_no_store_of_runs() {
    var withRuns = operationsOnRuns(server);
    assertThat(withRuns).hasSize(10);
    server.close();
    server = TestServer.on(new InMemoryStorageConnectionStore());
    assertThat(operationsOnRuns(server)).containsExactlyInAnyOrderElementsOf(withRuns);
    for (var operation : withRuns) {
      var answer =
          server.send(
              server
                  .authorized(operation.get(1).replaceAll("[{}]", ""))
                  .method(operation.getFirst(), BodyPublishers.noBody()));
      assertThat(answer.statusCode()).as(operation.toString()).isEqualTo(501);
    }
    assertAnswer(server.post(CONNECTION + "/run"), 501, "501-run");
  }

  private static List<List<String>> operationsOnRuns(TestServer server) {
    return server.endpoints().stream()
        .filter(endpoint -> endpoint.path.matches(".*/storageconnections/.*/runs?(/.*)?"))
        .map(endpoint -> List.of(endpoint.method.name(), endpoint.path))
        .toList();
  }

  static Stream<Arguments> announcedOperations() {
    return AnnouncedOperation.ALL.stream()
        .map(announced ->
            Arguments.of(announced.method().name(), announced.path(), announced.name()));
  }

  @ParameterizedTest
  @MethodSource("announcedOperations")
  void unimplemented_operation_is_501_with_its_name(String method, String path, String operation) {
    var answer =
        server.send(
            server
                .authorized(path.replaceAll("[{}]", "").replace("connections", "Connections"))
                .method(method, BodyPublishers.noBody()));
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
        "/synchronization/imodels/storageconnections/x/runs/y/tasks"
      })
  void undocumented_paths_are_404(String path) {
    assertAnswer(server.get(path), 404, "404-route");
  }
}
