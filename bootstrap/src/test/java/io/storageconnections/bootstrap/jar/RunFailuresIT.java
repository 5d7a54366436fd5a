package io.storageconnections.bootstrap.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.storageconnections.bootstrap.fixture.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nodes are killed, stopped and cut off while they start and execute runs. Every run is completed
 * by another node, or was never acknowledged. After each test, the rows of runs must agree with
 * each other.
 */
@Tag("long")
final class RunFailuresIT {

  @RegisterExtension static final RunCluster cluster = new RunCluster();

  private final Random random = new Random(20261126);

  @AfterEach
  void rowsAgreeWithEachOther() throws Exception {
    cluster.rowsAgreeWithEachOther();
  }

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
    var nodes = new ArrayList<>(Arrays.asList(cluster.serve(), cluster.serve()));
    var first = RunCluster.client(nodes.getFirst());
    RunCluster.client(nodes.getLast());
    cluster.watchCompletedTasks();
    first.script("{\"do\": \"slow\", \"seconds\": 0.3}");
    var resumed = new ArrayList<Long>();
    var all = new Load();
    try {
      for (var node : nodes) {
        all.add(RunCluster.client(node));
        all.add(RunCluster.client(node));
      }
      for (int kill = 0; kill < kills; kill++) {
        var before = all.acknowledged.size();
        Await.until(
            RunCluster.PATIENCE,
            "more runs are started",
            () -> all.acknowledged.size() > before + 10);
        TimeUnit.MILLISECONDS.sleep(random.nextInt(400));
        var victim = nodes.remove(random.nextInt(nodes.size()));
        var survivor = RunCluster.client(nodes.getFirst());
        victim.kill();
        var killed = System.nanoTime();
        var executing =
            cluster
                .postgres()
                .texts(
                    cluster.database(),
                    """
                    select run_id::text from storage_connection_run
                    where state in ('Executing', 'WaitingToExecute')
                    """);
        for (var run : executing) {
          Await.until(
              RunCluster.PATIENCE,
              "the run is completed",
              () -> cluster.isCompletedInDatabase(run));
          if (cluster.number(
                  "select attempts from storage_connection_run_task where run_id = '" + run + "'")
              > 1) {
            resumed.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killed));
          }
        }
        nodes.add(cluster.serve());
        var replacement = RunCluster.client(nodes.getLast());
        all.add(replacement);
        all.add(replacement);
        assertThat(survivor.api().get(survivor.api().url() + "/health/ready").statusCode())
            .isEqualTo(200);
      }
    } finally {
      all.stop();
    }
    assertThat(all.wrong).isEmpty();
    var survivor = RunCluster.client(nodes.getFirst());
    Await.until(
        RunCluster.PATIENCE,
        "every acknowledged run is completed",
        () -> survivor.open(all.acknowledged.stream()).isEmpty());
    assertThat(all.acknowledged)
        .allSatisfy(run -> assertThat(survivor.state(run)).isEqualTo("Completed Success"));
    cluster.awaitNoExecutionOfACompletedRun();
    assertThat(cluster.number("select count(*) from storage_connection_live_run")).isZero();
    System.out.printf(
        "%d kills, %d runs acknowledged, 0 lost, %d resumed, the slowest after %d ms%n",
        kills,
        all.acknowledged.size(),
        resumed.size(),
        resumed.stream().mapToLong(Long::longValue).max().orElse(0));
  }

  @Test
  void a_node_that_was_stopped_beyond_its_lease_changes_nothing_and_works_on() throws Exception {
    var stopped = cluster.serve();
    var client = RunCluster.client(stopped);
    cluster.watchCompletedTasks();
    var connection = client.connection();
    client.script(connection.file(), "{\"do\": \"slow\", \"seconds\": 5}");
    var run = client.started(connection);
    Await.until(RunCluster.PATIENCE, "executing", () -> client.state(run).startsWith("Executing"));
    RunCluster.signal("STOP", stopped);
    var other = RunCluster.client(cluster.serve());
    other.script(connection.file(), "{\"do\": \"succeed\"}");
    Await.until(
        RunCluster.PATIENCE, "another node completes the run", () -> other.isCompleted(run));
    var before = other.get(run);
    RunCluster.signal("CONT", stopped);
    var next = client.connection();
    var nextRun = client.started(next);
    Await.until(
        RunCluster.PATIENCE, "the next run is completed", () -> client.isCompleted(nextRun));
    assertThat(other.get(run)).isEqualTo(before).contains("\"retryAttempts\":1");
    assertThat(stopped.isAlive()).isTrue();
    cluster.awaitNoExecutionOfACompletedRun();
  }

  @Test
  void a_node_whose_database_does_not_answer_loses_its_run() throws Exception {
    try (var proxy = PacketDroppingProxy.before(cluster.postgres().port())) {
      var url =
          cluster
              .postgres()
              .url(cluster.database())
              .replace(":" + cluster.postgres().port(), ":" + proxy.port());
      var cutOff = RunCluster.client(cluster.serve(Map.of("DATABASE_URL", url)));
      var connection = cutOff.connection();
      cutOff.script(connection.file(), "{\"do\": \"hang\"}");
      var run = cutOff.started(connection);
      Await.until(
          RunCluster.PATIENCE, "executing", () -> cutOff.state(run).startsWith("Executing"));
      var other = RunCluster.client(cluster.serve());
      other.script(connection.file(), "{\"do\": \"succeed\"}");
      proxy.startDropping();
      Await.until(
          RunCluster.PATIENCE, "another node completes the run", () -> other.isCompleted(run));
      var before = other.get(run);
      proxy.stopDropping();
      Await.until(
          RunCluster.PATIENCE,
          "the node serves again",
          () -> {
            try {
              return cutOff.api().get(cutOff.api().url() + "/health/ready").statusCode() == 200;
            } catch (UncheckedIOException noAnswer) {
              return false;
            }
          });
      var next = cutOff.started(cutOff.connection());
      Await.until(RunCluster.PATIENCE, "the next run is completed", () -> other.isCompleted(next));
      assertThat(other.get(run)).isEqualTo(before);
      cluster.awaitNoExecutionOfACompletedRun();
    }
  }

  @Test
  void runs_go_on_after_postgresql_was_killed() throws Exception {
    var node = RunCluster.client(cluster.serve());
    cluster.watchCompletedTasks();
    node.script("{\"do\": \"slow\", \"seconds\": 0.5}");
    var runs = new ArrayList<String>();
    for (int i = 0; i < 8; i++) {
      runs.add(node.started(node.connection()));
    }
    cluster.postgres().kill();
    TimeUnit.MILLISECONDS.sleep(500);
    cluster.postgres().startAgain();
    Await.until(
        RunCluster.PATIENCE,
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
    cluster.awaitNoExecutionOfACompletedRun();
  }

  @Test
  void a_node_that_is_stopped_hands_its_run_over_without_counting_the_attempt() throws Exception {
    var leaving = cluster.serve();
    var client = RunCluster.client(leaving);
    var connection = client.connection();
    client.script(connection.file(), "{\"do\": \"hang\"}");
    var run = client.started(connection);
    Await.until(RunCluster.PATIENCE, "executing", () -> client.state(run).startsWith("Executing"));
    var other = RunCluster.client(cluster.serve());
    other.script(connection.file(), "{\"do\": \"succeed\"}");
    leaving.terminate();
    Await.until(
        RunCluster.PATIENCE, "another node completes the run", () -> other.isCompleted(run));
    assertThat(other.state(run)).isEqualTo("Completed Success");
    assertThat(other.get(run)).contains("\"retryAttempts\":0");
    assertThat(leaving.exitCode()).isIn(0, 143);
    cluster.awaitNoExecutionOfACompletedRun();
  }

  // ---- killed between two statements -----------------------------------------------------------

  /** A statement that the database holds, so that its node is killed before it has an answer. */
  record HeldStatement(String table, String statement, String condition) {

    /** Adds a trigger that waits for a lock, which the test has. */
    void hold() throws SQLException {
      cluster
          .postgres()
          .execute(
              cluster.database(),
              """
              create function wait_for_test() returns trigger language plpgsql as $$
              begin
                perform pg_advisory_xact_lock_shared(1);
                return coalesce(new, old);
              end $$
              """,
              """
              create trigger wait_for_test before %s on %s
              for each row %s execute function wait_for_test()
              """
                  .formatted(
                      statement, table, condition.isEmpty() ? "" : "when (" + condition + ")"));
    }

    private static boolean isWaiting() {
      return cluster.number(
              "select count(*) from pg_locks where locktype = 'advisory' and not granted")
          > 0;
    }

    private static boolean isRunning() {
      return cluster.number(
              """
              select count(*) from pg_stat_activity
              where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'
              """)
          > 0;
    }

    /** Kills a node while the database holds this statement, then lets the database go on. */
    void killDuring(JarProcess node, Connection lock) throws Exception {
      Await.until(RunCluster.PATIENCE, "the statement is held: " + this, HeldStatement::isWaiting);
      node.kill();
      lock.rollback();
      Await.until(RunCluster.PATIENCE, "no statement of the killed node runs", () -> !isRunning());
    }

    @Override
    public String toString() {
      return statement + " of " + table + (condition.isEmpty() ? "" : " when " + condition);
    }
  }

  static Stream<HeldStatement> statementsOfAStart() {
    return Stream.of(
        new HeldStatement("storage_connection_run", "insert", ""),
        new HeldStatement("storage_connection_run_task", "insert", ""),
        new HeldStatement("storage_connection_live_run", "insert", ""),
        new HeldStatement(
            "storage_connection", "update", "new.last_run_id is distinct from old.last_run_id"),
        new HeldStatement("storage_connection_run_execution", "insert", ""));
  }

  @ParameterizedTest
  @MethodSource("statementsOfAStart")
  void a_start_that_a_kill_interrupts_leaves_nothing_behind(HeldStatement statement)
      throws Exception {
    var killed = cluster.serveWithoutWorkers();
    var starting = RunCluster.client(killed);
    var connection = starting.connection();
    try (var lock = cluster.postgres().connect(cluster.database())) {
      holdLock(lock);
      statement.hold();
      var start =
          Thread.startVirtualThread(() -> {
            try {
              starting.start(connection);
            } catch (UncheckedIOException noAnswer) {
              // The node was killed.
            }
          });
      statement.killDuring(killed, lock);
      start.join();
    }
    assertThat(cluster.number("select count(*) from storage_connection_run")).isZero();
    assertThat(cluster.number("select count(*) from storage_connection_run_execution")).isZero();
    var other = RunCluster.client(cluster.serve());
    var run = other.started(connection);
    Await.until(RunCluster.PATIENCE, "the run is completed", () -> other.isCompleted(run));
    assertThat(other.state(run)).isEqualTo("Completed Success");
  }

  static Stream<HeldStatement> statementsOfAnExecution() {
    return Stream.of(
        new HeldStatement("storage_connection_run_execution", "update", "new.picked"),
        new HeldStatement("storage_connection_run", "update", "new.state = 'Executing'"),
        new HeldStatement("storage_connection_run_task", "update", "new.state = 'Executing'"),
        new HeldStatement("storage_connection_run_task", "update", "new.state = 'Completed'"),
        new HeldStatement("storage_connection_run", "update", "new.state = 'Completed'"),
        new HeldStatement("storage_connection_live_run", "delete", ""),
        new HeldStatement("storage_connection_run_execution", "delete", ""));
  }

  @ParameterizedTest
  @MethodSource("statementsOfAnExecution")
  void a_run_goes_on_at_another_node_after_a_kill_during(HeldStatement statement) throws Exception {
    var killed = cluster.serve();
    var other = RunCluster.client(cluster.serveWithoutWorkers());
    var connection = other.connection();
    RunCluster.client(killed);
    cluster.watchCompletedTasks();
    String run;
    try (var lock = cluster.postgres().connect(cluster.database())) {
      holdLock(lock);
      statement.hold();
      run = other.started(connection);
      statement.killDuring(killed, lock);
    }
    RunCluster.client(cluster.serve());
    Await.until(RunCluster.PATIENCE, "the run is completed", () -> other.isCompleted(run));
    assertThat(other.state(run)).isEqualTo("Completed Success");
    cluster.awaitNoExecutionOfACompletedRun();
    var next = other.started(connection);
    Await.until(RunCluster.PATIENCE, "the next run is completed", () -> other.isCompleted(next));
  }

  private static void holdLock(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("select pg_advisory_xact_lock(1)");
    }
  }

  @Test
  void clocks_that_differ_by_four_minutes_neither_delay_nor_repeat_a_run() throws Exception {
    var library = faketime();
    assumeTrue(library.isPresent(), "faketime is not installed");
    var slow = RunCluster.client(serveAt(library.get(), "-120s"));
    var fast = RunCluster.client(serveAt(library.get(), "+120s"));
    cluster.watchCompletedTasks();
    slow.script("{\"do\": \"slow\", \"seconds\": 4}");
    // Longer than a lease, so that a node which judges by its own clock would take the run away.
    var runs = new ArrayList<String>();
    for (int i = 0; i < 4; i++) {
      runs.add(slow.started(slow.connection()));
      runs.add(fast.started(fast.connection()));
    }
    RunCluster.awaitCompleted(slow, runs);
    for (var run : runs) {
      assertThat(fast.state(run)).isEqualTo("Completed Success");
      assertThat(fast.get(run)).contains("\"retryAttempts\":0");
    }
    cluster.awaitNoExecutionOfACompletedRun();
  }

  /** Starts a node whose clock differs from that of the machine. */
  private static JarProcess serveAt(Path library, String difference) throws IOException {
    var environment = new HashMap<>(cluster.settings(Map.of()));
    environment.put("LD_PRELOAD", library.toString());
    environment.put("FAKETIME", difference);
    environment.put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
    return cluster.add(JarProcess.run(cluster.folder(), environment, "serve"));
  }

  /** Returns the library that changes the clock of a process; empty if it is not installed. */
  private static Optional<Path> faketime() throws IOException {
    try (var libraries =
        Files.find(
            Path.of("/usr/lib"),
            3,
            (path, attributes) -> path.endsWith("faketime/libfaketimeMT.so.1"))) {
      return libraries.findFirst();
    }
  }
}
