package io.storageconnections.adapter.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.domain.run.AttemptOutcome;
import io.storageconnections.domain.run.RunResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the exit code of a command connector means. */
final class ExitCodesTest extends CommandConnectorFixture {

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

  @ParameterizedTest
  @CsvSource({
    "128, the connector exited with code 128",
    "129, signal 1 ended the connector",
    "192, signal 64 ended the connector",
    "193, the connector exited with code 193",
    "255, the connector exited with code 255",
  })
  void the_details_of_a_crash_name_the_signal_or_the_exit_code(int code, String details)
      throws Exception {
    assertThat(error(outcome(builder("exit " + code))).details()).isEqualTo(details);
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
}
