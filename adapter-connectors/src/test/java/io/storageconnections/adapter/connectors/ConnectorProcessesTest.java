package io.storageconnections.adapter.connectors;

import static io.storageconnections.application.contract.AttemptFixtures.attempt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.storageconnections.domain.run.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No process of a command connector outlives its attempt. */
final class ConnectorProcessesTest extends CommandConnectorFixture {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s &",
        "setsid %s &",
        "( ( %s & ) & )",
        "set -m; %s &",
        "env -i %s &",
        "set -m; env -i %s &",
        "exec 3>&1; setsid %s </dev/null >/dev/null 2>&1 &",
        "trap '' TERM HUP; %s & ",
      })
  void a_process_that_outlives_the_connector_is_ended(String start) throws Exception {
    var outcome = outcome(builder(start.formatted(sleeper()) + "\n" + RESULT));
    assertThat(outcome.result()).isEqualTo(RunResult.SUCCESS);
    assertThat(Processes.with(mark)).isEmpty();
  }

  @Test
  void an_attempt_that_must_stop_ends_all_processes() throws Exception {
    var marker = temporary.resolve("runs");
    var script =
        """
        trap '' TERM
        %1$s &
        setsid %1$s &
        echo runs > %2$s
        %1$s
        %1$s
        """
            .formatted(sleeper(), marker);
    assertThat(stoppedAfter(marker, builder(script).build())).isEmpty();
    assertThat(Processes.with(mark)).isEmpty();
  }

  @Test
  void a_connector_that_must_stop_may_clean_up() throws Exception {
    var marker = temporary.resolve("runs");
    var script =
        """
        # The shell reports the end of sleep there.
        exec 2>/dev/null
        trap 'echo cleans up; head -c 1000000 /dev/zero; echo done; exit 0' TERM
        echo runs > %s
        while :; do sleep 0.05; done
        """
            .formatted(marker);
    assertThat(stoppedAfter(marker, builder(script).grace(Duration.ofSeconds(10)).build()))
        .isEmpty();
    assertThat(control.printed()).startsWith("cleans up\n").endsWith("done\n");
  }

  @Test
  void a_stopped_connector_is_killed() throws Exception {
    var marker = temporary.resolve("runs");
    var script = "echo runs > %s\nkill -s STOP $$\n%s".formatted(marker, sleeper());
    assertThat(stoppedAfter(marker, builder(script).build())).isEmpty();
  }

  @Test
  void a_connector_that_kills_its_supervisor_is_ended() throws Exception {
    var script =
        """
        trap '' TERM
        %1$s &
        setsid %1$s &
        kill -s KILL $PPID
        %1$s
        """
            .formatted(sleeper());
    var outcome = outcome(builder(script));
    assertThat(outcome.result()).isEqualTo(RunResult.ERROR);
    assertThat(error(outcome).bridgeExitCode()).isEqualTo(137);
    assertThat(Processes.with(mark)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mkfifo group", "ln -s /dev/zero group", "truncate -s 3G group"})
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void a_connector_that_damages_its_folder_and_kills_its_supervisor_is_ended(String damage)
      throws Exception {
    var outcome =
        outcome(builder("rm group; %s; kill -s KILL $PPID\n%s".formatted(damage, sleeper())));
    assertThat(error(outcome).bridgeExitCode()).isEqualTo(137);
    assertThat(Processes.with(mark)).isEmpty();
  }

  @RepeatedTest(10)
  void the_last_output_is_kept_when_the_supervisor_is_killed() throws Exception {
    outcome(builder("echo last; kill -s KILL $PPID"));
    assertThat(control.printed()).isEqualTo("last\n");
  }

  @Test
  void an_interrupted_attempt_ends_all_processes() throws Exception {
    var marker = temporary.resolve("runs");
    var connector = builder("echo runs > %s\n%s".formatted(marker, sleeper())).build();
    var thread = Thread.currentThread();
    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() ->
            during(
                () -> {
                  Processes.awaitContent(marker);
                  thread.interrupt();
                  return null;
                },
                () -> connector.attempt(attempt().build(), control)));
    assertThat(Processes.with(mark)).isEmpty();
    assertThat(workFolder()).isEmptyDirectory();
  }

  @Test
  void a_signal_to_all_processes_of_a_node_that_shuts_down_is_no_crash() throws Exception {
    var connector = builder("kill -s TERM $$\nsleep 10").build();
    var shutsDownLater =
        new CountingControl() {
          @Override
          public boolean await(Duration atMost) {
            questions++;
            return questions > 50;
          }
        };
    assertThat(connector.attempt(attempt().build(), shutsDownLater)).isEmpty();
  }

  @Test
  @Tag("long")
  void a_connector_lives_longer_than_the_lease_while_its_node_works() throws Exception {
    var outcome = outcome(builder("sleep 3\n" + RESULT).lease(Duration.ofSeconds(2)));
    assertThat(outcome.result()).isEqualTo(RunResult.SUCCESS);
  }

  @Test
  @Tag("long")
  void a_connector_whose_thread_hangs_ends_with_the_lease_and_is_tried_again() throws Exception {
    var connector = builder(sleeper()).lease(Duration.ofSeconds(2)).build();
    var hangs =
        new CountingControl() {
          @Override
          public boolean await(Duration atMost) throws InterruptedException {
            questions++;
            if (questions == 10) {
              awaitEndOfConnector();
            }
            return false;
          }
        };
    var outcome = connector.attempt(attempt().build(), hangs).orElseThrow();
    assertThat(error(outcome).descriptionKey()).isEqualTo("NodeBecameUnusable");
    assertThat(outcome.isTransient()).isTrue();
  }

  private void awaitEndOfConnector() {
    try {
      assertThat(Processes.leftAfter(Duration.ofSeconds(20), mark)).isEmpty();
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  @Test
  void an_attempt_leaves_no_file_handle_open() throws Exception {
    var connector = builder(RESULT).build();
    connector.attempt(attempt().build(), control);
    var before = openFiles();
    for (int i = 0; i < 20; i++) {
      connector.attempt(attempt().of("a", new byte[] {1}).build(), control);
    }
    assertThat(openFiles()).isLessThan(before + 20);
  }

  private static long openFiles() throws IOException {
    try (var files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count();
    }
  }
}
