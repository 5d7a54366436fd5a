package io.storageconnections.adapter.connectors;

import static java.util.Objects.requireNonNull;

import io.storageconnections.adapter.connectors.simulator.FileFormat;
import io.storageconnections.adapter.connectors.source.SourceReader;
import io.storageconnections.application.port.Attempt;
import io.storageconnections.application.port.Connector;
import io.storageconnections.application.port.Connector.AttemptControl;
import io.storageconnections.application.port.RunScripts;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.domain.run.AttemptOutcome;
import io.storageconnections.domain.run.ErrorKey;
import io.storageconnections.domain.run.Script;
import io.storageconnections.domain.run.TaskError;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A connector that needs no program, for development and tests. It reads the first bytes of the
 * file, if there is one, and fails with {@code UnsupportedFile} if they are those of a known format
 * that is foreign to the connector type, such as a ZIP archive under {@code MSTN}. Otherwise it
 * succeeds. A script decides instead of the file, if there is one for the file or its connector
 * type.
 */
public final class SimulatedConnector implements Connector {

  /** A longer wait would exceed the range of an instant. */
  private static final Duration WAIT_MAX = Duration.ofDays(10_000);

  private static final long PAUSE_WITHOUT_STORE_MILLIS = 200;

  /** The details of an error that a script has caused. */
  private static final String BY_SCRIPT = "a script says so";

  private final RunScripts scripts;

  /**
   * Creates a connector.
   *
   * @param scripts the scripts; {@link RunScripts#NONE} for none
   */
  public SimulatedConnector(RunScripts scripts) {
    this.scripts = requireNonNull(scripts, "scripts");
  }

  @Override
  public Optional<AttemptOutcome> attempt(Attempt attempt, AttemptControl control)
      throws InterruptedException {
    requireNonNull(attempt, "attempt");
    while (!control.await(Duration.ZERO)) {
      Optional<Script> script;
      try {
        script = scripts.next(attempt.task().storageFileId(), attempt.task().connectorType());
      } catch (StoreException failure) {
        if (!failure.reason().isTransient()) {
          throw failure;
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_WITHOUT_STORE_MILLIS);
        continue;
      }
      return script.isPresent()
          ? performed(script.get(), control)
          : SourceReader.read(() -> outcomeOfContent(attempt), control);
    }
    return Optional.empty();
  }

  private static Optional<AttemptOutcome> performed(Script script, AttemptControl control)
      throws InterruptedException {
    return switch (script) {
      case Script.Hang hang -> {
        while (!control.await(WAIT_MAX)) {
          // The attempt ends only when it is stopped.
        }
        yield Optional.empty();
      }
      case Script.Slow slow ->
          control.await(slow.duration().compareTo(WAIT_MAX) < 0 ? slow.duration() : WAIT_MAX)
              ? Optional.empty()
              : Optional.of(AttemptOutcome.succeeded());
      case Script.Fail fail -> Optional.of(AttemptOutcome.failed(fail.error(), BY_SCRIPT));
      case Script.Crash crash ->
          Optional.of(
              AttemptOutcome.failed(
                  TaskError.of(ErrorKey.BRIDGING_FAILED, BY_SCRIPT)
                      .withBridgeExitCode(crash.exitCode()),
                  false));
      case Script.Partial partial -> Optional.of(AttemptOutcome.partiallySucceeded(null));
      case Script.Succeed succeed -> Optional.of(AttemptOutcome.succeeded());
    };
  }

  private static AttemptOutcome outcomeOfContent(Attempt attempt) {
    if (attempt.source().isEmpty()) {
      return AttemptOutcome.succeeded();
    }
    var type = attempt.task().connectorType();
    try {
      return FileFormat.of(attempt.source().get().stream().readNBytes(FileFormat.BYTES_MAX))
          .filter(format -> !format.isReadBy(type))
          .map(foreign ->
              AttemptOutcome.failed(
                  ErrorKey.UNSUPPORTED_FILE,
                  "the file is a %s, which connectors of the type %s do not read"
                      .formatted(foreign, type)))
          .orElseGet(AttemptOutcome::succeeded);
    } catch (IOException failure) {
      return AttemptOutcome.failed(ErrorKey.NETWORK_ISSUE, "the file cannot be read");
    }
  }
}
