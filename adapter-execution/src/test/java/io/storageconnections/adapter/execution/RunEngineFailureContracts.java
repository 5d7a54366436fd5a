package io.storageconnections.adapter.execution;

import static io.storageconnections.adapter.execution.RecordedRuns.untilStopped;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.run.ExecuteRun.Done;
import io.storageconnections.application.run.ExecuteRun.Requeue;
import io.storageconnections.application.run.ExecuteRun.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** What engines promise when nodes and the database fail, on every database. */
abstract class RunEngineFailureContracts extends RunEngineShutdownContracts {

  private static final Duration HEARTBEAT = Duration.ofMillis(400);

  @Test
  void a_node_that_is_cut_off_has_stopped_when_another_one_continues_its_runs() {
    try (var log = new Log()) {
      var events = new ConcurrentHashMap<String, Long>();
      var runs =
          new RecordedRuns((run, worker) -> {
            if (worker.node().equals("b")) {
              events.put(run + " begun by b", System.nanoTime());
              return new Done();
            }
            var next = untilStopped(worker);
            events.put(run + " stopped by a", System.nanoTime());
            return next;
          });
      var watched = new WatchedDataSource(database());
      var lost = new LongAdder();
      var cutOff =
          started(engine("a", runs, watched).heartbeat(HEARTBEAT).onLeaseLost(lost::increment));
      var queued = Queue.newRuns(3);
      queue.enqueueAll(queued);
      Await.until("all are executed", () -> runs.executingNow() == 3);
      started(
          engine("b", runs)
              .heartbeat(HEARTBEAT)
              .onLeaseLost(() -> {
                throw new AssertionError("b has lost no lease");
              }));

      watched.cutOff();
      Await.until("a notices the outage", () -> !cutOff.reachesQueue());
      awaitEmptyQueue();
      Await.until("a reports the lost leases", () -> lost.sum() == 3);

      assertThat(runs.violations()).isEmpty();
      assertThat(queued)
          .allSatisfy(run -> {
            assertThat(runs.workersOf(run)).extracting(Worker::node).containsExactly("a", "b");
            assertThat(events.get(run + " stopped by a"))
                .isLessThan(events.get(run + " begun by b"));
          });

      watched.restore();
      var polls = watched.statements("skip locked");
      Await.until("a polls again", () -> watched.statements("skip locked") > polls);
      Await.until("a notices the end of the outage", cutOff::reachesQueue);
      assertThat(log.stackTraces()).isEmpty();
      assertThat(log.complaints())
          .filteredOn(line -> line.contains("does not reach the queue"))
          .hasSize(1);
    }
  }

  @Test
  void a_worker_whose_run_was_taken_over_stops_and_changes_nothing() {
    try (var log = new Log()) {
      var release = new CountDownLatch(1);
      var runs =
          new RecordedRuns((run, worker) -> {
            if (worker.fence() == 2) {
              release.await();
            }
            return new Done();
          });
      var watched = new WatchedDataSource(database());
      var engine = started(engine("a", runs, watched).missedHeartbeats(1000));
      var run = Queue.newRun();
      queue.enqueue(run);
      Await.until("the run is executed", () -> runs.executingNow() == 1);

      // As another node does that believes the first one dead.
      queue.execute("update " + Queue.TABLE + " set picked = true, picked_by = 'b', version = 4");
      Await.until("the lease has ended", () -> runs.workersOf(run).getFirst().lease().mustStop());
      release.countDown();
      Await.until("the worker has ended", () -> runs.executingNow() == 0);
      Await.until("it tried to remove the run", () -> watched.statements("delete from") == 1);
      engine.close();

      assertThat(queue.runs()).containsExactly(run);
      assertThat(queue.number("select version from " + Queue.TABLE)).isEqualTo(4);
      assertThat(log.stackTraces()).isEmpty();
    }
  }

  @Test
  void a_worker_whose_run_was_deleted_stops() {
    try (var log = new Log()) {
      var runs =
          new RecordedRuns((run, worker) -> {
            untilStopped(worker);
            return worker.node().equals("a") ? new Requeue(Instant.EPOCH) : new Done();
          });
      started(engine("a", runs).missedHeartbeats(1000));
      queue.enqueue(Queue.newRun());
      Await.until("the run is executed", () -> runs.executingNow() == 1);

      queue.execute("delete from " + Queue.TABLE);

      Await.until("the worker has ended", () -> runs.executingNow() == 0);
      assertThat(queue.size()).isZero();
      assertThat(log.stackTraces()).isEmpty();
    }
  }

  @Test
  void the_runs_of_a_dead_node_are_continued_although_it_never_comes_back() {
    var runs = new RecordedRuns((run, worker) -> new Done());
    var run = Queue.newRun();
    queue.enqueue(run);
    queue.execute(
        "update "
            + Queue.TABLE
            + " set picked = true, picked_by = 'dead', version = 2,"
            + " last_heartbeat = current_timestamp");

    started(engine("a", runs).heartbeat(Duration.ofMillis(100)));
    started(engine("b", runs).heartbeat(Duration.ofMillis(100)));

    awaitEmptyQueue();
    assertThat(runs.workersOf(run)).extracting(Worker::fence).containsExactly(4L);
  }

  @Test
  void an_engine_starts_although_the_database_does_not_answer_yet() {
    try (var log = new Log()) {
      var runs = new RecordedRuns((run, worker) -> new Done());
      queue.enqueue(Queue.newRun());
      var watched = new WatchedDataSource(database());
      watched.cutOff();
      started(engine("a", runs, watched));
      Await.until("the engine complains", () -> !log.complaints().isEmpty());

      watched.restore();

      awaitEmptyQueue();
      assertThat(log.complaints())
          .singleElement()
          .asString()
          .startsWith("WARN Node a does not reach the queue of runs");
    }
  }

  @Test
  void an_engine_that_is_cut_off_closes() {
    var runs = new RecordedRuns((run, worker) -> untilStopped(worker));
    var watched = new WatchedDataSource(database());
    var engine = started(engine("a", runs, watched));
    queue.enqueue(Queue.newRun());
    Await.until("the run is executed", () -> runs.executingNow() == 1);

    watched.cutOff();
    engine.close();

    assertThat(LiveThreads.ofEngines()).isEmpty();
    assertThat(queue.size()).isOne();
  }
}
