package io.storageconnections.adapter.connectors;

import static io.storageconnections.application.contract.AttemptFixtures.attempt;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.contract.AttemptFixtures;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.run.RunResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** What a command connector gets: its job, its arguments, its environment and its streams. */
final class JobTest extends CommandConnectorFixture {

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
            "{ other }",
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
        .containsExactly("a" + attempt.run().iModel() + "b", "DWG", "{ other }", "$HOME; *");
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
            "correlationId",
            "traceParent");
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
  void trace_of_the_request_is_a_member_of_the_job_and_a_variable() throws Exception {
    var trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    var script = "echo \"$TRACEPARENT\"\ngrep -o 'traceParent.*' \"$1\"\n" + RESULT;
    var connector =
        CommandConnector.builder(List.of(program(script).toString(), "{jobFile}"), workFolder())
            .serverEnvironment(Map.of("TRACEPARENT", "of the server"))
            .environmentNames(Set.of("TRACEPARENT"))
            .build();
    connector.attempt(attempt().build().withTraceParent(trace), control);
    assertThat(control.printed()).startsWith(trace + "\ntraceParent\":\"" + trace + "\"}");
  }

  @Test
  void without_a_trace_there_is_no_variable() throws Exception {
    var script = "echo \"${TRACEPARENT-none}\"\ngrep -o 'traceParent.*' \"$1\"\n" + RESULT;
    var connector =
        CommandConnector.builder(List.of(program(script).toString(), "{jobFile}"), workFolder())
            .build();
    connector.attempt(attempt().build(), control);
    assertThat(control.printed()).startsWith("none\ntraceParent\":null}");
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
}
