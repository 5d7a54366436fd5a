package io.storageconnections.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.bootstrap.fixture.ApiClient;
import io.storageconnections.bootstrap.fixture.Await;
import io.storageconnections.bootstrap.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server whose settings name a command as the connector of a type. */
@Timeout(60)
final class CommandServerTest {

  private static final Pattern TASK = Pattern.compile("\"tasks\":\\[\\{\"id\":\"([^\"]+)\"");

  @TempDir private Path folder;

  @Test
  void a_run_executes_the_command_with_the_variables_that_the_settings_name() throws Exception {
    var settings =
        Map.of(
            "HOME",
            "/home/connector",
            "LANG",
            "en",
            "STORAGE_CONNECTIONS_HTTP_PORT",
            "0",
            "STORAGE_CONNECTIONS_DATA_FOLDER",
            folder.toString(),
            "STORAGE_CONNECTIONS_CONNECTORS_MSTN_COMMAND",
            "[\"/bin/sh\", \"-c\", \"echo $HOME-$LANG\"]",
            "STORAGE_CONNECTIONS_CONNECTORS_MSTN_BARE_EXIT_CODE",
            "true",
            // A name that occurs twice is no reason to refuse the start.
            "STORAGE_CONNECTIONS_CONNECTORS_MSTN_ENVIRONMENT",
            "HOME,HOME");
    try (var server =
        new ConfiguredComponents(Settings.read(settings, Set.of(), null)).server().start()) {
      var client =
          new ApiClient(server.url().toString(), server.developmentToken("someone").value());
      var connection =
          client
              .create(ApiClient.DOCUMENTED_REQUEST)
              .headers()
              .firstValue("Location")
              .orElseThrow();
      var run = client.post(connection + "/run", "").headers().firstValue("Location").orElseThrow();
      Await.until(
          Duration.ofSeconds(40),
          "the run is completed",
          () -> client.get(run).body().contains("\"state\":\"Completed\",\"result\":\"Success\""));
      var completed = client.get(run).body();
      var task = TASK.matcher(completed);
      assertThat(task.find()).as(completed).isTrue();
      assertThat(client.get(run + "/tasks/" + task.group(1) + "/output").body())
          .isEqualTo("/home/connector-\n");
    }
  }
}
