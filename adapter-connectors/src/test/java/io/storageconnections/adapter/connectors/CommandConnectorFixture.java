package io.storageconnections.adapter.connectors;

import static io.storageconnections.application.contract.AttemptFixtures.attempt;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.contract.RecordingControl;
import io.storageconnections.application.port.Connector;
import io.storageconnections.application.port.Connector.AttemptControl;
import io.storageconnections.domain.run.AttemptOutcome;
import io.storageconnections.domain.run.TaskError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of the command connector share: programs, and what is left of them. */
abstract class CommandConnectorFixture {

  static final String RESULT = "echo '{\"type\": \"result\"}'\n";

  final RecordingControl control = new RecordingControl();

  /** In the arguments of every process of a test that should not be left. */
  final String mark = "mark-" + UUID.randomUUID();

  @TempDir Path temporary;

  @AfterEach
  void nothing_of_an_attempt_is_left() throws Exception {
    assertThat(Processes.with(mark)).isEmpty();
    assertThat(ProcessHandle.current().descendants()).isEmpty();
  }

  final CommandConnectorBuilder builder(String script) {
    return CommandConnector.builder(List.of(program(script).toString()), workFolder())
        .grace(Duration.ofMillis(300));
  }

  final Path workFolder() {
    return temporary.resolve("work");
  }

  final Path program(String script) {
    try {
      var file = temporary.resolve("program-" + UUID.randomUUID());
      Files.writeString(file, "#!/bin/sh\n" + script + "\n");
      return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  /** Returns a command that sleeps for long and that {@link Processes} finds. */
  final String sleeper() {
    return "/bin/sh -c 'sleep 1000; exit' " + mark;
  }

  static String error(String key, String members) {
    return "echo '{\"type\": \"error\", \"descriptionKey\": \"%s\"%s}'\n".formatted(key, members);
  }

  final AttemptOutcome outcome(CommandConnectorBuilder builder) throws InterruptedException {
    return builder.build().attempt(attempt().build(), control).orElseThrow();
  }

  static TaskError error(AttemptOutcome outcome) {
    return requireNonNull(outcome.error(), "error");
  }

  final Optional<AttemptOutcome> stoppedAfter(Path marker, Connector connector) throws Exception {
    return during(
        () -> {
          Processes.awaitContent(marker);
          control.stop();
          return marker;
        },
        () -> connector.attempt(attempt().build(), control));
  }

  /** Runs an action in another thread during one of this thread. */
  static <T> T during(Callable<?> other, Callable<T> own) throws Exception {
    try (var executor = Executors.newSingleThreadExecutor()) {
      var started = executor.submit(other);
      try {
        return own.call();
      } finally {
        started.get(60, TimeUnit.SECONDS);
      }
    }
  }

  static InputStream refusingStream() {
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
  static class CountingControl implements AttemptControl {

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
