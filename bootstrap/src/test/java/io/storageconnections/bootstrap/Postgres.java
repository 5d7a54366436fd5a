package io.storageconnections.bootstrap;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** A PostgreSQL of this test's own, which can be killed and started again where it was. */
final class Postgres implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final EmbeddedPostgres first;
  private List<String> command = List.of();

  private Postgres(Path folder) throws IOException {
    this.folder = folder;
    this.first =
        EmbeddedPostgres.builder()
            // It is started again there, after a pause in which others could take another port.
            .setPort(FreePort.find())
            .setDataDirectory(data())
            .setCleanDataDirectory(false)
            .setPGStartupWait(PATIENCE)
            // What it is for tests would lose the last commits with the process.
            .setServerConfig("synchronous_commit", "on")
            .start();
  }

  static Postgres startedIn(Path folder) throws IOException {
    return new Postgres(folder);
  }

  private Path data() {
    return folder.resolve("data");
  }

  int port() {
    return first.getPort();
  }

  /** Makes a database with nothing in it, and returns its name. */
  String emptyDatabase() throws SQLException {
    return emptyDatabase("");
  }

  /** Makes a database as {@code options} of {@code create database} say, and returns its name. */
  String emptyDatabase(String options) throws SQLException {
    var name = "test_" + UUID.randomUUID().toString().replace('-', '_');
    execute("postgres", "create database " + name + " " + options);
    return name;
  }

  String url(String database) {
    return url(database, "postgres");
  }

  String url(String database, String user) {
    return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database + "?user=" + user;
  }

  /** Runs statements as the superuser. */
  void execute(String database, String... statements) throws SQLException {
    try (var connection = first.getDatabase("postgres", database).getConnection();
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The only number that {@code query} finds. */
  long number(String database, String query) throws SQLException {
    try (var connection = first.getDatabase("postgres", database).getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** As {@code kill -9} does, to it and to all that it has started. */
  void kill() throws IOException, InterruptedException {
    var pid = Files.readAllLines(data().resolve("postmaster.pid")).getFirst().strip();
    // First it is held, so that it starts nothing while it is asked what it has started.
    new ProcessBuilder("kill", "-STOP", pid).start().waitFor();
    var postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    command = command(postmaster.info());
    var all = Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    Await.until(
        PATIENCE, "PostgreSQL is dead", () -> all.stream().noneMatch(ProcessHandle::isAlive));
  }

  private static List<String> command(ProcessHandle.Info info) {
    var command = new ArrayList<String>();
    if ("root".equals(System.getProperty("user.name"))) {
      // As it was started the first time: it refuses to run as root.
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(info.command().orElseThrow());
    command.addAll(List.of(info.arguments().orElseThrow()));
    return command;
  }

  /** After it was killed, with what it left behind; returns when it answers. */
  void startAgain() throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("postgres.txt").toFile())
            .start();
    Await.until(PATIENCE, "PostgreSQL answers", () -> !process.isAlive() || answers());
    if (!process.isAlive()) {
      throw new AssertionError(Files.readString(folder.resolve("postgres.txt")));
    }
  }

  private boolean answers() {
    try {
      return number("postgres", "select 1") == 1;
    } catch (SQLException notYet) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    first.close();
  }
}
