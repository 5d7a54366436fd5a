package io.storageconnections.bootstrap.jar;

import io.storageconnections.bootstrap.fixture.FreePort;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A PgBouncer in transaction mode, with fewer server connections than client connections. */
final class PgBouncerProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final int port;
  private final Path log;

  private PgBouncerProcess(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /** Returns the program, if it is on the PATH or where Debian installs it. */
  static Optional<Path> program() {
    return Stream.concat(
            Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1)).map(Path::of),
            Stream.of(Path.of("/usr/sbin")))
        .map(folder -> folder.resolve("pgbouncer"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static PgBouncerProcess start(Path program, Path folder, int postgresPort)
      throws IOException, InterruptedException {
    var port = FreePort.find();
    var settings =
        Files.writeString(
            folder.resolve("pgbouncer.ini"),
            """
            [databases]
            * = host=127.0.0.1 port=%d user=postgres

            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = %d
            unix_socket_dir =
            auth_type = any
            pool_mode = transaction
            default_pool_size = 8
            """
                .formatted(postgresPort, port));
    var log = folder.resolve("pgbouncer.txt");
    var command = new ArrayList<>(List.of(program.toString()));
    if ("root".equals(System.getProperty("user.name"))) {
      // PgBouncer refuses to run as root.
      command.addAll(List.of("-u", "postgres"));
    }
    command.add(settings.toString());
    var bouncer =
        new PgBouncerProcess(
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start(),
            port,
            log);
    bouncer.awaitListening();
    return bouncer;
  }

  private void awaitListening() throws IOException, InterruptedException {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (process.isAlive() && System.nanoTime() < deadline) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.isConnected()) {
          return;
        }
      } catch (ConnectException notYet) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
    close();
    throw new AssertionError("PgBouncer does not listen: " + log());
  }

  String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=postgres";
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
