package io.storageconnections.bootstrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The jar that was built, run as a process of its own in a folder of its own. */
final class Jar {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Pattern SERVES = Pattern.compile("listening at (http://\\S+)\\R");

  /** The request that it suggests: its address, its token and its body. */
  static final Pattern EXAMPLE =
      Pattern.compile("curl -i (\\S+) -H 'Authorization: Bearer (\\S+)' -d '(.+)'");

  private final Process process;
  private final Path out;
  private final Path err;

  private Jar(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  static Jar run(Path folder, Map<String, String> settings, String... arguments)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // None lives long enough for more to pay, and several share the machine.
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.add("-jar");
    command.add(System.getProperty("jar.file"));
    command.addAll(List.of(arguments));
    var out = Files.createTempFile(folder, "out", ".txt");
    var err = Files.createTempFile(folder, "err", ".txt");
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeIf(SettingNames::isOurs);
    builder.environment().putAll(settings);
    return new Jar(builder.start(), out, err);
  }

  /** How often a test kills what it kills, if {@code -Dkills=…} says nothing else. */
  static int kills(int otherwise) {
    return Integer.getInteger("kills", otherwise);
  }

  /** Waits until it serves, and returns where. */
  String url() throws IOException, InterruptedException {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline && process.isAlive()) {
      var line = SERVES.matcher(out());
      if (line.find()) {
        return line.group(1);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    throw new AssertionError("it does not serve: " + out() + err());
  }

  /** Waits until it serves, and returns a client of it that has a token of its own issuer. */
  ApiClient client() throws IOException, InterruptedException {
    var url = url();
    var example = EXAMPLE.matcher(out());
    if (!example.find()) {
      throw new AssertionError("it gives no token: " + out());
    }
    return new ApiClient(url, example.group(2));
  }

  /** Waits until it ends, and returns its exit code. */
  int exitCode() throws IOException, InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("it does not end: " + out() + err());
    }
    return process.exitValue();
  }

  /** As {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** As {@code kill} does. */
  void terminate() {
    process.destroy();
  }

  /** As Ctrl-C does. */
  void interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", "" + process.pid()).inheritIO().start().waitFor();
  }

  /**
   * Whether it was started so that it does not hear of Ctrl-C, as by a script in the background.
   */
  boolean ignoresInterrupts() throws IOException {
    var status = Files.readString(Path.of("/proc/" + process.pid() + "/status"));
    var ignored = Pattern.compile("SigIgn:\\s+([0-9a-f]+)").matcher(status);
    return ignored.find() && (Long.parseUnsignedLong(ignored.group(1), 16) & 0b10) != 0;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  String out() throws IOException {
    return Files.readString(out);
  }

  String err() throws IOException {
    return Files.readString(err);
  }
}
