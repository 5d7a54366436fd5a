package io.storageconnections.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.bootstrap.fixture.ApiClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that keeps iTwins, iModels and Storage itself, and the connections to them. */
final class LocalPlatformServerTest {

  private static final String CONNECTIONS = ApiClient.PATH;

  @TempDir private Path blobs;
  private @Nullable SynchronizationServer server;

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private ApiClient startOpen() {
    server = SynchronizationServer.builder().openPlatform(blobs).start();
    return client("ann");
  }

  private ApiClient startOwn() {
    server = SynchronizationServer.builder().ownPlatform(blobs).start();
    return client("ann");
  }

  private ApiClient client(String name) {
    var running = Objects.requireNonNull(server);
    return new ApiClient(running.url().toString(), running.developmentToken(name).value());
  }

  @Test
  void an_open_server_accepts_ids_that_it_does_not_know() {
    assertThat(startOpen().create(ApiClient.DOCUMENTED_REQUEST).statusCode()).isEqualTo(201);
  }

  @Test
  void an_imodel_that_was_made_here_has_its_own_itwin_and_its_files_have_names() throws Exception {
    var ann = startOpen();
    var iTwin = iTwin(ann);
    var iModel = iModel(ann, iTwin);
    var file = file(ann, iTwin, "pier.dgn");
    var created = ann.create(request(iModel, file));
    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(created.body()).contains("\"iTwinId\":\"" + iTwin + "\"");
    var files = ann.get(ann.url() + CONNECTIONS + "/" + id(created) + "/sourcefiles");
    assertThat(files.body()).contains("\"lastKnownFileName\":\"pier.dgn\"");
  }

  @Test
  void a_file_whose_upload_is_not_complete_cannot_be_mapped() {
    var ann = startOpen();
    var iTwin = iTwin(ann);
    var file = upload(ann, iTwin, "pier.dgn").file();
    var refused = ann.create(request(iModel(ann, iTwin), file));
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body())
        .contains("Provided storageFileId value is not valid.")
        .contains("\"pointer\":\"/sourceFiles/0/storageFileId\"");
  }

  @Test
  void a_deleted_imodel_takes_its_connections_with_it_and_is_not_taken_for_an_unknown_one()
      throws Exception {
    var ann = startOpen();
    var iTwin = iTwin(ann);
    var iModel = iModel(ann, iTwin);
    var request = request(iModel, file(ann, iTwin, "pier.dgn"));
    var connection = ann.url() + CONNECTIONS + "/" + id(ann.create(request));
    assertThat(ann.get(connection).statusCode()).isEqualTo(200);
    assertThat(ann.delete(ann.url() + "/imodels/" + iModel).statusCode()).isEqualTo(204);
    assertThat(ann.get(connection).statusCode()).isEqualTo(404);
    var again = ann.create(request);
    assertThat(again.statusCode()).isEqualTo(422);
    assertThat(again.body()).contains("Provided imodelId value is not valid.");
  }

  @Test
  void a_deleted_itwin_takes_everything_with_it() throws Exception {
    var ann = startOwn();
    var iTwin = iTwin(ann);
    var iModel = iModel(ann, iTwin);
    var file = file(ann, iTwin, "pier.dgn");
    var connection = ann.url() + CONNECTIONS + "/" + id(ann.create(request(iModel, file)));
    assertThat(ann.delete(ann.url() + "/itwins/" + iTwin).statusCode()).isEqualTo(204);
    assertThat(ann.get(ann.url() + "/itwins/" + iTwin).statusCode()).isEqualTo(404);
    assertThat(ann.get(ann.url() + "/imodels/" + iModel).statusCode()).isEqualTo(404);
    assertThat(ann.get(ann.url() + "/storage/files/" + file).statusCode()).isEqualTo(404);
    assertThat(ann.get(connection).statusCode()).isEqualTo(404);
  }

  @Test
  void readers_read_writers_change_and_for_others_nothing_exists() throws Exception {
    var ann = startOwn();
    var bob = client("bob");
    var iTwin = iTwin(ann);
    var iModel = iModel(ann, iTwin);
    var connection =
        ann.url()
            + CONNECTIONS
            + "/"
            + id(ann.create(request(iModel, file(ann, iTwin, "pier.dgn"))));
    var more = request(iModel, file(ann, iTwin, "deck.dgn"));

    assertThat(bob.get(connection).statusCode()).isEqualTo(404);
    assertThat(bob.create(more).body()).contains("Provided imodelId value is not valid.");

    setRole(ann, iTwin, "reader");
    assertThat(bob.get(connection).statusCode()).isEqualTo(200);
    assertThat(bob.create(more).statusCode()).isEqualTo(403);
    assertThat(bob.delete(connection).statusCode()).isEqualTo(403);

    setRole(ann, iTwin, "writer");
    assertThat(bob.create(more).statusCode()).isEqualTo(201);
    assertThat(bob.delete(connection).statusCode()).isEqualTo(204);
    assertThat(bob.delete(bob.url() + "/itwins/" + iTwin).statusCode()).isEqualTo(403);
  }

  private static void setRole(ApiClient owner, String iTwin, String role) {
    var answer =
        owner.put(
            owner.url() + "/itwins/" + iTwin + "/members/bob", "{\"role\": \"" + role + "\"}");
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 204);
  }

  private static String iTwin(ApiClient caller) {
    return id(
        caller.post(
            caller.url() + "/itwins/",
            "{\"class\": \"Endeavor\", \"subClass\": \"Project\", \"displayName\": \"Bridge\"}"));
  }

  private static String iModel(ApiClient caller, String iTwin) {
    return id(
        caller.post(
            caller.url() + "/imodels", "{\"iTwinId\": \"" + iTwin + "\", \"name\": \"Bridge\"}"));
  }

  private record Upload(String file, String url, String completeUrl) {}

  private static Upload upload(ApiClient caller, String iTwin, String name) {
    var root = caller.get(caller.url() + "/storage/?iTwinId=" + iTwin).body();
    var folder = matched("/storage/folders/([A-Za-z0-9_-]{43})", root);
    var links =
        caller
            .post(
                caller.url() + "/storage/folders/" + folder + "/files",
                "{\"displayName\": \"" + name + "\"}")
            .body();
    var url = matched("\"uploadUrl\":\\{\"href\":\"([^\"]+)\"", links);
    var completeUrl = matched("\"completeUrl\":\\{\"href\":\"([^\"]+)\"", links);
    return new Upload(completeUrl.split("/", -1)[5], url, completeUrl);
  }

  private static String file(ApiClient caller, String iTwin, String name) throws Exception {
    var upload = upload(caller, iTwin, name);
    try (var client = HttpClient.newHttpClient()) {
      var put =
          HttpRequest.newBuilder(URI.create(upload.url()))
              .header("x-ms-blob-type", "BlockBlob")
              .PUT(BodyPublishers.ofString("design"))
              .build();
      assertThat(client.send(put, BodyHandlers.discarding()).statusCode()).isEqualTo(201);
    }
    assertThat(caller.post(upload.completeUrl(), "").statusCode()).isEqualTo(200);
    return upload.file();
  }

  private static String request(String iModel, String file) {
    return """
    {"iModelId": "%s", "sourceFiles": [{"storageFileId": "%s", "connectorType": "MSTN"}]}\
    """
        .formatted(iModel, file);
  }

  private static String id(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return matched("\"id\":\"([^\"]+)\"", answer.body());
  }

  private static String matched(String pattern, String text) {
    var matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
    return matcher.group(1);
  }
}
