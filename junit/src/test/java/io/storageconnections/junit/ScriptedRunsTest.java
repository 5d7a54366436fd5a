package io.storageconnections.junit;

import static io.storageconnections.domain.connection.ConnectorType.DWG;
import static io.storageconnections.domain.connection.ConnectorType.IFC;
import static io.storageconnections.domain.connection.ConnectorType.MSTN;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.domain.run.ErrorKey;
import io.storageconnections.domain.run.Script;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests what a test of an integration does with runs: scripts, and a clock that it advances. */
@Timeout(60)
final class ScriptedRunsTest {

  private static final ManualClock CLOCK =
      ManualClock.startingAt(Instant.parse("2026-11-26T10:00:00Z"));

  @RegisterExtension
  private static final StorageConnectionsExtension SERVER =
      StorageConnectionsExtension.builder().clock(CLOCK).script(DWG, new Script.Partial()).build();

  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void removeScripts() {
    SERVER.server().scripts().clear();
    SERVER.server().scripts().setForConnectorType(DWG, new Script.Partial());
    client.close();
  }

  @Test
  void a_run_succeeds_without_a_script() throws Exception {
    var run = started(newFile(), MSTN);
    assertThat(waited(run)).contains("\"result\":\"Success\"");
  }

  @Test
  void a_script_of_the_builder_applies_to_a_connector_type() throws Exception {
    var run = started(newFile(), DWG);
    assertThat(waited(run)).contains("\"result\":\"PartialSuccess\"");
  }

  @Test
  void an_hour_of_synchronization_passes_at_once() throws Exception {
    var file = newFile();
    SERVER.server().scripts().setForFile(file, new Script.Slow(Duration.ofMinutes(59)));
    var run = started(file, IFC);
    while (!get(run).contains("\"state\":\"Executing\"")) {
      Thread.onSpinWait();
    }
    CLOCK.advance(Duration.ofMinutes(59));
    assertThat(waited(run)).contains("\"result\":\"Success\"");
  }

  @Test
  void an_attempt_exceeds_its_time_limit() throws Exception {
    var file = newFile();
    SERVER.server().scripts().setForFile(file, new Script.Hang());
    var run = started(file, IFC);
    while (!get(run).contains("\"state\":\"Executing\"")) {
      Thread.onSpinWait();
    }
    CLOCK.advance(Duration.ofHours(1));
    assertThat(waited(run)).contains("\"result\":\"TimedOut\"");
  }

  @Test
  void a_file_is_attempted_again_when_the_clock_reaches_the_time_of_the_retry() throws Exception {
    var file = newFile();
    SERVER.server().scripts().setForFile(file, new Script.Fail(2, ErrorKey.ANOTHER_USER_PUSHING));
    var run = started(file, IFC);
    for (int retry = 1; retry <= 2; retry++) {
      while (!get(run).contains("\"state\":\"WaitingToRetry\"")) {
        Thread.onSpinWait();
      }
      CLOCK.advance(Duration.ofMinutes(1));
      while (get(run)
          .contains("\"state\":\"WaitingToRetry\",\"result\":\"Undetermined\",\"jobs\"")) {
        Thread.onSpinWait();
      }
    }
    assertThat(waited(run)).contains("\"result\":\"Success\"").contains("\"retryAttempts\":2");
  }

  private static StorageFileId newFile() {
    var anyFile = StorageFileId.parse("t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cA");
    return new StorageFileId(anyFile.iTwin(), UUID.randomUUID());
  }

  /** Creates a connection with a file, starts a run, and returns the URL of the run. */
  private String started(StorageFileId file, ConnectorType type) throws Exception {
    var connections = SERVER.url() + "/synchronization/imodels/storageconnections";
    var created =
        send(
            HttpRequest.newBuilder(URI.create(connections))
                .POST(
                    BodyPublishers.ofString(
                        """
                        {"iModelId": "%s", "sourceFiles":
                          [{"storageFileId": "%s", "connectorType": "%s"}]}
                        """
                            .formatted(UUID.randomUUID(), file, type))));
    var id = Pattern.compile("\"id\":\"([^\"]+)\"").matcher(created.body());
    assertThat(id.find()).as(created.body()).isTrue();
    return send(HttpRequest.newBuilder(URI.create(connections + "/" + id.group(1) + "/run"))
            .POST(BodyPublishers.noBody()))
        .headers()
        .firstValue("Location")
        .orElseThrow();
  }

  private String get(String run) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(run))).body();
  }

  private String waited(String run) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(run)).header("Prefer", "wait=30")).body();
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(
        request.header("Authorization", "Bearer " + SERVER.token("test")).build(),
        BodyHandlers.ofString());
  }
}
