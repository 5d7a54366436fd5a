package io.storageconnections.adapter.http;

import static io.storageconnections.adapter.http.ApiFixtures.FILE;
import static io.storageconnections.adapter.http.ApiFixtures.IMODEL;
import static io.storageconnections.adapter.http.ApiFixtures.OTHER_FILE;
import static io.storageconnections.adapter.http.ApiFixtures.THIRD_FILE;
import static io.storageconnections.adapter.http.TestServer.CONNECTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.adapter.http.fixture.TestWorker;
import io.storageconnections.adapter.http.fixture.Wire;
import io.storageconnections.application.contract.Race;
import io.storageconnections.domain.run.AttemptOutcome;
import io.storageconnections.domain.run.ErrorKey;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The requests of the official command line tool, itwin-cli, one test for each of its commands. The
 * tests send its methods, headers and bodies, and read the members of the answers that it reads.
 * The tool sends {@code Content-Type: application/json} also without a body, sends no {@code
 * Accept}, and expects a body in every answer with a content type.
 */
final class OfficialClientsTest {

  private final TestServer server = TestServer.withIssuer();

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> send(String method, String path, @Nullable String body) {
    return server.send(
        server
            .authorized("/" + path)
            .header("Content-Type", "application/json")
            .method(
                method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
  }

  /** Reads an answer as the client does: as JSON if there is a content type, or else as empty. */
  private static String read(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    var type = answer.headers().firstValue("Content-Type");
    if (type.isEmpty()) {
      assertThat(answer.body()).isEmpty();
      return "";
    }
    assertThat(type.get()).startsWith("application/json");
    return Wire.pretty(answer.body());
  }

  private static void assertEmpty(HttpResponse<String> answer) {
    assertThat(read(answer)).isEmpty();
  }

  private String create(String displayName, String... files) {
    return Wire.at(read(send("POST", path(), request(displayName, files))), "/connection/id");
  }

  private static String request(String displayName, String... files) {
    var body = new StringBuilder();
    for (var file : files) {
      body.append(body.isEmpty() ? "" : ",").append(file(file, "MSTN"));
    }
    return """
    {"authenticationType":"Service","displayName":"%s","iModelId":"%s","sourceFiles":[%s]}\
    """
        .formatted(displayName, IMODEL, body);
  }

  private static String file(String storageFileId, String connectorType) {
    return "{\"connectorType\":\"%s\",\"storageFileId\":\"%s\"}"
        .formatted(connectorType, storageFileId);
  }

  private static String path() {
    return CONNECTIONS.substring(1);
  }

  private static String path(String id) {
    return path() + "/" + id;
  }

  @Test
  void connection_create() {
    var connection = read(send("POST", path(), request("new", FILE, OTHER_FILE)));
    assertThat(Wire.at(connection, "/connection/id")).hasSize(43);
    assertThat(Wire.at(connection, "/connection/iModelId")).isEqualTo(IMODEL);
    assertThat(Wire.at(connection, "/connection/displayName")).isEqualTo("new");
    assertThat(Wire.at(connection, "/connection/authenticationType")).isEqualTo("Service");
    assertThat(Wire.at(connection, "/connection/iTwinId")).isNotEmpty();
    var types =
        read(send("GET", path(Wire.at(connection, "/connection/id")) + "/sourcefiles", null));
    assertThat(Wire.count(types, "/sourceFiles")).isEqualTo(2);
  }

  @Test
  void connection_list() {
    var first = create("same", FILE);
    var second = create("same", OTHER_FILE);
    var all = read(send("GET", path() + "?imodelId=" + IMODEL, null));
    assertThat(Wire.at(all, "/connections/0/id")).isEqualTo(first);
    assertThat(Wire.at(all, "/connections/1/id")).isEqualTo(second);
    var top = read(send("GET", path() + "?imodelId=" + IMODEL + "&%24top=1", null));
    assertThat(Wire.count(top, "/connections")).isEqualTo(1);
    assertThat(Wire.at(top, "/connections/0/id")).isEqualTo(first);
    var skipped = read(send("GET", path() + "?imodelId=" + IMODEL + "&%24top=1&%24skip=1", null));
    assertThat(Wire.at(skipped, "/connections/0/id")).isEqualTo(second);
  }

  @Test
  void connection_info() {
    var id = create("new", FILE);
    var connection = read(send("GET", path(id), null));
    assertThat(Wire.at(connection, "/connection/id")).isEqualTo(id);
    assertThat(Wire.at(connection, "/connection/displayName")).isEqualTo("new");
  }

  @Test
  void connection_update() {
    var id = create("new", FILE);
    var named = read(send("PUT", path(id), "{\"displayName\":\"newer\"}"));
    assertThat(Wire.at(named, "/connection/displayName")).isEqualTo("newer");
    assertThat(Wire.at(named, "/connection/iModelId")).isEqualTo(IMODEL);
    var typed = read(send("PUT", path(id), "{\"authenticationType\":\"User\"}"));
    assertThat(Wire.at(typed, "/connection/displayName")).isEqualTo("newer");
    assertThat(read(send("PUT", path(id), "{}"))).isEqualTo(typed);
  }

  @Test
  void connection_delete() {
    var id = create("new", FILE);
    assertEmpty(send("DELETE", path(id), null));
    var gone = send("GET", path(id), null);
    assertThat(Wire.at(gone.body(), "/error/code")).isEqualTo("StorageConnectionNotFound");
    create("again", FILE);
  }

  @Test
  void connection_auth() {
    var information =
        read(
            send(
                "GET",
                "synchronization/imodels/connections/authorizationinformation"
                    + "?redirectUrl=http%3A%2F%2Flocalhost%3A3301%2Fcallback",
                null));
    assertThat(Wire.at(information, "/authorizationInformation/isUserAuthorized"))
        .isEqualTo("true");
    assertThat(Wire.at(information, "/authorizationInformation/_links/authorizationUrl/href"))
        .startsWith("https://");
  }

  /** The command reads nothing of the answer; an answer with a content type must be JSON. */
  @Test
  void run_create() {
    assertEmpty(send("POST", path(create("new", FILE)) + "/run", null));
  }

  /** The client follows a redirect with GET, and sends its token to the same origin only. */
  @Test
  void run_create_while_a_run_is_live() {
    var id = create("new", FILE);
    send("POST", path(id) + "/run", null);
    var answer = send("POST", path(id) + "/run", null);
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Content-Type")).isEmpty();
    var run = read(follow(answer));
    assertThat(Wire.at(run, "/run/connectionId")).isEqualTo(id);
  }

  /** Sends a GET to the URL in {@code Location}, at the address of this server. */
  private HttpResponse<String> follow(HttpResponse<String> answer) {
    return send("GET", pathOf(answer.headers().firstValue("Location").orElseThrow()), null);
  }

  private static String pathOf(String url) {
    assertThat(url).startsWith("https://sync.example.org/");
    return url.substring("https://sync.example.org/".length());
  }

  @Test
  void run_list() {
    var id = create("new", FILE);
    assertThat(Wire.count(read(send("GET", path(id) + "/runs", null)), "/runs")).isZero();
    send("POST", path(id) + "/run", null);
    var runs = read(send("GET", path(id) + "/runs", null));
    assertThat(Wire.count(runs, "/runs")).isEqualTo(1);
    assertThat(Wire.at(runs, "/runs/0/id")).isNotEmpty();
    complete(lastRun(id), AttemptOutcome.succeeded());
    send("POST", path(id) + "/run", null);
    var newest = read(send("GET", path(id) + "/runs?%24top=1", null));
    assertThat(Wire.count(newest, "/runs")).isEqualTo(1);
    assertThat(Wire.at(newest, "/runs/0/id")).isNotEqualTo(Wire.at(runs, "/runs/0/id"));
    var older = read(send("GET", path(id) + "/runs?%24top=1&%24skip=1", null));
    assertThat(Wire.at(older, "/runs/0/id")).isEqualTo(Wire.at(runs, "/runs/0/id"));
  }

  @Test
  void run_info() {
    var id = create("new", FILE, OTHER_FILE);
    send("POST", path(id) + "/run", null);
    var run = Wire.at(read(send("GET", path(id) + "/runs", null)), "/runs/0/id");
    complete(lastRun(id), AttemptOutcome.succeeded());
    var info = read(send("GET", path(id) + "/runs/" + run, null));
    assertThat(Wire.at(info, "/run/state")).isEqualTo("Completed");
    assertThat(Wire.at(info, "/run/result")).isEqualTo("Success");
    assertThat(Wire.count(info, "/run/jobs")).isEqualTo(1);
    assertThat(Wire.at(info, "/run/jobs/0/result")).isEqualTo("Success");
    assertThat(Wire.at(info, "/run/jobs/0/connectorType")).isEqualTo("MSTN");
    assertThat(Wire.count(info, "/run/jobs/0/tasks")).isEqualTo(2);
    assertThat(Wire.at(info, "/run/jobs/0/tasks/1/result")).isEqualTo("Success");
  }

  /** Returns the link to the newest run of a connection. */
  private String lastRun(String id) {
    return Wire.at(read(send("GET", path(id), null)), "/connection/_links/lastRun/href");
  }

  private void complete(String run, AttemptOutcome outcome) {
    new TestWorker(server.runs()).execute(RunFixtures.keyOf(run), outcome);
  }

  @Test
  void sourcefile_add() {
    var added =
        read(send("POST", path(create("new", FILE)) + "/sourcefiles", file(OTHER_FILE, "IFC")));
    assertThat(Wire.at(added, "/sourceFile/id")).matches("[0-9a-f-]{14}4[0-9a-f-]{21}");
    assertThat(Wire.at(added, "/sourceFile/connectorType")).isEqualTo("IFC");
    assertThat(Wire.at(added, "/sourceFile/storageFileId")).isEqualTo(OTHER_FILE);
  }

  @Test
  void sourcefile_list() {
    var files = path(create("new", FILE, OTHER_FILE)) + "/sourcefiles";
    var listed =
        read(
            server.send(
                server
                    .authorized("/" + files + "?%24top=1&%24skip=1")
                    .header("Content-Type", "application/json")
                    .header("Prefer", "return=representation")));
    assertThat(Wire.count(listed, "/sourceFiles")).isEqualTo(1);
    assertThat(Wire.at(listed, "/sourceFiles/0/storageFileId")).isEqualTo(OTHER_FILE);
    assertThat(Wire.at(listed, "/sourceFiles/0/connectorType")).isEqualTo("MSTN");
  }

  @Test
  void sourcefile_info() {
    var files = path(create("new", FILE)) + "/sourcefiles";
    var id = Wire.at(read(send("GET", files, null)), "/sourceFiles/0/id");
    var file = read(send("GET", files + "/" + id, null));
    assertThat(Wire.at(file, "/sourceFile/id")).isEqualTo(id);
    assertThat(Wire.at(file, "/sourceFile/connectorType")).isEqualTo("MSTN");
  }

  @Test
  void sourcefile_update() {
    var files = path(create("new", FILE)) + "/sourcefiles";
    var id = Wire.at(read(send("GET", files, null)), "/sourceFiles/0/id");
    var file = read(send("PUT", files + "/" + id, file(OTHER_FILE, "IFC")));
    assertThat(Wire.at(file, "/sourceFile/id")).isEqualTo(id);
    assertThat(Wire.at(file, "/sourceFile/storageFileId")).isEqualTo(OTHER_FILE);
    assertThat(Wire.at(file, "/sourceFile/connectorType")).isEqualTo("IFC");
  }

  @Test
  void sourcefile_delete() {
    var files = path(create("new", FILE)) + "/sourcefiles";
    var id = Wire.at(read(send("GET", files, null)), "/sourceFiles/0/id");
    assertEmpty(send("DELETE", files + "/" + id, null));
    assertThat(Wire.count(read(send("GET", files, null)), "/sourceFiles")).isZero();
    read(send("POST", files, file(FILE, "MSTN")));
  }

  /**
   * The command finds its connection by name, creates it, adds missing files in parallel, starts a
   * run, and reads the newest run of the connection until it is completed.
   */
  @Test
  void imodel_populate() throws InterruptedException {
    var name = "Default iTwinCLI Connection";
    var list = path() + "?imodelId=" + IMODEL;
    assertThat(Wire.count(read(send("GET", list, null)), "/connections")).isZero();
    create(name, FILE);
    var found = read(send("GET", list, null));
    assertThat(Wire.at(found, "/connections/0/displayName")).isEqualTo(name);
    var id = Wire.at(found, "/connections/0/id");
    var files = path(id) + "/sourcefiles";
    Race.among(
        List.of(OTHER_FILE, THIRD_FILE, FILE).stream()
            .map(file -> (Callable<String>) () -> addIfMissing(files, file))
            .toList());
    assertThat(Wire.count(read(send("GET", files, null)), "/sourceFiles")).isEqualTo(3);
    assertEmpty(send("POST", path(id) + "/run", null));
    // The tool splits the link at its slashes and takes the id of the run from place 8.
    var run = path(id) + "/runs/" + lastRun(id).split("/", -1)[8];
    assertThat(Wire.at(read(send("GET", run, null)), "/run/state")).isEqualTo("Queued");
    complete(lastRun(id), AttemptOutcome.succeeded());
    var completed = read(send("GET", run, null));
    assertThat(Wire.at(completed, "/run/state")).isEqualTo("Completed");
    assertThat(Wire.at(completed, "/run/result")).isEqualTo("Success");
  }

  /** A file of another format than the connector reads makes the run fail everywhere. */
  @Test
  void imodel_populate_with_an_unsupported_file() {
    var id = create("Default iTwinCLI Connection", FILE);
    assertEmpty(send("POST", path(id) + "/run", null));
    complete(lastRun(id), AttemptOutcome.failed(ErrorKey.UNSUPPORTED_FILE, ""));
    var run = read(send("GET", pathOf(lastRun(id)), null));
    assertThat(Wire.at(run, "/run/result")).isEqualTo("Error");
    assertThat(Wire.at(run, "/run/jobs/0/result")).isEqualTo("Error");
    assertThat(Wire.at(run, "/run/jobs/0/tasks/0/result")).isEqualTo("Error");
  }

  /** The client shows the error of the answer. */
  @Test
  void connection_delete_while_a_run_is_live() {
    var id = create("new", FILE);
    send("POST", path(id) + "/run", null);
    var refused = send("DELETE", path(id), null);
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(Wire.at(refused.body(), "/error/code")).isEqualTo("ConnectionAlreadyInUse");
    complete(lastRun(id), AttemptOutcome.succeeded());
    assertEmpty(send("DELETE", path(id), null));
  }

  private String addIfMissing(String files, String file) {
    return read(send("GET", files, null)).contains(file)
        ? ""
        : read(send("POST", files, file(file, "MSTN")));
  }

  /** The command sends any request that the user specifies. */
  @Test
  void api() {
    var answer =
        server.send(
            server
                .authorized("/" + path() + "?imodelId=" + IMODEL)
                .header("Content-Type", "application/json")
                .header("Accept", "application/vnd.bentley.itwin-platform.v1+json"));
    assertThat(Wire.count(read(answer), "/connections")).isZero();
  }

  @Test
  void auth_login() {
    var configuration = server.send(server.request("/.well-known/openid-configuration")).body();
    for (var member :
        List.of(
            "issuer",
            "authorization_endpoint",
            "token_endpoint",
            "jwks_uri",
            "response_types_supported",
            "subject_types_supported",
            "id_token_signing_alg_values_supported")) {
      assertThat(configuration).contains("\"" + member + "\"");
    }
    var basic =
        Base64.getEncoder()
            .encodeToString(
                (URLEncoder.encode("service a", StandardCharsets.UTF_8) + ":secret")
                    .getBytes(StandardCharsets.UTF_8));
    var token =
        server.send(
            server
                .request("/connect/token")
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8")
                .POST(
                    BodyPublishers.ofString("grant_type=client_credentials&scope=itwin-platform")));
    assertThat(Wire.at(token.body(), "/token_type")).isEqualTo("Bearer");
    assertThat(Wire.at(token.body(), "/expires_in")).isEqualTo("3600");
    var accessToken = Wire.at(token.body(), "/access_token");
    var answer =
        server.send(
            server
                .request("/" + path() + "?imodelId=" + IMODEL)
                .header("Authorization", "Bearer " + accessToken)
                .header("Content-Type", "application/json"));
    assertThat(answer.statusCode()).isEqualTo(200);
  }
}
