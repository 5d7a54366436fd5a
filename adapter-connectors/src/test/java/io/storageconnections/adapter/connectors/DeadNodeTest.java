package io.storageconnections.adapter.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connector ends when its node is killed or stopped. Each test starts a node of its own. */
final class DeadNodeTest {

  /** Too long to end a connector within {@link #BOUND}. */
  private static final Duration LONG_LEASE = Duration.ofHours(1);

  private static final Duration SHORT_LEASE = Duration.ofSeconds(2);

  /** The short lease and the grace, and time for a busy machine. */
  private static final Duration BOUND = Duration.ofSeconds(20);

  private final String mark = "mark-" + UUID.randomUUID();

  @TempDir Path temporary;

  private @Nullable Process started;

  private Process start(Duration lease) throws Exception {
    var program = temporary.resolve("program-" + mark);
    Files.writeString(
        program,
        """
        #!/bin/sh
        trap '' TERM
        /bin/sh -c 'trap "" TERM; sleep 1000; exit' %1$s &
        setsid /bin/sh -c 'sleep 1000; exit' %1$s &
        echo runs > %2$s
        while :; do sleep 1; done
        """
            .formatted(mark, temporary.resolve("runs")));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    var node =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Node.class.getName(),
                program.toString(),
                temporary.resolve("work").toString(),
                lease.toString())
            .redirectErrorStream(true)
            .redirectOutput(temporary.resolve("log").toFile())
            .start();
    started = node;
    Processes.awaitContent(temporary.resolve("runs"));
    assertThat(Processes.with(mark)).contains(node.pid()).hasSizeGreaterThan(3);
    return node;
  }

  @AfterEach
  void end_the_node() {
    if (started != null) {
      started.destroyForcibly();
    }
  }

  @Test
  void all_processes_of_a_connector_end_when_the_node_is_killed() throws Exception {
    var node = start(LONG_LEASE);
    node.destroyForcibly().waitFor();
    assertThat(Processes.leftAfter(BOUND, mark)).isEmpty();
  }

  @Test
  @Tag("long")
  void all_processes_of_a_connector_end_when_the_node_is_stopped() throws Exception {
    var node = start(SHORT_LEASE);
    Processes.signal("STOP", node.pid());
    assertThat(Processes.leftAfter(BOUND, mark, node.pid())).isEmpty();
    assertThat(node.isAlive()).isTrue();
  }

  @Test
  @Tag("long")
  void all_processes_of_a_connector_end_when_the_node_is_told_to_end() throws Exception {
    var node = start(LONG_LEASE);
    node.destroy();
    node.waitFor();
    assertThat(Processes.leftAfter(BOUND, mark)).isEmpty();
  }
}
