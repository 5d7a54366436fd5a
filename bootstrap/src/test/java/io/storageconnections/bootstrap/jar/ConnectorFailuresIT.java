package io.storageconnections.bootstrap.jar;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.bootstrap.fixture.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A connector program is running when its node is killed, stopped or cut off. It is dead before
 * another node starts the program again.
 */
@Tag("long")
final class ConnectorFailuresIT {

  @RegisterExtension static final RunCluster cluster = new RunCluster();

  private Path program;

  /** The process of each attempt, one in a line. */
  private Path started;

  /** The processes of earlier attempts that an attempt has found alive. */
  private Path overlapping;

  @BeforeEach
  void writeProgram() throws IOException {
    program = cluster.folder().resolve("connector.sh");
    started = Files.createFile(cluster.folder().resolve("started"));
    overlapping = Files.createFile(cluster.folder().resolve("overlapping"));
    // The first process ignores SIGTERM and never ends; later ones succeed.
    Files.writeString(
        program,
        """
        #!/bin/sh
        trap '' TERM
        for earlier in $(cat "$1"); do
          if kill -0 "$earlier"; then echo "$earlier" >> "$2"; fi
        done
        first=$(wc -l < "$1")
        echo $$ >> "$1"
        while [ "$first" -eq 0 ]; do sleep 1; done
        echo '{"type": "result", "message": "done"}'
        """);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
  }

  @AfterEach
  void rowsAgreeWithEachOther() throws Exception {
    cluster.rowsAgreeWithEachOther();
    assertThat(overlapping).isEmptyFile();
  }

  private JarProcess serve(String databaseUrl) throws IOException {
    return cluster.serve(
        Map.of(
            "DATABASE_URL",
            databaseUrl,
            "CONNECTORS_MSTN_COMMAND",
            "[\"%s\", \"%s\", \"%s\"]".formatted(program, started, overlapping)));
  }

  private JarProcess serve() throws IOException {
    return serve(cluster.postgres().url(cluster.database()));
  }

  private List<String> processes() {
    try {
      return Files.readAllLines(started);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the first attempt has started its process, and returns the process. */
  private ProcessHandle firstProcess() throws InterruptedException {
    Await.until(RunCluster.PATIENCE, "the connector runs", () -> !processes().isEmpty());
    return ProcessHandle.of(Long.parseLong(processes().getFirst())).orElseThrow();
  }

  private static void awaitDead(ProcessHandle process) throws InterruptedException {
    Await.until(RunCluster.PATIENCE, "the connector is dead", () -> !process.isAlive());
  }

  @Test
  void a_connector_dies_with_its_killed_node() throws Exception {
    var killed = serve();
    var starting = RunCluster.client(killed);
    var run = starting.started(starting.connection());
    var process = firstProcess();
    var other = RunCluster.client(serve());
    killed.kill();
    awaitDead(process);
    Await.until(
        RunCluster.PATIENCE, "another node completes the run", () -> other.isCompleted(run));
    assertThat(other.state(run)).isEqualTo("Completed Success");
    assertThat(other.get(run)).contains("\"retryAttempts\":1");
  }

  @Test
  void a_connector_dies_while_its_node_is_stopped() throws Exception {
    var stopped = serve();
    var starting = RunCluster.client(stopped);
    var run = starting.started(starting.connection());
    var process = firstProcess();
    var other = RunCluster.client(serve());
    RunCluster.signal("STOP", stopped);
    awaitDead(process);
    Await.until(
        RunCluster.PATIENCE, "another node completes the run", () -> other.isCompleted(run));
    RunCluster.signal("CONT", stopped);
    var next = starting.started(starting.connection());
    Await.until(RunCluster.PATIENCE, "the next run is completed", () -> starting.isCompleted(next));
    assertThat(other.state(run)).isEqualTo("Completed Success");
  }

  @Test
  void a_connector_dies_when_the_database_does_not_answer_its_node() throws Exception {
    try (var proxy = PacketDroppingProxy.before(cluster.postgres().port())) {
      var url = cluster.postgres().url(cluster.database());
      var cutOff =
          RunCluster.client(
              serve(url.replace(":" + cluster.postgres().port(), ":" + proxy.port())));
      var run = cutOff.started(cutOff.connection());
      var process = firstProcess();
      var other = RunCluster.client(serve());
      proxy.startDropping();
      awaitDead(process);
      Await.until(
          RunCluster.PATIENCE, "another node completes the run", () -> other.isCompleted(run));
      assertThat(other.state(run)).isEqualTo("Completed Success");
    }
  }

  @Test
  void a_connector_that_ignores_signals_is_dead_when_its_node_has_ended() throws Exception {
    var leaving = serve();
    var starting = RunCluster.client(leaving);
    var run = starting.started(starting.connection());
    var process = firstProcess();
    var other = RunCluster.client(serve());
    leaving.terminate();
    assertThat(leaving.exitCode()).isIn(0, 143);
    awaitDead(process);
    Await.until(
        RunCluster.PATIENCE, "another node completes the run", () -> other.isCompleted(run));
    assertThat(other.get(run)).contains("\"retryAttempts\":0");
  }
}
