package io.storageconnections.bootstrap.jar;

import io.storageconnections.bootstrap.fixture.ApiClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A process that runs the built jar. */
public final class JarProcess {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Pattern SERVES = Pattern.compile("listening at (http://\\S+)\\R");

  /** The example request that {@code serve} prints. Groups: URL, token, body. */
  public static final Pattern EXAMPLE_REQUEST =
      Pattern.compile("curl -i (\\S+) -H 'Authorization: Bearer (\\S+)' -d '(.+)'");

  private final Process process;
  private final Path out;
  private final Path err;

  private JarProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Starts a command in a folder, with settings in the environment. */
  public static JarProcess run(Path folder, Map<String, String> settings, String... arguments)
      throws IOException {
    return runJar(Path.of(System.getProperty("jar.file")), folder, settings, arguments);
  }

  /** Starts a command of a jar, as {@link #run} does. */
  public static JarProcess runJar(
      Path jar, Path folder, Map<String, String> settings, String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // The processes are short-lived, and several share the machine.
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.add("-jar");
    command.add(jar.toString());
    command.addAll(List.of(arguments));
    return start(command, folder, settings);
  }

  /** Starts any program that runs the server, in a folder, with settings in the environment. */
  public static JarProcess start(List<String> command, Path folder, Map<String, String> settings)
      throws IOException {
    var out = Files.createTempFile(folder, "out", ".txt");
    var err = Files.createTempFile(folder, "err", ".txt");
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("STORAGE_CONNECTIONS_"));
    builder.environment().putAll(settings);
    return new JarProcess(builder.start(), out, err);
  }

  /** Returns how many processes a test kills: {@code -Dkills=…}, or the default. */
  public static int kills(int byDefault) {
    return Integer.getInteger("kills", byDefault);
  }

  /** Waits until the server listens, and returns its URL. */
  public String url() throws IOException, InterruptedException {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline && process.isAlive()) {
      var line = SERVES.matcher(out());
      if (line.find()) {
        return line.group(1);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    throw new AssertionError("the server does not listen: " + out() + err());
  }

  /**
   * Waits until the server listens, and returns a client with a token of its development issuer.
   */
  public ApiClient client() throws IOException, InterruptedException {
    var url = url();
    var example = EXAMPLE_REQUEST.matcher(out());
    if (!example.find()) {
      throw new AssertionError("serve prints no token: " + out());
    }
    return new ApiClient(url, example.group(2));
  }

  /** Waits until the process ends, and returns its exit code. */
  public int exitCode() throws IOException, InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the process does not end: " + out() + err());
    }
    return process.exitValue();
  }

  /** Sends SIGKILL, and waits until the process has ended. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Sends SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  /** Sends SIGINT, like Ctrl-C. */
  public void interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", "" + process.pid()).inheritIO().start().waitFor();
  }

  /**
   * Returns whether the process ignores SIGINT, because its parent does, such as a shell script
   * that runs in the background.
   */
  public boolean ignoresInterrupts() throws IOException {
    var status = Files.readString(Path.of("/proc/" + process.pid() + "/status"));
    var ignored = Pattern.compile("SigIgn:\\s+([0-9a-f]+)").matcher(status);
    return ignored.find() && (Long.parseUnsignedLong(ignored.group(1), 16) & 0b10) != 0;
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public String out() throws IOException {
    return Files.readString(out);
  }

  public String err() throws IOException {
    return Files.readString(err);
  }
}
