package io.storageconnections.bootstrap.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.storageconnections.bootstrap.fixture.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs on several processes of the jar and one PostgreSQL database. Nodes are killed, stopped and
 * cut off while they work. After each test, the rows of runs must agree with each other.
 */
@Tag("long")
final class RunNodesIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private static Path common;
  private static PostgresProcess postgres;

  private final Random random = new Random(20261126);
  private String database;
  @TempDir private Path folder;
  @RegisterExtension final JarProcesses jars = new JarProcesses();

  @BeforeAll
  static void start() throws IOException {
    postgres = PostgresProcess.startedIn(common);
  }

  @AfterAll
  static void stop() throws Exception {
    postgres.close();
  }

  @BeforeEach
  void createDatabase() throws SQLException {
    database = postgres.emptyDatabase();
  }

  private JarProcess serve(String databaseUrl, Map<String, String> more) throws IOException {
    var settings =
        new HashMap<>(
            Map.of(
                "STORAGE_CONNECTIONS_DATABASE_URL",
                databaseUrl,
                "STORAGE_CONNECTIONS_HTTP_PORT",
                "0",
                "STORAGE_CONNECTIONS_PUBLIC_URL",
                "https://nodes.example.com",
                "STORAGE_CONNECTIONS_BLOB_FOLDER",
                folder.resolve("blobs").toString(),
                "STORAGE_CONNECTIONS_RATE_LIMIT_REQUESTS_PER_MINUTE",
                "0",
                "STORAGE_CONNECTIONS_RUNS_HEARTBEAT",
                "500ms",
                "STORAGE_CONNECTIONS_RUNS_MISSED_HEARTBEATS",
                "4",
                "STORAGE_CONNECTIONS_RUNS_POLLING_INTERVAL",
                "200ms",
                "STORAGE_CONNECTIONS_RUNS_BACKOFF",
                "1s",
                "STORAGE_CONNECTIONS_RUNS_ATTEMPTS",
                "99"));
    settings.putAll(more);
    return jars.add(JarProcess.run(folder, settings, "serve"));
  }

  private JarProcess serve() throws IOException {
    return serve(postgres.url(database), Map.of());
  }

  /** Starts a node that only serves requests, so that other nodes execute the runs. */
  private JarProcess serveWithoutWorkers() throws IOException {
    return serve(postgres.url(database), Map.of("STORAGE_CONNECTIONS_RUNS_WORKERS", "0"));
  }

  private static RunClient client(JarProcess node) throws Exception {
    return new RunClient(node.client());
  }

  // ---- invariants ------------------------------------------------------------------------------

  /** Records each change of a completed task, which must never happen. */
  private void watchCompletedTasks() throws SQLException {
    postgres.execute(
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

  @AfterEach
  void rowsAgreeWithEachOther() throws Exception {
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
            """);
    for (var contradiction : contradictions.entrySet()) {
      assertThat(postgres.number(database, contradiction.getValue()))
          .as(contradiction.getKey())
          .isZero();
    }
  }

  /** Waits until no completed run is queued: a worker removes it right after it is completed. */
  private void awaitNoExecutionOfACompletedRun() throws InterruptedException {
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

  private long number(String query) {
    try {
      return postgres.number(database, query);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  // ---- ordinary work ---------------------------------------------------------------------------

  @Test
  void a_run_is_executed_by_another_node_and_visible_at_once_everywhere() throws Exception {
    var executing = serve();
    var serving = client(serveWithoutWorkers());
    var other = client(executing);
    var connection = serving.connection();
    var run = serving.started(connection);
    assertThat(other.get(run)).contains("\"id\":\"" + run.replaceAll(".*/", ""));
    assertThat(other.api().get(other.api().url() + connection.path()).body())
        .contains("lastRun")
        .contains(run);
    Await.until(PATIENCE, "the run is completed", () -> serving.isCompleted(run));
    assertThat(serving.state(run)).isEqualTo("Completed Success");
    awaitNoExecutionOfACompletedRun();
  }

  @Test
  void of_64_simultaneous_starts_on_two_nodes_one_succeeds() throws Exception {
    var nodes = List.of(client(serve()), client(serve()));
    nodes.getFirst().script("{\"do\": \"hang\"}");
    for (int round = 0; round < 5; round++) {
      var iModel = UUID.randomUUID();
      var connections =
          List.of(nodes.getFirst().connection(iModel), nodes.getLast().connection(iModel));
      var barrier = new CyclicBarrier(64);
      var starts = new ArrayList<Callable<HttpResponse<String>>>();
      for (int i = 0; i < 64; i++) {
        var node = nodes.get(i % 2);
        var connection = connections.get(i / 2 % 2);
        starts.add(() -> {
          barrier.await();
          return node.start(connection);
        });
      }
      try (var threads = Executors.newFixedThreadPool(64)) {
        var answers =
            threads.invokeAll(starts).stream()
                .map(future -> {
                  try {
                    return future.get();
                  } catch (Exception e) {
                    throw new AssertionError(e);
                  }
                })
                .toList();
        assertThat(answers).extracting(HttpResponse::statusCode).isSubsetOf(202, 303, 409);
        var winners = answers.stream().filter(answer -> answer.statusCode() == 202).toList();
        assertThat(winners).hasSize(1);
        var run = RunClient.path(winners.getFirst());
        assertThat(answers.stream().filter(answer -> answer.statusCode() == 303))
            .allMatch(answer -> RunClient.path(answer).equals(run));
        assertThat(answers.stream().filter(answer -> answer.statusCode() == 409))
            .allMatch(answer -> answer.body().contains(run.replaceAll(".*/", "")));
        assertThat(nodes.getFirst().cancel(run).statusCode()).isEqualTo(202);
        Await.until(PATIENCE, "the run is cancelled", () -> nodes.getFirst().isCompleted(run));
      }
    }
  }

  @Test
  void a_cancelled_run_never_leaves_this_result() throws Exception {
    var executing = client(serve());
    var serving = client(serveWithoutWorkers());
    var hanging = serving.connection();
    serving.script(hanging.file(), "{\"do\": \"hang\"}");
    var waiting = serving.connection();
    serving.script(waiting.file(), "{\"do\": \"fail\", \"times\": 99, \"error\": \"LockError\"}");
    var runs = List.of(serving.started(hanging), serving.started(waiting));
    Await.until(
        PATIENCE, "executing", () -> serving.state(runs.getFirst()).startsWith("Executing"));
    Await.until(
        PATIENCE,
        "waiting for a retry",
        () -> serving.state(runs.getLast()).startsWith("WaitingToRetry"));
    for (var run : runs) {
      assertThat(serving.cancel(run).statusCode()).isEqualTo(202);
      assertThat(serving.cancel(run).statusCode()).isIn(200, 202);
      Await.until(PATIENCE, "cancelled", () -> serving.isCompleted(run));
    }
    awaitNoExecutionOfACompletedRun();
    // Longer than the backoff of one second, after which a run that was not cancelled would go on.
    TimeUnit.SECONDS.sleep(2);
    for (var run : runs) {
      assertThat(executing.state(run)).isEqualTo("Completed Cancelled");
      assertThat(serving.cancel(run).statusCode()).isEqualTo(200);
    }
  }

  // ---- nodes that fail -------------------------------------------------------------------------

  /** Starts runs, one after the other, at whichever node answers. */
  private static final class Load {

    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();

    void add(RunClient node) {
      threads.add(
          Thread.startVirtualThread(() -> {
            try {
              while (!stopped.get()) {
                var answer = node.start(node.connection());
                switch (answer.statusCode()) {
                  case 202 -> acknowledged.add(RunClient.path(answer));
                  case 503 -> TimeUnit.MILLISECONDS.sleep(100);
                  default -> wrong.add(answer.statusCode() + answer.body());
                }
              }
            } catch (UncheckedIOException killed) {
              // The node was killed.
            } catch (AssertionError notCreated) {
              if (!String.valueOf(notCreated.getMessage()).contains("503")) {
                wrong.add(notCreated.toString());
              }
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }));
    }

    /** Stops to start runs, and waits until each thread has ended. */
    void stop() throws InterruptedException {
      stopped.set(true);
      for (var thread : threads) {
        thread.join(Duration.ofSeconds(60));
      }
    }
  }

  @Test
  void every_run_of_a_killed_node_is_completed_by_another_one() throws Exception {
    var kills = JarProcess.kills(4);
    var nodes = new ArrayList<>(Arrays.asList(serve(), serve()));
    var first = client(nodes.getFirst());
    client(nodes.getLast());
    watchCompletedTasks();
    first.script("{\"do\": \"slow\", \"seconds\": 0.3}");
    var resumed = new ArrayList<Long>();
    var all = new Load();
    try {
      for (var node : nodes) {
        all.add(client(node));
        all.add(client(node));
      }
      for (int kill = 0; kill < kills; kill++) {
        var before = all.acknowledged.size();
        Await.until(PATIENCE, "more runs are started", () -> all.acknowledged.size() > before + 10);
        TimeUnit.MILLISECONDS.sleep(random.nextInt(400));
        var victim = nodes.remove(random.nextInt(nodes.size()));
        var survivor = client(nodes.getFirst());
        victim.kill();
        var killed = System.nanoTime();
        var executing =
            postgres.texts(
                database,
                """
                select run_id::text from storage_connection_run
                where state in ('Executing', 'WaitingToExecute')
                """);
        for (var run : executing) {
          Await.until(PATIENCE, "the run is completed", () -> isCompletedInDatabase(run));
          if (number(
                  "select attempts from storage_connection_run_task where run_id = '" + run + "'")
              > 1) {
            resumed.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killed));
          }
        }
        nodes.add(serve());
        var replacement = client(nodes.getLast());
        all.add(replacement);
        all.add(replacement);
        assertThat(survivor.api().get(survivor.api().url() + "/health/ready").statusCode())
            .isEqualTo(200);
      }
    } finally {
      all.stop();
    }
    assertThat(all.wrong).isEmpty();
    var survivor = client(nodes.getFirst());
    Await.until(
        PATIENCE,
        "every acknowledged run is completed",
        () -> survivor.open(all.acknowledged.stream()).isEmpty());
    assertThat(all.acknowledged)
        .allSatisfy(run -> assertThat(survivor.state(run)).isEqualTo("Completed Success"));
    awaitNoExecutionOfACompletedRun();
    assertThat(number("select count(*) from changed_after_completion")).isZero();
    assertThat(number("select count(*) from storage_connection_live_run")).isZero();
    System.out.printf(
        "%d kills, %d runs acknowledged, 0 lost, %d resumed, the slowest after %d ms%n",
        kills,
        all.acknowledged.size(),
        resumed.size(),
        resumed.stream().mapToLong(Long::longValue).max().orElse(0));
  }

  private boolean isCompletedInDatabase(String run) {
    return number(
            "select count(*) from storage_connection_run where state = 'Completed' and run_id = '"
                + run
                + "'")
        == 1;
  }

  @Test
  void a_node_that_was_stopped_beyond_its_lease_changes_nothing_and_works_on() throws Exception {
    var stopped = serve();
    var client = client(stopped);
    watchCompletedTasks();
    var connection = client.connection();
    client.script(connection.file(), "{\"do\": \"slow\", \"seconds\": 5}");
    var run = client.started(connection);
    Await.until(PATIENCE, "executing", () -> client.state(run).startsWith("Executing"));
    signal("STOP", stopped);
    var other = client(serve());
    other.script(connection.file(), "{\"do\": \"succeed\"}");
    Await.until(PATIENCE, "another node completes the run", () -> other.isCompleted(run));
    var before = other.get(run);
    signal("CONT", stopped);
    var next = client.connection();
    var nextRun = client.started(next);
    Await.until(PATIENCE, "the next run is completed", () -> client.isCompleted(nextRun));
    assertThat(other.get(run)).isEqualTo(before).contains("\"retryAttempts\":1");
    assertThat(stopped.isAlive()).isTrue();
    awaitNoExecutionOfACompletedRun();
    assertThat(number("select count(*) from changed_after_completion")).isZero();
  }

  private static void signal(String name, JarProcess process) throws Exception {
    assertThat(
            new ProcessBuilder("kill", "-" + name, "" + process.pid())
                .inheritIO()
                .start()
                .waitFor())
        .isZero();
  }

  @Test
  void a_node_whose_database_does_not_answer_loses_its_run() throws Exception {
    try (var proxy = PacketDroppingProxy.before(postgres.port())) {
      var url = postgres.url(database).replace(":" + postgres.port(), ":" + proxy.port());
      var cutOff = client(serve(url, Map.of()));
      var connection = cutOff.connection();
      cutOff.script(connection.file(), "{\"do\": \"hang\"}");
      var run = cutOff.started(connection);
      Await.until(PATIENCE, "executing", () -> cutOff.state(run).startsWith("Executing"));
      var other = client(serve());
      other.script(connection.file(), "{\"do\": \"succeed\"}");
      proxy.startDropping();
      Await.until(PATIENCE, "another node completes the run", () -> other.isCompleted(run));
      var before = other.get(run);
      proxy.stopDropping();
      Await.until(
          PATIENCE,
          "the node serves again",
          () -> {
            try {
              return cutOff.api().get(cutOff.api().url() + "/health/ready").statusCode() == 200;
            } catch (UncheckedIOException noAnswer) {
              return false;
            }
          });
      var next = cutOff.started(cutOff.connection());
      Await.until(PATIENCE, "the next run is completed", () -> other.isCompleted(next));
      assertThat(other.get(run)).isEqualTo(before);
      awaitNoExecutionOfACompletedRun();
    }
  }

  @Test
  void runs_go_on_after_postgresql_was_killed() throws Exception {
    var node = client(serve());
    watchCompletedTasks();
    node.script("{\"do\": \"slow\", \"seconds\": 0.5}");
    var runs = new ArrayList<String>();
    for (int i = 0; i < 8; i++) {
      runs.add(node.started(node.connection()));
    }
    postgres.kill();
    TimeUnit.MILLISECONDS.sleep(500);
    postgres.startAgain();
    Await.until(
        PATIENCE,
        "every run is completed",
        () -> {
          try {
            return node.open(runs.stream()).isEmpty();
          } catch (AssertionError unavailable) {
            return false;
          }
        });
    for (var run : runs) {
      assertThat(node.state(run)).isEqualTo("Completed Success");
    }
    awaitNoExecutionOfACompletedRun();
    assertThat(number("select count(*) from changed_after_completion")).isZero();
  }

  @Test
  void a_node_that_is_stopped_hands_its_run_over_without_counting_the_attempt() throws Exception {
    var leaving = serve();
    var client = client(leaving);
    var connection = client.connection();
    client.script(connection.file(), "{\"do\": \"hang\"}");
    var run = client.started(connection);
    Await.until(PATIENCE, "executing", () -> client.state(run).startsWith("Executing"));
    var other = client(serve());
    other.script(connection.file(), "{\"do\": \"succeed\"}");
    leaving.terminate();
    Await.until(PATIENCE, "another node completes the run", () -> other.isCompleted(run));
    assertThat(other.state(run)).isEqualTo("Completed Success");
    assertThat(other.get(run)).contains("\"retryAttempts\":0");
    assertThat(leaving.exitCode()).isIn(0, 143);
    awaitNoExecutionOfACompletedRun();
  }

  @Test
  void a_connection_is_deleted_only_when_its_run_is_completed() throws Exception {
    var node = client(serve());
    var connection = node.connection();
    node.script(connection.file(), "{\"do\": \"hang\"}");
    var run = node.started(connection);
    var refused = node.api().delete(node.api().url() + connection.path());
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains("ConnectionAlreadyInUse").contains(run);
    assertThat(node.cancel(run).statusCode()).isEqualTo(202);
    Await.until(PATIENCE, "cancelled", () -> node.isCompleted(run));
    assertThat(node.api().delete(node.api().url() + connection.path()).statusCode()).isEqualTo(204);
    assertThat(node.api().get(node.api().url() + run).statusCode()).isEqualTo(404);
  }

  @Test
  void nodes_may_execute_runs_through_a_pgbouncer_in_transaction_mode() throws Exception {
    var program = PgBouncerProcess.program();
    assumeTrue(program.isPresent(), "PgBouncer is not installed");
    try (var bouncer = PgBouncerProcess.start(program.get(), folder, postgres.port())) {
      // As in NodesIT: prepared statements belong to one connection of the pooler.
      var url = bouncer.url(database) + "&prepareThreshold=0";
      var nodes = List.of(client(serve(url, Map.of())), client(serve(url, Map.of())));
      watchCompletedTasks();
      var runs = new ArrayList<String>();
      for (int i = 0; i < 100; i++) {
        runs.add(nodes.get(i % 2).started(nodes.get(i % 2).connection()));
      }
      Await.until(
          PATIENCE, "every run is completed", () -> nodes.getFirst().open(runs.stream()).isEmpty());
      assertThat(runs)
          .allSatisfy(
              run -> assertThat(nodes.getFirst().state(run)).isEqualTo("Completed Success"));
      awaitNoExecutionOfACompletedRun();
      assertThat(number("select count(*) from changed_after_completion")).isZero();
    }
  }
}
