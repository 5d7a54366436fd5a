package io.storageconnections.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.adapter.persistence.Database;
import io.storageconnections.bootstrap.fixture.ApiClient;
import io.storageconnections.bootstrap.fixture.Await;
import io.storageconnections.bootstrap.fixture.PlatformClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that keeps iTwins, iModels and Storage itself, and the connections to them. */
final class LocalPlatformServerTest {

  private static final String CONNECTIONS = ApiClient.PATH;

  @TempDir private Path folder;
  private @Nullable SynchronizationServer server;

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private Path blobs() {
    return folder.resolve("blobs");
  }

  private ApiClient startOpen() {
    server = SynchronizationServer.builder().openPlatform(blobs()).start();
    return client("ann");
  }

  private ApiClient startOwn() {
    server = SynchronizationServer.builder().ownPlatform(blobs()).start();
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
    var iTwin = new PlatformClient(ann).iTwin();
    var iModel = new PlatformClient(ann).iModel(iTwin);
    var file = new PlatformClient(ann).file(iTwin, "pier.dgn", "design");
    var created = ann.create(PlatformClient.connectionRequest(iModel, file));
    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(created.body()).contains("\"iTwinId\":\"" + iTwin + "\"");
    var files =
        ann.get(ann.url() + CONNECTIONS + "/" + PlatformClient.id(created) + "/sourcefiles");
    assertThat(files.body()).contains("\"lastKnownFileName\":\"pier.dgn\"");
  }

  @Test
  void a_file_whose_upload_is_not_complete_cannot_be_mapped() {
    var ann = startOpen();
    var iTwin = new PlatformClient(ann).iTwin();
    var file = new PlatformClient(ann).announce(iTwin, "pier.dgn").file();
    var refused =
        ann.create(PlatformClient.connectionRequest(new PlatformClient(ann).iModel(iTwin), file));
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body())
        .contains("Provided storageFileId value is not valid.")
        .contains("\"pointer\":\"/sourceFiles/0/storageFileId\"");
  }

  @Test
  void a_deleted_imodel_takes_its_connections_with_it_and_is_not_taken_for_an_unknown_one()
      throws Exception {
    var ann = startOpen();
    var iTwin = new PlatformClient(ann).iTwin();
    var iModel = new PlatformClient(ann).iModel(iTwin);
    var request =
        PlatformClient.connectionRequest(
            iModel, new PlatformClient(ann).file(iTwin, "pier.dgn", "design"));
    var connection = ann.url() + CONNECTIONS + "/" + PlatformClient.id(ann.create(request));
    assertThat(ann.get(connection).statusCode()).isEqualTo(200);
    assertThat(ann.delete(ann.url() + "/imodels/" + iModel).statusCode()).isEqualTo(204);
    assertThat(ann.get(connection).statusCode()).isEqualTo(404);
    var again = ann.create(request);
    assertThat(again.statusCode()).isEqualTo(422);
    assertThat(again.body()).contains("Provided imodelId value is not valid.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"imodels", "itwins"})
  void the_trail_names_the_caller_who_deletes_an_imodel_or_its_itwin(String kind) throws Exception {
    try (var database = Database.inMemory()) {
      server =
          SynchronizationServer.builder()
              .dataSource(database.dataSource())
              .ownPlatform(blobs())
              .start();
      var ann = client("ann");
      var iTwin = new PlatformClient(ann).iTwin();
      var iModel = new PlatformClient(ann).iModel(iTwin);
      var file = new PlatformClient(ann).file(iTwin, "pier.dgn", "design");
      assertThat(ann.create(PlatformClient.connectionRequest(iModel, file)).statusCode())
          .isEqualTo(201);
      var deleted =
          ann.delete(ann.url() + "/" + kind + "/" + (kind.equals("imodels") ? iModel : iTwin));
      assertThat(deleted.statusCode()).isEqualTo(204);
      var id = deleted.headers().firstValue("x-correlation-id").orElseThrow();
      assertThat(trail(database))
          .containsExactlyInAnyOrder(
              "ConnectionDeleted ann ann " + id, "IModelDeleted ann ann " + id);
      stop();
    }
  }

  @Test
  void a_server_that_has_started_removes_expired_trails() throws Exception {
    try (var database = Database.inMemory()) {
      var builder =
          SynchronizationServer.builder()
              .dataSource(database.dataSource())
              .auditRetention(Duration.ofNanos(1))
              .ownPlatform(blobs());
      server = builder.start();
      var ann = client("ann");
      var iTwin = new PlatformClient(ann).iTwin();
      var iModel = new PlatformClient(ann).iModel(iTwin);
      assertThat(ann.delete(ann.url() + "/imodels/" + iModel).statusCode()).isEqualTo(204);
      assertThat(trail(database)).hasSize(1);
      server.close();
      server = builder.start();
      Await.until(Duration.ofSeconds(30), "the trail is removed", () -> trail(database).isEmpty());
      stop();
    }
  }

  /** Returns the entries of deletions: the action, the client, the subject and the request. */
  private static List<String> trail(Database database) {
    var entries = new ArrayList<String>();
    try (var connection = database.dataSource().getConnection();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select action, client, subject, correlation_id from storage_connection_audit"
                    + " where action like '%Deleted'")) {
      while (rows.next()) {
        entries.add(
            "%s %s %s %s"
                .formatted(
                    rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4)));
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    return entries;
  }

  @Test
  void a_deleted_itwin_takes_everything_with_it() throws Exception {
    var ann = startOwn();
    var iTwin = new PlatformClient(ann).iTwin();
    var iModel = new PlatformClient(ann).iModel(iTwin);
    var file = new PlatformClient(ann).file(iTwin, "pier.dgn", "design");
    var connection =
        ann.url()
            + CONNECTIONS
            + "/"
            + PlatformClient.id(ann.create(PlatformClient.connectionRequest(iModel, file)));
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
    var iTwin = new PlatformClient(ann).iTwin();
    var iModel = new PlatformClient(ann).iModel(iTwin);
    var connection =
        ann.url()
            + CONNECTIONS
            + "/"
            + PlatformClient.id(
                ann.create(
                    PlatformClient.connectionRequest(
                        iModel, new PlatformClient(ann).file(iTwin, "pier.dgn", "design"))));
    var more =
        PlatformClient.connectionRequest(
            iModel, new PlatformClient(ann).file(iTwin, "deck.dgn", "design"));

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

  @Test
  void a_server_whose_blob_folder_is_gone_is_not_ready_until_it_is_back() throws Exception {
    var ann = startOwn();
    var ready = ann.url() + "/health/ready";
    assertThat(ann.get(ready).statusCode()).isEqualTo(200);
    var away = folder.resolve("away");
    Files.move(blobs(), away);
    try {
      assertThat(ann.get(ready).statusCode()).isEqualTo(503);
      // A folder on which the shared file system is not mounted looks like this.
      Files.createDirectory(blobs());
      var status = ann.get(ready).statusCode();
      Files.delete(blobs());
      assertThat(status).isEqualTo(503);
    } finally {
      Files.move(away, blobs());
    }
    assertThat(ann.get(ready).statusCode()).isEqualTo(200);
  }

  private static void setRole(ApiClient owner, String iTwin, String role) {
    var answer =
        owner.put(
            owner.url() + "/itwins/" + iTwin + "/members/bob", "{\"role\": \"" + role + "\"}");
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 204);
  }
}
