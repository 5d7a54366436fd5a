package io.storageconnections.adapter.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.contract.RunQueueContract;
import io.storageconnections.application.port.RunQueue;
import io.storageconnections.application.run.ExecuteRun.Done;
import io.storageconnections.application.run.ExecuteRun.Requeue;
import io.storageconnections.application.run.ExecuteRun.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How engines execute runs while nothing fails, on every database. */
abstract class RunEngineContracts extends RunExecutionsContracts implements RunQueueContract {

  private static final Duration AN_HOUR = Duration.ofHours(1);

  @Override
  public RunQueue queue() {
    return started(engine("a", new RecordedRuns((run, worker) -> new Done())));
  }

  @Test
  void a_queued_run_is_executed_and_leaves_the_queue() {
    var runs = new RecordedRuns((run, worker) -> new Done());
    var run = Queue.newRun();
    started(engine("a", runs));

    queue.enqueue(run);

    awaitEmptyQueue();
    assertThat(runs.workersOf(run)).singleElement().extracting(Worker::node).isEqualTo("a");
  }

  @Test
  void one_worker_at_a_time_has_a_run_although_two_engines_poll_and_each_has_a_higher_fence() {
    var runs =
        new RecordedRuns((run, worker) -> {
          Thread.sleep(5);
          return worker.fence() < 6 ? new Requeue(Instant.EPOCH) : new Done();
        });
    var queued = Queue.newRuns(40);
    queue.enqueueAll(queued);
    started(engine("a", runs).workers(8));
    started(engine("b", runs).workers(8));

    awaitEmptyQueue();

    assertThat(runs.violations()).isEmpty();
    assertThat(queued)
        .allSatisfy(run ->
            assertThat(runs.workersOf(run)).extracting(Worker::fence).containsExactly(2L, 4L, 6L));
  }

  @Test
  void a_node_takes_only_what_it_has_workers_for() {
    var pickedAtMost = ConcurrentHashMap.<Integer>newKeySet();
    var runs =
        new RecordedRuns((run, worker) -> {
          pickedAtMost.add(queue.picked());
          Thread.sleep(2);
          return new Done();
        });
    queue.enqueueAll(Queue.newRuns(40));

    var engine = started(engine("a", runs).workers(3));
    Await.until(
        "the queue is empty",
        () -> {
          engine.wake();
          return queue.size() == 0;
        });

    assertThat(pickedAtMost).allSatisfy(picked -> assertThat(picked).isBetween(1, 3));
  }

  @Test
  void a_worker_goes_on_at_once_although_the_others_have_runs_that_take_long() {
    var release = new CountDownLatch(1);
    var slow = Queue.newRuns(3);
    var runs =
        new RecordedRuns((run, worker) -> {
          if (slow.contains(run)) {
            release.await();
          }
          return new Done();
        });
    slow.forEach(run -> queue.enqueue(run, 1, Instant.now()));
    queue.enqueueAll(Queue.newRuns(10));

    // It polls only once.
    started(engine("a", runs).workers(4).pollingInterval(AN_HOUR));

    Await.until("only the slow runs are left", () -> queue.size() == 3);
    release.countDown();
    awaitEmptyQueue();
  }

  @Test
  void an_engine_that_is_woken_looks_for_runs_at_once() {
    var runs = new RecordedRuns((run, worker) -> new Done());
    var watched = new WatchedDataSource(database());
    var engine = started(engine("a", runs, watched).pollingInterval(AN_HOUR));
    Await.until("the engine has polled", () -> watched.statements("skip locked") == 1);

    queue.enqueue(Queue.newRun());
    engine.wake();

    awaitEmptyQueue();
  }

  @Test
  void a_defect_does_not_lose_the_run() {
    try (var log = new Log()) {
      var runs =
          new RecordedRuns((run, worker) ->
              switch ((int) worker.fence()) {
                case 2 -> throw new IllegalStateException("planted");
                case 4 -> throw new StackOverflowError("planted");
                default -> new Done();
              });
      queue.enqueue(Queue.newRun());

      started(engine("a", runs));

      awaitEmptyQueue();
      assertThat(runs.order()).hasSize(3);
      assertThat(log.stackTraces()).hasSize(2);
    }
  }

  @Test
  void a_run_whose_worker_is_interrupted_is_executed_again() {
    var runs =
        new RecordedRuns((run, worker) -> {
          if (worker.fence() == 2) {
            Thread.currentThread().interrupt();
            Thread.sleep(1);
          }
          return new Done();
        });
    queue.enqueue(Queue.newRun());

    started(engine("a", runs));

    awaitEmptyQueue();
    assertThat(runs.order()).hasSize(2);
  }

  @Test
  void a_run_whose_worker_returns_interrupted_leaves_the_queue() {
    var runs =
        new RecordedRuns((run, worker) -> {
          Thread.currentThread().interrupt();
          return new Done();
        });
    queue.enqueue(Queue.newRun());

    started(engine("a", runs));

    awaitEmptyQueue();
    assertThat(runs.order()).hasSize(1);
  }

  @Test
  void executions_of_unknown_tasks_are_kept_and_do_not_disturb() {
    var runs = new RecordedRuns((run, worker) -> new Done());
    queue.execute(
        "insert into "
            + Queue.TABLE
            + " (task_name, task_instance, execution_time, picked, version, priority) values"
            + " ('other', '1', timestamp with time zone '2000-01-01 00:00:00+00', false, 1, 9)");
    var watched = new WatchedDataSource(database());
    started(engine("a", runs, watched).workers(1).heartbeat(Duration.ofMillis(100)));
    queue.enqueue(Queue.newRun());

    Await.until("the other task is left", () -> queue.size() == 1);
    var detections = watched.statements("last_heartbeat <=");
    Await.until(
        "unknown tasks were looked for",
        () -> watched.statements("last_heartbeat <=") >= detections + 2);
    assertThat(queue.size()).isOne();
  }

  @Test
  @Tag("long")
  void an_idle_engine_sends_at_most_three_statements_per_second() {
    var runs = new RecordedRuns((run, worker) -> new Done());
    var watched = new WatchedDataSource(database());
    started(new RunEngineBuilder(pool(watched), clock -> runs));

    Await.pause(Duration.ofSeconds(20));

    assertThat(watched.calls()).filteredOn(call -> call.contains(" ")).hasSizeBetween(15, 60);
  }
}
