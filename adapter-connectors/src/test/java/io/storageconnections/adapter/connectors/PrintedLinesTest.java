package io.storageconnections.adapter.connectors;

import static io.storageconnections.application.contract.AttemptFixtures.attempt;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.domain.run.AttemptOutcome;
import io.storageconnections.domain.run.ErrorCategory;
import io.storageconnections.domain.run.ErrorKey;
import io.storageconnections.domain.run.ErrorSystem;
import io.storageconnections.domain.run.RunResult;
import io.storageconnections.domain.run.SynchronizationReport;
import io.storageconnections.domain.run.TaskError;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the lines mean that a command connector prints. */
final class PrintedLinesTest extends CommandConnectorFixture {

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
}
