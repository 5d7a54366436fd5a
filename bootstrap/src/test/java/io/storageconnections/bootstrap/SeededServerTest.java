package io.storageconnections.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.storageconnections.bootstrap.fixture.ApiClient;
import io.storageconnections.bootstrap.fixture.Await;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.run.Script;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that starts with a seed file. */
final class SeededServerTest {

  private static final String ITWIN = "/itwins/9e4b1c62-5b2c-4c53-8f0d-0b6a4c1f7a11";
  private static final String IMODEL_ID = "7dbd531d-6967-47b2-8945-a722a437ad7a";
  private static final String IMODEL = "/imodels/" + IMODEL_ID;
  private static final String FILE = "/storage/files/YhxLnixbU0yPDQtqTB96EQHaPPYkW31Ekr6xyA0AamY";
  private static final String CONNECTION =
      "/synchronization/imodels/storageconnections/HVO9fWdpskeJRacipDeteoUyMkR2mLpPkXG9bR7sFFs";

  /** What clients see of the seed, in an order in which it can be deleted. */
  private static final List<String> PATHS =
      List.of(
          CONNECTION,
          CONNECTION + "/sourcefiles",
          "/synchronization/imodels/storageconnections?imodelId=" + IMODEL_ID,
          FILE,
          "/storage/?iTwinId=9e4b1c62-5b2c-4c53-8f0d-0b6a4c1f7a11",
          IMODEL,
          "/imodels?iTwinId=9e4b1c62-5b2c-4c53-8f0d-0b6a4c1f7a11",
          ITWIN + "/members",
          ITWIN,
          "/itwins");

  @TempDir private Path folder;
  private Path seed;

  @BeforeEach
  void writeSeed() throws IOException {
    Files.writeString(folder.resolve("deck"), "deck");
    seed =
        Files.writeString(
            folder.resolve("seed.yaml"),
            """
            iTwins:
              - displayName: Harbor bridge
                id: 9e4b1c62-5b2c-4c53-8f0d-0b6a4c1f7a11
                members: [{subject: ann, role: owner}]
                iModels:
                  - name: Superstructure
                    id: 7dbd531d-6967-47b2-8945-a722a437ad7a
                    connections:
                      - displayName: Nightly
                        id: HVO9fWdpskeJRacipDeteoUyMkR2mLpPkXG9bR7sFFs
                        sourceFiles: [{file: designs/deck.dgn, connectorType: MSTN}]
                folders:
                  - displayName: designs
                    files:
                      - displayName: deck.dgn
                        id: YhxLnixbU0yPDQtqTB96EQHaPPYkW31Ekr6xyA0AamY
                        path: deck
            """);
  }

  private SynchronizationServerBuilder builder(String database) {
    return SynchronizationServer.builder()
        .database("jdbc:h2:file:" + folder.resolve(database), null, null, 8);
  }

  private SynchronizationServer start() {
    return builder("database").ownPlatform(folder.resolve("blobs")).seed(seed).start();
  }

  private static ApiClient client(SynchronizationServer server) {
    return new ApiClient(server.url().toString(), server.developmentToken("ann").value());
  }

  private static List<String> answers(SynchronizationServer server) {
    var client = client(server);
    return PATHS.stream()
        .map(path -> client.get(server.url() + path))
        .map(answer -> answer.statusCode() + " " + answer.body().replace("" + server.url(), ""))
        .toList();
  }

  private static HttpResponse<String> send(
      SynchronizationServer server, String method, String path, String body) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(server.url() + path))
              .header("Authorization", "Bearer " + server.developmentToken("ann").value())
              .method(
                  method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
              .build(),
          BodyHandlers.ofString());
    }
  }

  private static String content(SynchronizationServer server) throws Exception {
    var redirect = send(server, "GET", FILE + "/download", "");
    assertThat(redirect.statusCode()).isEqualTo(302);
    try (var client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(
                      URI.create(redirect.headers().firstValue("Location").orElseThrow()))
                  .build(),
              BodyHandlers.ofString())
          .body();
    }
  }

  /** Replaces the content of the file, and then deletes what the seed has, and adds others. */
  private static void changeEverything(SynchronizationServer server) throws Exception {
    var upload = send(server, "POST", FILE + "/updatecontent", "");
    var url = upload.body().replaceAll(".*\"uploadUrl\":\\{\"href\":\"([^\"]*)\".*", "$1");
    try (var client = HttpClient.newHttpClient()) {
      var put = HttpRequest.newBuilder(URI.create(url)).PUT(BodyPublishers.ofString("other"));
      assertThat(client.send(put.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(201);
    }
    assertThat(content(server)).isEqualTo("other");
    for (var path : List.of(CONNECTION, FILE, IMODEL, ITWIN)) {
      assertThat(send(server, "DELETE", path, "").statusCode()).as(path).isEqualTo(204);
    }
    var created =
        send(
            server,
            "POST",
            "/itwins",
            """
            {"class": "Endeavor", "subClass": "Project", "displayName": "Another"}
            """);
    assertThat(created.statusCode()).isEqualTo(201);
  }

  @Test
  void every_object_of_the_seed_is_found_under_its_id() throws Exception {
    try (var server = start()) {
      assertThat(answers(server)).allSatisfy(answer -> assertThat(answer).startsWith("200 "));
      assertThat(answers(server).getFirst()).contains("\"Nightly\"");
      assertThat(answers(server).get(1)).contains("\"deck.dgn\"");
      assertThat(content(server)).isEqualTo("deck");
    }
  }

  @Test
  void a_reset_restores_every_answer() throws Exception {
    try (var server = start()) {
      var before = answers(server);
      for (int i = 0; i < 2; i++) {
        changeEverything(server);
        assertThat(answers(server)).isNotEqualTo(before);
        server.resetToSeed();
        assertThat(answers(server)).isEqualTo(before);
        assertThat(content(server)).isEqualTo("deck");
      }
    }
  }

  @Test
  void a_request_returns_to_the_seed() throws Exception {
    try (var server =
        builder("database")
            .ownPlatform(folder.resolve("blobs"))
            .seed(seed)
            .development(true)
            .start()) {
      var before = answers(server);
      changeEverything(server);
      assertThat(send(server, "POST", "/development/reset", "").statusCode()).isEqualTo(204);
      assertThat(answers(server)).isEqualTo(before);
    }
  }

  @Test
  void a_reset_removes_runs_and_scripts_and_stops_the_attempts_in_progress() throws Exception {
    try (var server = start()) {
      var client = client(server);
      var connection = server.url() + CONNECTION;
      server.scripts().setForConnectorType(ConnectorType.MSTN, new Script.Hang());
      var before = startedRun(client, connection);
      Await.until(
          Duration.ofSeconds(40),
          "the attempt is in progress",
          () -> client.get(before).body().contains("\"state\":\"Executing\""));
      server.resetToSeed();
      assertThat(client.get(before).statusCode()).isEqualTo(404);
      assertThat(client.get(connection).body()).doesNotContain("lastRun");
      var after = startedRun(client, connection);
      Await.until(
          Duration.ofSeconds(40),
          "the run after the reset succeeds",
          () -> client.get(after).body().contains("\"result\":\"Success\",\"jobs\""));
    }
  }

  private static String startedRun(ApiClient client, String connection) {
    var started = client.post(connection + "/run", "");
    assertThat(started.statusCode()).isEqualTo(202);
    return started.headers().firstValue("Location").orElseThrow();
  }

  @Test
  void without_a_seed_there_is_nothing_to_return_to() throws Exception {
    try (var server = builder("database").development(true).start()) {
      var answer = send(server, "POST", "/development/reset", "");
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body()).contains("--seed FILE");
    }
  }

  @Test
  void a_second_start_with_the_same_seed_changes_nothing() throws Exception {
    List<String> changed;
    List<String> before;
    try (var server = start()) {
      before = answers(server);
      changeEverything(server);
      changed = answers(server);
    }
    try (var server = start()) {
      assertThat(answers(server)).isEqualTo(changed);
      server.resetToSeed();
      assertThat(answers(server)).isEqualTo(before);
      assertThat(content(server)).isEqualTo("deck");
    }
  }

  @Test
  void a_start_without_the_seed_keeps_the_objects() {
    List<String> before;
    try (var server = start()) {
      before = answers(server);
    }
    try (var server = builder("database").ownPlatform(folder.resolve("blobs")).start()) {
      assertThat(answers(server)).isEqualTo(before);
      assertThatThrownBy(server::resetToSeed).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void a_seed_in_JSON_may_be_a_text() {
    try (var server =
        SynchronizationServer.builder()
            .openPlatform(folder.resolve("blobs"))
            .seed("{\"iTwins\": [{\"displayName\": \"One\"}]}")
            .start()) {
      assertThat(client(server).get(server.url() + "/itwins").body()).contains("\"One\"");
    }
  }

  @Test
  void without_a_blob_folder_the_contents_are_in_a_temporary_one() throws Exception {
    var before = temporaryFolders();
    List<Path> created;
    try (var server = builder("database").seed(seed).start()) {
      assertThat(content(server)).isEqualTo("deck");
      created = new ArrayList<>(temporaryFolders());
      created.removeAll(before);
      assertThat(created).isNotEmpty();
    }
    assertThat(created).allSatisfy(each -> assertThat(each).doesNotExist());
  }

  private static List<Path> temporaryFolders() throws IOException {
    try (var all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return all.filter(each -> Files.exists(each.resolve("folder-id"))).toList();
    }
  }

  @Test
  void a_seed_needs_a_local_platform() {
    var builder =
        builder("database")
            .platform(URI.create("http://127.0.0.1:1"), true, Duration.ofSeconds(1))
            .seed(seed);
    assertThatThrownBy(builder::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("openPlatform(...) or ownPlatform(...)");
  }

  // ---- the command -----------------------------------------------------------------------------

  private static String refusal(String... arguments) {
    var err = new StringWriter();
    var exitCode = Main.commandLine().setErr(new PrintWriter(err)).execute(arguments);
    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString()).doesNotContain("\tat ", "Exception");
    return err.toString();
  }

  private String[] serve(Path file) throws IOException {
    var settings =
        Files.writeString(
            folder.resolve("settings.properties"),
            """
            storage-connections.http.port=0
            storage-connections.data.folder=%s
            """
                .formatted(folder.resolve("data")));
    return new String[] {"serve", "--config", settings.toString(), "--seed", file.toString()};
  }

  @Test
  void an_invalid_seed_ends_the_command_with_every_problem_and_changes_nothing() throws Exception {
    var invalid =
        Files.writeString(
            folder.resolve("invalid.yaml"),
            """
            iTwins:
              - displayNam: One
                iModels: 1
            """);
    assertThat(refusal(serve(invalid)).lines())
        .containsExactly(
            invalid
                + ":2:5: iTwins[0].displayNam is not a member of an iTwin; probably you mean"
                + " displayName",
            invalid + ":2:5: iTwins[0].displayName is missing; add it",
            invalid + ":3:14: iTwins[0].iModels is a number; it must be a list");
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere", "."})
  void a_seed_that_cannot_be_read_ends_the_command(String name) throws Exception {
    assertThat(refusal(serve(folder.resolve(name)))).contains(name + ":1:1: the file");
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void another_seed_ends_the_command() throws Exception {
    try (var server =
        builder("data/database").openPlatform(folder.resolve("data/blobs")).seed(seed).start()) {
      assertThat(server.url()).isNotNull();
    }
    Files.writeString(folder.resolve("deck"), "changed");
    var arguments = serve(seed);
    Files.writeString(
        folder.resolve("settings.properties"),
        "storage-connections.database.url=jdbc:h2:file:%s\n"
                .formatted(folder.resolve("data/database"))
            + "storage-connections.blob.folder=%s\n".formatted(folder.resolve("data/blobs")),
        StandardOpenOption.APPEND);
    assertThat(refusal(arguments))
        .contains("seed.yaml: the database is filled with another seed")
        .contains("use the seed of 20");
  }
}
