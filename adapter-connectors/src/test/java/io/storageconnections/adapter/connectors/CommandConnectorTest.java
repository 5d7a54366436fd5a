package io.storageconnections.adapter.connectors;

import static io.storageconnections.application.contract.AttemptFixtures.attempt;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.storageconnections.application.contract.AttemptFixtures;
import io.storageconnections.application.contract.ConnectorContract;
import io.storageconnections.application.contract.RecordingControl;
import io.storageconnections.application.port.Attempt;
import io.storageconnections.application.port.Connector;
import io.storageconnections.application.port.Connector.AttemptControl;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.run.AttemptOutcome;
import io.storageconnections.domain.run.ErrorCategory;
import io.storageconnections.domain.run.ErrorKey;
import io.storageconnections.domain.run.ErrorSystem;
import io.storageconnections.domain.run.RunResult;
import io.storageconnections.domain.run.SynchronizationReport;
import io.storageconnections.domain.run.TaskError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

final class CommandConnectorTest implements ConnectorContract {

  private static final String RESULT = "echo '{\"type\": \"result\"}'\n";

  private final RecordingControl control = new RecordingControl();

  /** In the arguments of every process of a test that should not be left. */
  private final String mark = "mark-" + UUID.randomUUID();

  @TempDir Path temporary;

  @Override
  public Connector succeedingConnector() {
    return builder(RESULT).build();
  }

  @Override
  public Connector endlessConnector() {
    return builder("sleep 1000\n").build();
  }

  @AfterEach
  void nothing_of_an_attempt_is_left() throws Exception {
    assertThat(Processes.with(mark)).isEmpty();
    assertThat(ProcessHandle.current().descendants()).isEmpty();
    // The interface of the contract runs connectors in threads of its own.
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().contains("connector"));
  }

  // ---- exit codes -------------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource({
    "0, SUCCESS, , false",
    "1, ERROR, BridgingFailed, false",
    "2, PARTIAL_SUCCESS, , false",
    "3, ERROR, BridgingFailed, false",
    "75, ERROR, BridgingFailed, true",
    "78, ERROR, ConnectorInitializationFailed, false",
    "126, ERROR, BridgingFailed, false",
    "127, ERROR, BridgingFailed, false",
    "128, ERROR, BridgingFailed, false",
    "255, ERROR, BridgingFailed, false",
  })
  void the_exit_code_says_how_an_attempt_ended(
      int code, RunResult result, String error, boolean isTransient) throws Exception {
    var outcome = outcome(builder(RESULT + "exit " + code));
    assertThat(outcome.result()).isEqualTo(result);
    assertThat(outcome.isTransient()).isEqualTo(isTransient);
    if (error == null) {
      assertThat(outcome.error()).isNull();
    } else {
      assertThat(error(outcome).descriptionKey()).isEqualTo(error);
      assertThat(error(outcome).bridgeExitCode()).isEqualTo(code);
    }
  }

  @ParameterizedTest
  @CsvSource({"TERM, 143", "KILL, 137", "SEGV, 139", "USR1, 138"})
  void a_signal_that_ends_the_connector_is_a_crash(String signal, long code) throws Exception {
    var outcome = outcome(builder("kill -s " + signal + " $$\nsleep 10"));
    assertThat(outcome.result()).isEqualTo(RunResult.ERROR);
    assertThat(outcome.isTransient()).isFalse();
    assertThat(error(outcome).descriptionKey()).isEqualTo("BridgingFailed");
    assertThat(error(outcome).bridgeExitCode()).isEqualTo(code);
  }

  @Test
  void the_exit_code_0_without_a_result_is_a_failure() throws Exception {
    var outcome = outcome(builder("echo result"));
    assertThat(outcome.result()).isEqualTo(RunResult.ERROR);
    assertThat(error(outcome).bridgeExitCode()).isZero();
    assertThat(error(outcome).details()).contains("\"result\"");
  }

  @Test
  void the_exit_code_0_is_enough_if_that_is_declared() throws Exception {
    assertThat(outcome(builder("exit 0").bareExitCode(true))).isEqualTo(AttemptOutcome.succeeded());
  }

  // ---- lines ------------------------------------------------------------------------------------

  @Test
  void an_error_line_classifies_the_error() throws Exception {
    var outcome =
        outcome(
            builder(
                """
                echo '{"type": "error", "system": "edge_orchestrator", "phase": "p",'\\
                ' "category": "network", "descriptionKey": "Own", "description": "It is.",'\\
                ' "kbArticleLink": "https://example.org/kb", "canUserFix": true,'\\
                ' "details": "more"}'
                exit 1
                """));
    assertThat(outcome)
        .isEqualTo(
            AttemptOutcome.failed(
                new TaskError(
                    ErrorSystem.EDGE_ORCHESTRATOR,
                    "p",
                    ErrorCategory.NETWORK,
                    "Own",
                    "It is.",
                    "https://example.org/kb",
                    true,
                    "more",
                    1L),
                false));
  }

  @Test
  void an_error_line_with_a_known_key_needs_no_other_member() throws Exception {
    var outcome = outcome(builder(error("LockError", "") + "exit 1"));
    assertThat(outcome)
        .isEqualTo(
            AttemptOutcome.failed(
                TaskError.of(ErrorKey.LOCK_ERROR, "").withBridgeExitCode(1), true));
  }

  @ParameterizedTest
  @CsvSource({
    "LockError, '', 1, true",
    "LockError, ', \"transient\": false', 1, false",
    "Own, '', 1, false",
    "Own, ', \"transient\": true', 1, true",
    "Own, ', \"transient\": \"yes\"', 1, false",
    "Own, ', \"transient\": false', 75, true",
    "LockError, '', 78, false",
    "LockError, '', 4, false",
  })
  void an_error_says_whether_it_may_pass(String key, String members, int code, boolean isTransient)
      throws Exception {
    var outcome = outcome(builder(error(key, members) + "exit " + code));
    assertThat(outcome.isTransient()).isEqualTo(isTransient);
  }

  @Test
  void members_of_a_wrong_type_are_ignored() throws Exception {
    var line =
        """
        echo '{"type": "error", "system": 1, "phase": null, "category": "mood",'\\
        ' "descriptionKey": [], "description": {}, "kbArticleLink": 2, "canUserFix": "no"}'
        exit 1
        """;
    var error = error(outcome(builder(line)));
    assertThat(error.descriptionKey()).isEqualTo("BridgingFailed");
    assertThat(error.system()).isEqualTo(ErrorSystem.CONNECTOR);
    assertThat(error.category()).isEqualTo(ErrorCategory.OTHER);
  }

  @Test
  void the_error_of_a_connector_that_succeeded_in_part_is_kept() throws Exception {
    var outcome = outcome(builder(error("Own", "") + "exit 2"));
    assertThat(outcome.result()).isEqualTo(RunResult.PARTIAL_SUCCESS);
    assertThat(error(outcome).descriptionKey()).isEqualTo("Own");
  }

  @Test
  void issues_are_counted_and_the_result_has_a_message() throws Exception {
    var outcome =
        outcome(
            builder(
                """
                echo '{"type": "progress", "percent": 10}'
                echo '{"type": "issue", "severity": "error"}'
                echo '{"type": "issue", "severity": "Warning"}'
                echo '{"type": "issue", "severity": "warning"}'
                echo '{"type": "issue", "severity": "note"}'
                echo '{"type": "issue"}'
                echo '{"type": "issue", "severity": 7}'
                echo '{"type": "result", "suggestedAction": "Warning", "message": "Look."}'
                """));
    assertThat(outcome.report()).isEqualTo(new SynchronizationReport("Warning", "Look.", 1, 2, 3));
  }

  @Test
  void a_failure_has_the_report_too() throws Exception {
    var outcome = outcome(builder("echo '{\"type\": \"issue\", \"severity\": \"error\"}'\nexit 9"));
    assertThat(outcome.report()).isEqualTo(new SynchronizationReport("", "", 1, 0, 0));
  }

  @Test
  void a_last_line_without_a_line_feed_counts() throws Exception {
    assertThat(outcome(builder("printf '{\"type\": \"result\"}'")).result())
        .isEqualTo(RunResult.SUCCESS);
  }

  @Test
  void garbage_is_log() throws Exception {
    var outcome =
        outcome(
            builder(
                """
                echo '{"type": "result"'
                echo '{"type": "result"} and more'
                echo '["type", "result"]'
                echo ' {"type": "result"}'
                echo '{"type": {"type": "result"}}'
                echo '{}{'
                echo null
                head -c 100000 /dev/urandom
                echo
                echo '{"type": "result"}' >&2
                """));
    assertThat(error(outcome).details()).contains("\"result\"");
    assertThat(control.printed()).contains("[\"type\", \"result\"]");
  }

  @Test
  void a_result_after_garbage_counts() throws Exception {
    var outcome = outcome(builder("head -c 3000000 /dev/urandom\necho\n" + RESULT));
    assertThat(outcome.result()).isEqualTo(RunResult.SUCCESS);
  }

  @ParameterizedTest
  @CsvSource({"65500, SUCCESS", "65536, ERROR"})
  void a_line_of_more_than_64_KiB_is_not_understood(int length, RunResult result) throws Exception {
    var line =
        "printf '{\"type\": \"result\", \"message\": \"'; head -c %d /dev/zero | tr '\\0' x; echo '\"}'"
            .formatted(length);
    assertThat(outcome(builder(line)).result()).isEqualTo(result);
  }

  @ParameterizedTest
  @CsvSource({"10485000, SUCCESS", "10485760, ERROR"})
  void a_line_after_10_MiB_is_not_understood(int length, RunResult result) throws Exception {
    var script = "head -c %d /dev/zero | tr '\\0' '\\n'\n%s".formatted(length, RESULT);
    var connector = builder(script).build();
    assertThat(connector.attempt(attempt().build(), new CountingControl()))
        .map(AttemptOutcome::result)
        .contains(result);
  }

  @Test
  void everything_that_is_printed_is_output() throws Exception {
    outcome(builder("echo 'a \u00fc'\necho b >&2\n" + RESULT));
    assertThat(control.printed()).contains("a \u00fc\n", "b\n", "{\"type\": \"result\"}\n");
  }

  @Test
  void bytes_that_are_not_UTF8_are_replaced() throws Exception {
    outcome(builder("printf 'a\\377b'\n" + RESULT));
    assertThat(control.printed()).startsWith("a\ufffdb");
  }

  @Test
  @Tag("long")
  void a_gibibyte_is_read_and_none_of_it_is_kept_in_memory() throws Exception {
    var counting = new CountingControl();
    var connector = builder(RESULT + "head -c 1073741824 /dev/zero").build();
    assertThat(connector.attempt(attempt().build(), counting))
        .map(AttemptOutcome::result)
        .contains(RunResult.SUCCESS);
    assertThat(counting.printed.get()).isGreaterThanOrEqualTo(1_073_741_824);
  }

  // ---- what the connector gets ------------------------------------------------------------------

  @Test
  void the_job_is_in_a_file_and_on_standard_input() throws Exception {
    var attempt =
        attempt()
            .readBy(ConnectorType.DWG)
            .of("site plan.dwg", "content".getBytes(UTF_8))
            .until(Instant.parse("2026-01-02T04:04:05.678901Z"))
            .build();
    var seen = temporary.resolve("seen");
    var script =
        """
        read -r line
        printf '%%s\\n' "$line" > %1$s.stdin
        cp "$1" %1$s.file
        shift
        printf '%%s\\n' "$@" > %1$s.arguments
        cp "$1" %1$s.source
        ls -ld "$(dirname "$2")" . > %1$s.folder
        pwd > %1$s.pwd
        touch "$2/is-writable"
        """
                .formatted(seen)
            + RESULT;
    var argv =
        List.of(
            program(script).toString(),
            "{jobFile}",
            "{sourceFile}",
            "{outputDir}",
            "a{iModelId}b",
            "{connectorType}",
            "{other}",
            "$HOME; *");
    assertThat(
            CommandConnector.builder(argv, workFolder())
                .build()
                .attempt(attempt, control)
                .orElseThrow()
                .result())
        .as(control.printed())
        .isEqualTo(RunResult.SUCCESS);
    var arguments = Files.readAllLines(Path.of(seen + ".arguments"));
    assertThat(arguments.subList(2, 6))
        .containsExactly("a" + attempt.run().iModel() + "b", "DWG", "{other}", "$HOME; *");
    assertThat(arguments.getFirst()).endsWith("/site plan.dwg");
    assertThat(Path.of(seen + ".source")).hasContent("content");
    assertThat(Files.readString(Path.of(seen + ".folder")))
        .matches("(?s)drwx------.*\ndrwx------.*");
    assertThat(Path.of(seen + ".stdin")).hasSameTextualContentAs(Path.of(seen + ".file"));
    var job = JsonMapper.shared().readTree(Path.of(seen + ".file"));
    assertThat(job.propertyNames())
        .containsExactly(
            "schemaVersion",
            "runId",
            "taskId",
            "attempt",
            "deadline",
            "source",
            "settings",
            "correlationId");
    assertThat(job.path("schemaVersion").intValue()).isEqualTo(1);
    assertThat(job.path("runId").stringValue()).isEqualTo(attempt.run().id().toString());
    assertThat(job.path("taskId").stringValue()).isEqualTo(attempt.task().id().toString());
    assertThat(job.path("attempt").intValue()).isEqualTo(1);
    assertThat(job.path("deadline").stringValue()).isEqualTo("2026-01-02T04:04:05.678901Z");
    assertThat(job.path("correlationId").stringValue()).isEqualTo(AttemptFixtures.CORRELATION_ID);
    assertThat(job.path("source").path("name").stringValue()).isEqualTo("site plan.dwg");
    assertThat(job.path("source").path("size").intValue()).isEqualTo(7);
    assertThat(job.path("source").path("path").stringValue()).isEqualTo(arguments.getFirst());
    assertThat(job.path("source").path("storageFileId").stringValue())
        .isEqualTo(attempt.task().storageFileId().toString());
    assertThat(job.path("settings").path("iModelId").stringValue())
        .isEqualTo(attempt.run().iModel().toString());
    assertThat(job.path("settings").path("connectorType").stringValue()).isEqualTo("DWG");
    assertThat(job.path("settings").path("outputDir").stringValue()).isEqualTo(arguments.get(1));
  }

  @Test
  void without_a_known_storage_there_is_no_source_file() throws Exception {
    var script = "[ \"$1\" = '' ] && ! grep -q '\"path\"' job.json && " + RESULT;
    var connector =
        CommandConnector.builder(List.of(program(script).toString(), "{sourceFile}"), workFolder())
            .build();
    assertThat(connector.attempt(attempt().build(), control).orElseThrow().result())
        .isEqualTo(RunResult.SUCCESS);
  }

  @ParameterizedTest
  @CsvSource({
    "../../etc/passwd, _.._.._etc_passwd",
    "-rf, _-rf",
    ".hidden, _.hidden",
    "a/b\u0001\u00fc.i.dgn, a_b_.i.dgn",
    "a b (1).dgn, a b (1).dgn",
  })
  void the_name_of_a_file_is_never_a_path(String name, String expected) throws Exception {
    var connector =
        CommandConnector.builder(
                List.of(
                    program("basename -- \"$1\"\nls source\n" + RESULT).toString(), "{sourceFile}"),
                workFolder())
            .build();
    connector.attempt(attempt().of(name, new byte[] {1}).build(), control);
    assertThat(control.printed().replace("__", "_")).startsWith(expected + "\n" + expected);
  }

  @Test
  void a_long_name_keeps_its_extension() throws Exception {
    var connector =
        CommandConnector.builder(
                List.of(program("basename \"$1\"\n" + RESULT).toString(), "{sourceFile}"),
                workFolder())
            .build();
    connector.attempt(attempt().of("x".repeat(250) + ".dgn", new byte[] {1}).build(), control);
    assertThat(control.printed()).startsWith("x".repeat(196) + ".dgn\n");
  }

  @Test
  void the_environment_has_only_what_is_allowed() throws Exception {
    outcome(
        builder("tr '\\0' '\\n' < /proc/$$/environ\n" + RESULT)
            .serverEnvironment(Map.of("ALLOWED", "a b", "mode", "m", "SECRET", "s", "PATH", "/bin"))
            .environmentNames(Set.of("ALLOWED", "mode", "MISSING")));
    assertThat(control.printed().lines().filter(line -> line.contains("=")))
        .filteredOn(line -> !line.startsWith("STORAGE_CONNECTIONS_ATTEMPT="))
        .containsExactlyInAnyOrder("ALLOWED=a b", "mode=m");
  }

  @Test
  void standard_input_stays_open() throws Exception {
    var marker = temporary.resolve("waits");
    var connector =
        builder("read -r line\necho reads > " + marker + "\nread -r more\necho ended >&2").build();
    assertThat(stoppedAfter(marker, connector)).isEmpty();
    // When the attempt stops, the signal comes first.
    assertThat(control.printed()).doesNotContain("ended");
  }

  @Test
  void a_connector_that_does_not_read_its_standard_input_succeeds() throws Exception {
    assertThat(outcome(builder("exec <&-\n" + RESULT)).result()).isEqualTo(RunResult.SUCCESS);
  }

  @Test
  void a_connector_that_closes_its_output_is_not_taken_for_ended() throws Exception {
    assertThat(outcome(builder("exec >&- 2>&-\nsleep 0.5\nexit 2")).result())
        .isEqualTo(RunResult.PARTIAL_SUCCESS);
  }

  // ---- programs that cannot be started ----------------------------------------------------------

  @Test
  void a_program_that_does_not_exist_is_named() throws Exception {
    assertNotStarted(temporary.resolve("missing").toString());
    assertNotStarted("no-such-program-in-any-folder");
    assertNotStarted(temporary.toString());
  }

  @Test
  void a_program_that_is_not_executable_is_named() throws Exception {
    var file = Files.writeString(temporary.resolve("program.sh"), "#!/bin/sh\n");
    assertNotStarted(file.toString());
  }

  @Test
  void a_script_whose_interpreter_does_not_exist_is_named() throws Exception {
    var file = program("");
    Files.writeString(file, "#!/no/such/interpreter -x\n");
    assertThat(assertNotStarted(file.toString())).contains("/no/such/interpreter");
  }

  @Test
  void a_program_without_a_slash_is_looked_for_in_the_search_path() throws Exception {
    var file = program(RESULT);
    var connector =
        CommandConnector.builder(List.of(file.getFileName().toString()), workFolder())
            .serverEnvironment(
                Map.of("PATH", "/no/such/folder:" + file.getParent() + ":/usr/bin:/bin"))
            .build();
    assertThat(connector.attempt(attempt().build(), control).orElseThrow().result())
        .isEqualTo(RunResult.SUCCESS);
  }

  private String assertNotStarted(String program) throws Exception {
    var outcome =
        CommandConnector.builder(List.of(program), workFolder())
            .build()
            .attempt(attempt().build(), control)
            .orElseThrow();
    assertThat(outcome.isTransient()).isFalse();
    assertThat(error(outcome).descriptionKey()).isEqualTo("ConnectorInitializationFailed");
    assertThat(error(outcome).details()).contains(program);
    return error(outcome).details();
  }

  // ---- processes --------------------------------------------------------------------------------

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

  // ---- limits -----------------------------------------------------------------------------------

  @Test
  void the_time_limit_is_that_of_the_builder() {
    assertThat(builder("").build().timeLimit()).isEmpty();
    assertThat(builder("").timeLimit(Duration.ofMinutes(5)).build().timeLimit())
        .contains(Duration.ofMinutes(5));
  }

  @Test
  void a_silent_connector_is_ended_and_has_timed_out() throws Exception {
    var outcome =
        outcome(builder("echo begins\n" + sleeper()).silenceLimit(Duration.ofMillis(700)));
    assertThat(outcome.result()).isEqualTo(RunResult.TIMED_OUT);
    assertThat(error(outcome).details()).contains("PT0.7S");
  }

  @ParameterizedTest
  @ValueSource(strings = {"echo more", "echo more >&2"})
  void a_connector_that_prints_is_not_silent(String print) throws Exception {
    var script =
        "for i in 1 2 3 4 5 6 7 8 9 10; do sleep 0.15; %s; done\n%s".formatted(print, RESULT);
    var outcome = outcome(builder(script).silenceLimit(Duration.ofSeconds(1)));
    assertThat(outcome.result()).isEqualTo(RunResult.SUCCESS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "head -c 200000 /dev/zero > output/a",
        "mkdir output/a; head -c 200000 /dev/zero > output/a/b",
        "for i in 1 2 3; do head -c 50000 /dev/zero > $i; done",
        "head -c 200000 /dev/zero >> source/*",
      })
  void a_connector_that_writes_beyond_its_disk_limit_is_ended(String write) throws Exception {
    var outcome =
        builder(write + "\n" + sleeper())
            .diskLimit(120_000)
            .build()
            .attempt(attempt().of("a.dgn", new byte[10]).build(), control)
            .orElseThrow();
    assertThat(outcome.result()).isEqualTo(RunResult.ERROR);
    assertThat(outcome.isTransient()).isFalse();
    assertThat(error(outcome).details()).contains("120000");
  }

  @Test
  void a_connector_may_write_up_to_its_disk_limit() throws Exception {
    var outcome =
        outcome(
            builder("head -c 100000 /dev/zero > output/a; sleep 1.5\n" + RESULT)
                .diskLimit(120_000));
    assertThat(outcome.result()).isEqualTo(RunResult.SUCCESS);
  }

  @Test
  void a_file_larger_than_the_disk_limit_is_not_copied() throws Exception {
    var outcome =
        builder(RESULT)
            .diskLimit(1_000)
            .build()
            .attempt(attempt().of("a", 1_001, refusingStream()).build(), control)
            .orElseThrow();
    assertThat(error(outcome).details()).contains("1000");
  }

  // ---- the file and the folder ------------------------------------------------------------------

  @Test
  void copying_a_very_large_file_stops_when_the_attempt_must_stop() throws Exception {
    var endless =
        new InputStream() {
          @Override
          public int read() {
            return 0;
          }

          @Override
          public int read(byte[] target, int offset, int length) {
            return length;
          }
        };
    var stopsSoon =
        new CountingControl() {
          @Override
          public boolean await(Duration atMost) {
            questions++;
            return questions > 100;
          }
        };
    var attempt = attempt().of("a", Long.MAX_VALUE, endless).build();
    assertThat(builder(RESULT).build().attempt(attempt, stopsSoon)).isEmpty();
    assertThat(workFolder()).isEmptyDirectory();
  }

  @Test
  void a_file_that_cannot_be_read_is_tried_again() throws Exception {
    assertUnreadable(attempt().of("a", 1, refusingStream()).build());
    // One byte less than Storage says.
    assertUnreadable(attempt().of("a", 2, new ByteArrayInputStream(new byte[1])).build());
    assertThat(workFolder()).isEmptyDirectory();
  }

  private void assertUnreadable(Attempt attempt) throws InterruptedException {
    var outcome = builder(RESULT).build().attempt(attempt, control).orElseThrow();
    assertThat(error(outcome).descriptionKey()).isEqualTo("NetworkIssue");
    assertThat(outcome.isTransient()).isTrue();
  }

  @Test
  void a_work_folder_that_cannot_be_written_may_be_writable_later() throws Exception {
    var file = Files.writeString(temporary.resolve("file"), "");
    var outcome =
        CommandConnector.builder(List.of("true"), file.resolve("work"))
            .build()
            .attempt(attempt().build(), control)
            .orElseThrow();
    assertThat(outcome.isTransient()).isTrue();
    assertThat(error(outcome).details()).contains("work folder");
  }

  @Test
  void the_folder_is_removed_after_a_success_even_if_it_is_not_writable() throws Exception {
    outcome(
        builder(
            "mkdir -p output/a/b; touch output/a/b/c; ln -s / output/root; chmod 0 output/a\n"
                + RESULT));
    assertThat(workFolder()).isEmptyDirectory();
  }

  @Test
  void the_folder_is_kept_after_a_failure() throws Exception {
    outcome(builder("echo traces > output/log\nexit 1"));
    try (var folders = Files.list(workFolder())) {
      var folder = folders.findFirst().orElseThrow();
      assertThat(folder.resolve("output/log")).hasContent("traces");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void the_folder_of_a_failure_is_not_kept_if_the_time_is_zero() throws Exception {
    outcome(builder("exit 1").keptAfterFailure(Duration.ZERO));
    assertThat(workFolder()).isEmptyDirectory();
  }

  @Test
  void old_folders_of_attempts_are_removed_and_nothing_else() throws Exception {
    Files.createDirectories(workFolder());
    var old = folder("attempt-" + UUID.randomUUID(), Duration.ofDays(8));
    var recent = folder("attempt-" + UUID.randomUUID(), Duration.ofDays(6));
    var other = folder("attempt-at-something", Duration.ofDays(800));
    var foreign = folder("data", Duration.ofDays(800));
    outcome(builder(RESULT));
    assertThat(old).doesNotExist();
    assertThat(workFolder()).isDirectoryContaining(recent::equals);
    assertThat(workFolder()).isDirectoryContaining(other::equals);
    assertThat(workFolder()).isDirectoryContaining(foreign::equals);
  }

  private Path folder(String name, Duration age) throws IOException {
    var folder = Files.createDirectory(workFolder().resolve(name));
    Files.writeString(folder.resolve("file"), "");
    return Files.setLastModifiedTime(folder, FileTime.from(Instant.now().minus(age)));
  }

  // ---- the builder ------------------------------------------------------------------------------

  @Test
  void a_program_is_necessary() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> CommandConnector.builder(List.of(), temporary));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> CommandConnector.builder(List.of(" "), temporary));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> CommandConnector.builder(List.of("true", "a\0b"), temporary));
  }

  @Test
  void limits_are_checked() {
    var builder = builder("");
    for (Callable<?> call :
        List.<Callable<?>>of(
            () -> builder.diskLimit(0),
            () -> builder.timeLimit(Duration.ZERO),
            () -> builder.silenceLimit(Duration.ZERO),
            () -> builder.lease(Duration.ofMillis(499)),
            () -> builder.grace(Duration.ofMillis(-1)),
            () -> builder.keptAfterFailure(Duration.ofHours(23)),
            () -> builder.timeLimit(Duration.ofDays(366)),
            () -> builder.environmentNames(Set.of("A=B")))) {
      assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(call::call);
    }
  }

  // ---- helpers ----------------------------------------------------------------------------------

  private CommandConnectorBuilder builder(String script) {
    return CommandConnector.builder(List.of(program(script).toString()), workFolder())
        .grace(Duration.ofMillis(300));
  }

  private Path workFolder() {
    return temporary.resolve("work");
  }

  private Path program(String script) {
    try {
      var file = temporary.resolve("program-" + UUID.randomUUID());
      Files.writeString(file, "#!/bin/sh\n" + script + "\n");
      return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  /** Returns a command that sleeps for long and that {@link Processes} finds. */
  private String sleeper() {
    return "/bin/sh -c 'sleep 1000; exit' " + mark;
  }

  private static String error(String key, String members) {
    return "echo '{\"type\": \"error\", \"descriptionKey\": \"%s\"%s}'\n".formatted(key, members);
  }

  private AttemptOutcome outcome(CommandConnectorBuilder builder) throws InterruptedException {
    return builder.build().attempt(attempt().build(), control).orElseThrow();
  }

  private static TaskError error(AttemptOutcome outcome) {
    return requireNonNull(outcome.error(), "error");
  }

  private Optional<AttemptOutcome> stoppedAfter(Path marker, Connector connector) throws Exception {
    return during(
        () -> {
          Processes.awaitContent(marker);
          control.stop();
          return marker;
        },
        () -> connector.attempt(attempt().build(), control));
  }

  /** Runs an action in another thread during one of this thread. */
  private static <T> T during(Callable<?> other, Callable<T> own) throws Exception {
    try (var executor = Executors.newSingleThreadExecutor()) {
      var started = executor.submit(other);
      try {
        return own.call();
      } finally {
        started.get(60, TimeUnit.SECONDS);
      }
    }
  }

  private static InputStream refusingStream() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        throw new IOException("reset");
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        throw new IOException("reset");
      }
    };
  }

  /** Counts what is printed. */
  private static class CountingControl implements AttemptControl {

    final AtomicLong printed = new AtomicLong();
    int questions;

    @Override
    public boolean await(Duration atMost) throws InterruptedException {
      questions++;
      return false;
    }

    @Override
    public void print(String text) {
      printed.addAndGet(text.length());
    }
  }
}
