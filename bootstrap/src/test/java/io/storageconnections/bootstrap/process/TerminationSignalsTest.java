package io.storageconnections.bootstrap.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process of its own, in which {@link TerminationSignals} are handled. */
@Timeout(120)
final class TerminationSignalsTest {

  @ParameterizedTest
  @CsvSource({
    "succeed, 0, ''",
    "fail, 1, 'The server did not stop cleanly: java.lang.NoClassDefFoundError: Missing'",
    "hang, 1, 'The server did not stop within 1 s: the process ends now'",
  })
  void after_a_signal_the_process_ends(String action, int exitCode, String message)
      throws Exception {
    var process = start(action);
    try (var out = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo("started");
      // Process.destroy would also close the streams.
      process.toHandle().destroy();
      assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(exitCode);
      assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains(message);
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process start(String action) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Signalled.class.getName(),
            action)
        .start();
  }

  /** The main class of the process. */
  static final class Signalled {

    private Signalled() {}

    @SuppressWarnings("SystemOut") // The test reads it.
    public static void main(String[] arguments) throws InterruptedException {
      TerminationSignals.handle(
          action(arguments[0]),
          Duration.ofSeconds(1),
          new PrintWriter(System.err, true, StandardCharsets.UTF_8));
      System.out.println("started");
      TimeUnit.MINUTES.sleep(2);
    }

    private static IntSupplier action(String name) {
      return switch (name) {
        case "succeed" -> () -> 0;
        case "fail" ->
            () -> {
              throw new NoClassDefFoundError("Missing");
            };
        default ->
            () -> {
              while (true) {
                Thread.onSpinWait();
              }
            };
      };
    }
  }
}
