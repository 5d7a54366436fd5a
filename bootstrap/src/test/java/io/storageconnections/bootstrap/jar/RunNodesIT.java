package io.storageconnections.bootstrap.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.storageconnections.bootstrap.fixture.Await;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Runs on several nodes of one database: ordinary work, and requests at the same time. After each
 * test, the rows of runs must agree with each other.
 */
@Tag("long")
final class RunNodesIT {

  @RegisterExtension static final RunCluster cluster = new RunCluster();

  @AfterEach
  void rowsAgreeWithEachOther() throws Exception {
    cluster.rowsAgreeWithEachOther();
  }

  @Test
  void a_run_is_executed_by_another_node_and_visible_at_once_everywhere() throws Exception {
    var executing = cluster.serve();
    var serving = RunCluster.client(cluster.serveWithoutWorkers());
    var other = RunCluster.client(executing);
    var connection = serving.connection();
    var run = serving.started(connection);
    assertThat(other.get(run)).contains("\"id\":\"" + run.replaceAll(".*/", ""));
    assertThat(other.api().get(other.api().url() + connection.path()).body())
        .contains("lastRun")
        .contains(run);
    Await.until(RunCluster.PATIENCE, "the run is completed", () -> serving.isCompleted(run));
    assertThat(serving.state(run)).isEqualTo("Completed Success");
    cluster.awaitNoExecutionOfACompletedRun();
  }

  @Test
  void of_64_simultaneous_starts_on_two_nodes_one_succeeds() throws Exception {
    var nodes = List.of(RunCluster.client(cluster.serve()), RunCluster.client(cluster.serve()));
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
        Await.until(
            RunCluster.PATIENCE, "the run is cancelled", () -> nodes.getFirst().isCompleted(run));
      }
    }
  }

  @Test
  void a_cancelled_run_never_leaves_this_result() throws Exception {
    var executing = RunCluster.client(cluster.serve());
    var serving = RunCluster.client(cluster.serveWithoutWorkers());
    var hanging = serving.connection();
    serving.script(hanging.file(), "{\"do\": \"hang\"}");
    var waiting = serving.connection();
    serving.script(waiting.file(), "{\"do\": \"fail\", \"times\": 99, \"error\": \"LockError\"}");
    var runs = List.of(serving.started(hanging), serving.started(waiting));
    Await.until(
        RunCluster.PATIENCE,
        "executing",
        () -> serving.state(runs.getFirst()).startsWith("Executing"));
    Await.until(
        RunCluster.PATIENCE,
        "waiting for a retry",
        () -> serving.state(runs.getLast()).startsWith("WaitingToRetry"));
    for (var run : runs) {
      assertThat(serving.cancel(run).statusCode()).isEqualTo(202);
      assertThat(serving.cancel(run).statusCode()).isIn(200, 202);
      Await.until(RunCluster.PATIENCE, "cancelled", () -> serving.isCompleted(run));
    }
    cluster.awaitNoExecutionOfACompletedRun();
    // Longer than the backoff of one second, after which a run that was not cancelled would go on.
    TimeUnit.SECONDS.sleep(2);
    for (var run : runs) {
      assertThat(executing.state(run)).isEqualTo("Completed Cancelled");
      assertThat(serving.cancel(run).statusCode()).isEqualTo(200);
    }
  }

  // ---- races -----------------------------------------------------------------------------------

  /** Sends two requests at the same time, and returns the answers. */
  private static List<HttpResponse<String>> together(
      Callable<HttpResponse<String>> first, Callable<HttpResponse<String>> second)
      throws Exception {
    var barrier = new CyclicBarrier(2);
    var requests = new ArrayList<Callable<HttpResponse<String>>>();
    for (var request : List.of(first, second)) {
      requests.add(() -> {
        barrier.await();
        return request.call();
      });
    }
    try (var threads = Executors.newFixedThreadPool(2)) {
      var answers = new ArrayList<HttpResponse<String>>();
      for (var answer : threads.invokeAll(requests)) {
        answers.add(answer.get());
      }
      return answers;
    }
  }

  @Test
  void a_connection_is_either_deleted_or_started() throws Exception {
    var starting = RunCluster.client(cluster.serve());
    var deleting = RunCluster.client(cluster.serve());
    starting.script("{\"do\": \"hang\"}");
    for (int round = 0; round < 25; round++) {
      var connection = starting.connection();
      var answers =
          together(
              () -> starting.start(connection),
              () -> deleting.api().delete(deleting.api().url() + connection.path()));
      var start = answers.getFirst();
      var deletion = answers.getLast();
      if (start.statusCode() == 202) {
        assertThat(deletion.statusCode()).as(deletion.body()).isEqualTo(409);
        assertThat(starting.cancel(RunClient.path(start)).statusCode()).isIn(200, 202);
      } else {
        assertThat(start.statusCode()).as(start.body()).isEqualTo(404);
        assertThat(deletion.statusCode()).isEqualTo(204);
      }
    }
    Await.until(
        RunCluster.PATIENCE,
        "no run is live",
        () -> cluster.number("select count(*) from storage_connection_live_run") == 0);
    cluster.awaitNoExecutionOfACompletedRun();
  }

  @Test
  void a_cancel_comes_before_the_end_of_a_run_or_after_it() throws Exception {
    var executing = RunCluster.client(cluster.serve());
    var cancelling = RunCluster.client(cluster.serveWithoutWorkers());
    executing.script("{\"do\": \"slow\", \"seconds\": 0.1}");
    int cancelled = 0;
    for (int round = 0; round < 25; round++) {
      var run = executing.started(executing.connection());
      TimeUnit.MILLISECONDS.sleep(round * 10L);
      var answer = cancelling.cancel(run);
      assertThat(answer.statusCode()).as(answer.body()).isIn(200, 202);
      Await.until(RunCluster.PATIENCE, "completed", () -> executing.isCompleted(run));
      if (answer.statusCode() == 202) {
        cancelled++;
        assertThat(executing.state(run)).isEqualTo("Completed Cancelled");
      } else {
        assertThat(executing.state(run)).isEqualTo("Completed Success");
      }
    }
    assertThat(cancelled).isBetween(1, 24);
    cluster.awaitNoExecutionOfACompletedRun();
  }

  @Test
  void of_a_retry_and_a_start_at_the_same_time_one_succeeds() throws Exception {
    var retrying = RunCluster.client(cluster.serve());
    var starting = RunCluster.client(cluster.serve());
    for (int round = 0; round < 15; round++) {
      var connection = retrying.connection();
      retrying.script(connection.file(), "{\"do\": \"fail\", \"error\": \"UnsupportedFile\"}");
      var failed = retrying.started(connection);
      Await.until(RunCluster.PATIENCE, "failed", () -> retrying.isCompleted(failed));
      retrying.script(connection.file(), "{\"do\": \"hang\"}");
      var answers = together(() -> retrying.retry(failed), () -> starting.start(connection));
      assertThat(answers).extracting(HttpResponse::statusCode).isSubsetOf(202, 303, 409);
      var winners = answers.stream().filter(answer -> answer.statusCode() == 202).toList();
      assertThat(winners).hasSize(1);
      assertThat(retrying.cancel(RunClient.path(winners.getFirst())).statusCode()).isIn(200, 202);
    }
    Await.until(
        RunCluster.PATIENCE,
        "no run is live",
        () -> cluster.number("select count(*) from storage_connection_live_run") == 0);
    cluster.awaitNoExecutionOfACompletedRun();
  }

  // ---- other operations and poolers ------------------------------------------------------------

  @Test
  void a_connection_is_deleted_only_when_its_run_is_completed() throws Exception {
    var node = RunCluster.client(cluster.serve());
    var connection = node.connection();
    node.script(connection.file(), "{\"do\": \"hang\"}");
    var run = node.started(connection);
    var refused = node.api().delete(node.api().url() + connection.path());
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains("ConnectionAlreadyInUse").contains(run);
    assertThat(node.cancel(run).statusCode()).isEqualTo(202);
    Await.until(RunCluster.PATIENCE, "cancelled", () -> node.isCompleted(run));
    assertThat(node.api().delete(node.api().url() + connection.path()).statusCode()).isEqualTo(204);
    assertThat(node.api().get(node.api().url() + run).statusCode()).isEqualTo(404);
  }

  @Test
  void nodes_may_execute_runs_through_a_pgbouncer_in_transaction_mode() throws Exception {
    var program = PgBouncerProcess.program();
    assumeTrue(program.isPresent(), "PgBouncer is not installed");
    try (var bouncer =
        PgBouncerProcess.start(program.get(), cluster.folder(), cluster.postgres().port())) {
      // As in NodesIT: prepared statements belong to one connection of the pooler.
      var url = bouncer.url(cluster.database()) + "&prepareThreshold=0";
      var nodes =
          List.of(
              RunCluster.client(cluster.serve(Map.of("DATABASE_URL", url))),
              RunCluster.client(cluster.serve(Map.of("DATABASE_URL", url))));
      cluster.watchCompletedTasks();
      var runs = new ArrayList<String>();
      for (int i = 0; i < 100; i++) {
        runs.add(nodes.get(i % 2).started(nodes.get(i % 2).connection()));
      }
      Await.until(
          RunCluster.PATIENCE,
          "every run is completed",
          () -> nodes.getFirst().open(runs.stream()).isEmpty());
      assertThat(runs)
          .allSatisfy(
              run -> assertThat(nodes.getFirst().state(run)).isEqualTo("Completed Success"));
      cluster.awaitNoExecutionOfACompletedRun();
    }
  }
}
