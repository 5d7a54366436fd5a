package io.storageconnections.bootstrap.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A node with an embedded database is killed and started again. */
@Tag("long")
final class H2RunFailuresIT {

  private final Random random = new Random(20261126);
  @TempDir private Path folder;
  @RegisterExtension final JarProcesses jars = new JarProcesses();

  @Test
  void every_acknowledged_run_is_completed_after_restarts() throws Exception {
    var database = "jdbc:h2:file:" + folder.resolve("h2");
    var settings = RunCluster.settings(database, folder, Map.of("RUNS_WORKERS", "2"));
    var acknowledged = new ArrayList<String>();
    for (int round = 0; round < JarProcess.kills(4); round++) {
      var node = jars.add(JarProcess.run(folder, settings, "serve"));
      var client = RunCluster.client(node);
      client.script("{\"do\": \"slow\", \"seconds\": 0.2}");
      for (int i = 0; i < 6; i++) {
        acknowledged.add(client.started(client.connection()));
      }
      TimeUnit.MILLISECONDS.sleep(random.nextInt(400));
      node.kill();
      try (var connection = DriverManager.getConnection(database)) {
        RunCluster.assertRowsAgreeWithEachOther(connection);
      }
    }
    var last = jars.add(JarProcess.run(folder, settings, "serve"));
    var client = RunCluster.client(last);
    RunCluster.awaitCompleted(client, acknowledged);
    for (var run : acknowledged) {
      assertThat(client.state(run)).isEqualTo("Completed Success");
    }
    last.kill();
    try (var connection = DriverManager.getConnection(database)) {
      RunCluster.assertRowsAgreeWithEachOther(connection);
    }
  }
}
