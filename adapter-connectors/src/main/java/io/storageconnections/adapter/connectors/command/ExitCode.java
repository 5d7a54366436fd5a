package io.storageconnections.adapter.connectors.command;

import io.storageconnections.domain.run.AttemptOutcome;
import io.storageconnections.domain.run.ErrorKey;
import io.storageconnections.domain.run.RunResult;
import io.storageconnections.domain.run.TaskError;

/**
 * The exit code of a connector's process.
 *
 * @param value 0 to 255; 128 + n after signal n
 */
record ExitCode(int value) {

  private static final int SUCCESS = 0;
  private static final int FAILED = 1;
  private static final int PARTIAL = 2;
  private static final int TRY_AGAIN = 75;
  private static final int MISCONFIGURED = 78;
  private static final int SIGNAL = 128;

  /** The greatest number of a signal on Linux. */
  private static final int SIGNAL_MAX = 64;

  /** Returns whether a signal ended the process. */
  boolean isSignal() {
    return value > SIGNAL && value <= SIGNAL + SIGNAL_MAX;
  }

  /** Returns what the exit code means, together with what the connector has printed. */
  AttemptOutcome outcome(ConnectorReport report, boolean bareExitCode) {
    var outcome =
        switch (value) {
          case SUCCESS ->
              report.hasResult() || bareExitCode
                  ? AttemptOutcome.succeeded()
                  : failed(ErrorKey.BRIDGING_FAILED, withoutResult(report), false);
          case FAILED ->
              reported(
                  report,
                  ErrorKey.BRIDGING_FAILED,
                  "the connector failed and printed no error",
                  report.isTransient());
          case PARTIAL ->
              AttemptOutcome.partiallySucceeded(
                  report
                      .error(ErrorKey.BRIDGING_FAILED)
                      .map(error -> error.withBridgeExitCode(value))
                      .orElse(null));
          case TRY_AGAIN ->
              reported(
                  report, ErrorKey.BRIDGING_FAILED, "the connector asks for another attempt", true);
          case MISCONFIGURED ->
              reported(
                  report,
                  ErrorKey.CONNECTOR_INITIALIZATION_FAILED,
                  "the connector says that it is not configured correctly",
                  false);
          default -> failed(ErrorKey.BRIDGING_FAILED, crash(report), false);
        };
    return report.summary().map(outcome::withReport).orElse(outcome);
  }

  private AttemptOutcome reported(
      ConnectorReport report, ErrorKey key, String details, boolean isTransient) {
    return new AttemptOutcome(
        RunResult.ERROR,
        report.error(key).orElseGet(() -> TaskError.of(key, details)).withBridgeExitCode(value),
        isTransient,
        null);
  }

  private AttemptOutcome failed(ErrorKey key, String details, boolean isTransient) {
    return AttemptOutcome.failed(TaskError.of(key, details).withBridgeExitCode(value), isTransient);
  }

  private static String withoutResult(ConnectorReport report) {
    return "the connector exited with code 0, but printed no line of the type \"result\""
        + (report.isIncomplete()
            ? " within the first "
                + ConnectorOutput.READ_MAX
                + " bytes; the server ignores the rest"
            : "");
  }

  private String crash(ConnectorReport report) {
    return (isSignal()
            ? "signal %d ended the connector".formatted(value - SIGNAL)
            : "the connector exited with code %d".formatted(value))
        + report
            .error(ErrorKey.BRIDGING_FAILED)
            .map(error ->
                "; before, it reported " + error.descriptionKey() + ": " + error.description())
            .orElse("");
  }
}
