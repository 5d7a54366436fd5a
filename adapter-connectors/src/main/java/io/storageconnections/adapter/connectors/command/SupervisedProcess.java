package io.storageconnections.adapter.connectors.command;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A connector's process with its supervisor, which ends all processes of the connector. Not
 * thread-safe.
 */
final class SupervisedProcess {

  private static final String SCRIPT = script();

  private static final List<String> SHELL = List.of("/bin/sh", "-c", SCRIPT, "supervisor");

  /** How much longer than the grace the supervisor may take to end the connector. */
  private static final Duration END_MAX = Duration.ofSeconds(20);

  private static final Duration SWEEP_MAX = Duration.ofSeconds(20);

  private static final long POLL_MILLIS = 10;

  /** How many times in the time of the lease the server gives a sign of life. */
  private static final int BEATS = 10;

  private static final Duration BEAT_MAX = Duration.ofSeconds(2);

  private static final Pattern GROUP = Pattern.compile("[1-9][0-9]{0,9}");

  /** A limit for the file with the id of the process group, which is shorter. */
  private static final int GROUP_BYTES_MAX = 32;

  private final Command command;
  private final AttemptFolder folder;
  private final String id;
  private final Process supervisor;
  private final long beatNanos;
  private long lastBeat = System.nanoTime();
  private long longestSilence;

  private SupervisedProcess(Command command, AttemptFolder folder, String id, Process supervisor) {
    this.command = command;
    this.folder = folder;
    this.id = id;
    this.supervisor = supervisor;
    var interval = command.lease().dividedBy(BEATS);
    beatNanos = (interval.compareTo(BEAT_MAX) < 0 ? interval : BEAT_MAX).toNanos();
  }

  /**
   * Starts a connector.
   *
   * @param program the connector's program
   * @param arguments its arguments
   * @param environment more variables than those of the command
   * @throws IOException if the supervisor cannot be started
   */
  static SupervisedProcess start(
      Command command,
      AttemptFolder folder,
      Path program,
      List<String> arguments,
      Map<String, String> environment)
      throws IOException {
    var id = UUID.randomUUID().toString();
    var argv = new ArrayList<String>();
    // A session of its own: signals to the group of the server do not end the supervisor.
    argv.add("setsid");
    argv.addAll(SHELL);
    argv.addAll(
        List.of(
            "run",
            id,
            command.searchPath(),
            Long.toString(command.grace().toMillis() / 100),
            seconds(command.lease().dividedBy(4)),
            folder.path().toString(),
            folder.job().toString(),
            program.toString()));
    argv.addAll(arguments);
    var builder = new ProcessBuilder(argv).directory(folder.path().toFile());
    builder.environment().clear();
    builder.environment().putAll(command.environment());
    builder.environment().putAll(environment);
    return new SupervisedProcess(command, folder, id, builder.start());
  }

  private static String seconds(Duration time) {
    return "%d.%03d".formatted(time.toSeconds(), time.toMillisPart());
  }

  private static String script() {
    try (var file = SupervisedProcess.class.getResourceAsStream("supervisor.sh")) {
      if (file == null) {
        throw new IllegalStateException("supervisor.sh is missing");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.stripLeading().startsWith("#"))
          .collect(Collectors.joining("\n"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  InputStream output() {
    return supervisor.getInputStream();
  }

  InputStream errors() {
    return supervisor.getErrorStream();
  }

  /** Gives the supervisor a sign of life, if it is time. */
  void beat() {
    var now = System.nanoTime();
    if (now - lastBeat < beatNanos) {
      return;
    }
    noteSilence(now);
    lastBeat = now;
    try {
      supervisor.getOutputStream().write('\n');
      supervisor.getOutputStream().flush();
    } catch (IOException ended) {
      // The supervisor has ended; the caller sees that.
    }
  }

  private void noteSilence(long now) {
    longestSilence = Math.max(longestSilence, now - lastBeat);
  }

  /** Returns whether the supervisor may have ended the connector because of the lease. */
  boolean hasMissedBeats() {
    // The supervisor waits for three to four quarters of the lease.
    return longestSilence > command.lease().toNanos() * 2 / 3;
  }

  /** Waits a short time, and returns whether the connector has ended. */
  boolean hasEnded() throws InterruptedException {
    return supervisor.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Returns the exit code of the connector, which has ended. */
  ExitCode exitCode() {
    return new ExitCode(supervisor.exitValue());
  }

  /**
   * Ends all processes of the connector, and closes the pipes.
   *
   * @param drain reads what the connector has printed; returns false if there was nothing
   */
  void end(BooleanSupplier drain) {
    noteSilence(System.nanoTime());
    var interrupted = false;
    closeQuietly(supervisor.getOutputStream());
    var until = System.nanoTime() + command.grace().plus(END_MAX).toNanos();
    while (supervisor.isAlive() && System.nanoTime() - until < 0) {
      try {
        if (!drain.getAsBoolean()) {
          hasEnded();
        }
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    if (supervisor.isAlive() || exitCode().isSignal()) {
      // The supervisor itself may have been killed, and the connector lives. Only the process is
      // killed here: Process.destroyForcibly also closes the pipes, which contain the last output.
      supervisor.toHandle().destroyForcibly();
      interrupted |= sweep();
    }
    while (drain.getAsBoolean()) {
      // The rest of what the connector has printed.
    }
    closeQuietly(supervisor.getInputStream());
    closeQuietly(supervisor.getErrorStream());
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Kills what the supervisor has left, and returns whether the thread was interrupted. */
  private boolean sweep() {
    var argv = new ArrayList<>(SHELL);
    argv.addAll(
        List.of("sweep", id, command.searchPath(), group(), Long.toString(supervisor.pid())));
    var builder =
        new ProcessBuilder(argv)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    var interrupted = false;
    try {
      var sweeper = builder.start();
      var until = System.nanoTime() + SWEEP_MAX.toNanos();
      while (sweeper.isAlive() && System.nanoTime() - until < 0) {
        try {
          sweeper.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException again) {
          interrupted = true;
        }
      }
      sweeper.destroyForcibly();
    } catch (IOException failure) {
      // No process can be started; the connector's standard input has ended, at least.
    }
    return interrupted;
  }

  private String group() {
    var file = folder.group();
    // The connector may have replaced the file: a pipe would block this thread for ever.
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return "";
    }
    try (var content = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      var text = new String(content.readNBytes(GROUP_BYTES_MAX), StandardCharsets.US_ASCII).strip();
      return GROUP.matcher(text).matches() && !text.equals("1") ? text : "";
    } catch (IOException unknown) {
      return "";
    }
  }

  private static void closeQuietly(Closeable stream) {
    try {
      stream.close();
    } catch (IOException failure) {
      // All output was read before.
    }
  }
}
