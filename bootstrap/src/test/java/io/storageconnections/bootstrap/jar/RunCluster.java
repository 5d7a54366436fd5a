package io.storageconnections.bootstrap.jar;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.bootstrap.fixture.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Nodes of the jar that execute runs, on one PostgreSQL server. Each test has a database and a
 * folder of its own; after it, JUnit kills the nodes. The nodes detect a failure of another one
 * after about three seconds.
 */
final class RunCluster
    implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {

  static final Duration PATIENCE = Duration.ofSeconds(90);

  private final JarProcesses jars = new JarProcesses();
  private @Nullable Path common;
  private @Nullable PostgresProcess postgres;
  private String database = "";
  private Path folder = Path.of("");

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    common = Files.createTempDirectory("run-cluster");
    postgres = PostgresProcess.startedIn(common);
  }

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    database = postgres().emptyDatabase();
    folder = Files.createTempDirectory("run-cluster");
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    jars.afterEach(context);
    delete(folder);
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    if (postgres != null) {
      postgres.close();
    }
    if (common != null) {
      delete(common);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  PostgresProcess postgres() {
    if (postgres == null) {
      throw new IllegalStateException("PostgreSQL is not started");
    }
    return postgres;
  }

  String database() {
    return database;
  }

  /** Returns the folder of the test, in which all nodes start. */
  Path folder() {
    return folder;
  }

  // ---- nodes -----------------------------------------------------------------------------------

  JarProcess serve() throws IOException {
    return serve(Map.of());
  }

  /** Starts a node with further settings, whose names have no prefix. */
  JarProcess serve(Map<String, String> more) throws IOException {
    return jars.add(JarProcess.run(folder, settings(more), "serve"));
  }

  /** Starts a node that only serves requests, so that other nodes execute the runs. */
  JarProcess serveWithoutWorkers() throws IOException {
    return serve(Map.of("RUNS_WORKERS", "0"));
  }

  /** Returns the environment of a node. */
  Map<String, String> settings(Map<String, String> more) {
    return settings(postgres().url(database), folder, more);
  }

  /** Returns the environment of a node on any database. */
  static Map<String, String> settings(String databaseUrl, Path folder, Map<String, String> more) {
    var settings = new HashMap<String, String>();
    settings.put("DATABASE_URL", databaseUrl);
    settings.put("HTTP_PORT", "0");
    settings.put("PUBLIC_URL", "https://nodes.example.com");
    settings.put("BLOB_FOLDER", folder.resolve("blobs").toString());
    settings.put("RATE_LIMIT_REQUESTS_PER_MINUTE", "0");
    settings.put("RUNS_HEARTBEAT", "500ms");
    settings.put("RUNS_MISSED_HEARTBEATS", "4");
    settings.put("RUNS_POLLING_INTERVAL", "200ms");
    settings.put("RUNS_BACKOFF", "1s");
    settings.put("RUNS_ATTEMPTS", "99");
    settings.putAll(more);
    var environment = new HashMap<String, String>();
    settings.forEach((name, value) -> environment.put("STORAGE_CONNECTIONS_" + name, value));
    return environment;
  }

  /** Adds a node that the test has started itself. */
  JarProcess add(JarProcess node) {
    return jars.add(node);
  }

  static RunClient client(JarProcess node) throws Exception {
    return new RunClient(node.client());
  }

  /** Sends a signal, such as {@code STOP}, to a process. */
  static void signal(String name, JarProcess process) throws Exception {
    assertThat(
            new ProcessBuilder("kill", "-" + name, "" + process.pid())
                .inheritIO()
                .start()
                .waitFor())
        .isZero();
  }

  // ---- rows ------------------------------------------------------------------------------------

  long number(String query) {
    try {
      return postgres().number(database, query);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  boolean isCompletedInDatabase(String runId) {
    return number(
            "select count(*) from storage_connection_run where state = 'Completed' and run_id = '"
                + runId
                + "'")
        == 1;
  }

  /** Records each change of a completed task, which must never happen. */
  void watchCompletedTasks() throws SQLException {
    postgres()
        .execute(
            database,
            "create table changed_after_completion (task_id uuid)",
            """
            create function note_change() returns trigger language plpgsql as $$
            begin
              insert into changed_after_completion values (old.task_id);
              return new;
            end $$
            """,
            """
            create trigger note_change after update on storage_connection_run_task
            for each row when (old.state = 'Completed') execute function note_change()
            """);
  }

  /**
   * Checks that the rows of runs agree with each other, and that no task has changed after it was
   * completed, if that is watched.
   */
  void rowsAgreeWithEachOther() throws SQLException {
    try (var connection = postgres().connect(database)) {
      assertRowsAgreeWithEachOther(connection);
    }
    var watched =
        postgres()
            .texts(database, "select to_regclass('changed_after_completion')::text")
            .getFirst();
    if (watched != null) {
      assertThat(number("select count(*) from changed_after_completion")).isZero();
    }
  }

  /** Checks that the rows of runs in any database agree with each other. */
  static void assertRowsAgreeWithEachOther(Connection connection) throws SQLException {
    var contradictions =
        Map.of(
            "a completed run with an open task",
            """
            select count(*) from storage_connection_run r
            join storage_connection_run_task t using (imodel_id, run_id)
            where r.state = 'Completed' and t.state <> 'Completed'
            """,
            "a completed run that is live",
            """
            select count(*) from storage_connection_run r
            join storage_connection_live_run l using (imodel_id, run_id)
            where r.state = 'Completed'
            """,
            "an open run that is not live",
            """
            select count(*) from storage_connection_run r
            where r.state <> 'Completed' and not exists
            (select 1 from storage_connection_live_run l where l.run_id = r.run_id)
            """,
            "an open run that no worker will execute",
            """
            select count(*) from storage_connection_run r
            where r.state <> 'Completed' and not exists
            (select 1 from storage_connection_run_execution e
             where e.task_instance like '%' || r.run_id)
            """,
            "a connection whose last run is not its newest one",
            """
            select count(*) from storage_connection c
            where c.last_run_id is distinct from
            (select run_id from storage_connection_run r
             where r.imodel_id = c.imodel_id and r.connection_id = c.connection_id
             order by started_at desc, run_id desc limit 1)
            """);
    try (var statement = connection.createStatement()) {
      for (var contradiction : contradictions.entrySet()) {
        try (var rows = statement.executeQuery(contradiction.getValue())) {
          rows.next();
          assertThat(rows.getLong(1)).as(contradiction.getKey()).isZero();
        }
      }
    }
  }

  /** Waits until no completed run is queued: a worker removes it right after it is completed. */
  void awaitNoExecutionOfACompletedRun() throws InterruptedException {
    Await.until(
        PATIENCE,
        "no completed run is in the queue",
        () ->
            number(
                    """
                    select count(*) from storage_connection_run_execution e
                    join storage_connection_run r on e.task_instance like '%' || r.run_id
                    where r.state = 'Completed'
                    """)
                == 0);
  }

  /** Waits until runs are completed. */
  static void awaitCompleted(RunClient client, List<String> runs) throws InterruptedException {
    Await.until(PATIENCE, "the runs are completed", () -> client.open(runs.stream()).isEmpty());
  }
}
