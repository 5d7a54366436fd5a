package io.storageconnections.adapter.execution;

import static io.storageconnections.adapter.execution.RecordedRuns.untilStopped;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.storageconnections.application.contract.RunQueueContract;
import io.storageconnections.application.port.RunQueue;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.run.ExecuteRun.Done;
import io.storageconnections.application.run.ExecuteRun.Requeue;
import io.storageconnections.application.run.ExecuteRun.Worker;
import io.storageconnections.domain.run.RunKey;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What engines promise while nothing fails, on every database. */
abstract class RunEngineContracts extends RunExecutionsContracts implements RunQueueContract {

  private static final Instant NOW = Instant.parse("2026-07-01T10:00:00Z");
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
  void runs_with_a_higher_priority_are_executed_first_and_equal_ones_in_their_order() {
    var runs = new RecordedRuns((run, worker) -> new Done());
    var queued = Queue.newRuns(6);
    queue.enqueue(queued.get(0), -5, NOW);
    queue.enqueue(queued.get(1), 0, NOW.plusSeconds(2));
    queue.enqueue(queued.get(2), 0, NOW.plusSeconds(1));
    queue.enqueue(queued.get(3), 7, NOW.plusSeconds(3));
    queue.enqueue(queued.get(4), -300, NOW);
    queue.enqueue(queued.get(5), 0, NOW.plusSeconds(4));

    started(engine("a", runs).workers(1).clock(new SetClock(NOW.plusSeconds(10))));

    awaitEmptyQueue();
    assertThat(runs.order())
        .containsExactly(
            queued.get(3),
            queued.get(2),
            queued.get(1),
            queued.get(5),
            queued.get(0),
            queued.get(4));
  }

  @Test
  void a_run_that_is_put_back_keeps_its_place_before_those_that_were_queued_later() {
    var queued = Queue.newRuns(3);
    var first = queued.getFirst();
    var putBack = new AtomicBoolean();
    var runs =
        new RecordedRuns((run, worker) ->
            run.equals(first) && putBack.compareAndSet(false, true)
                ? new Requeue(NOW.plusSeconds(20))
                : new Done());
    for (int i = 0; i < queued.size(); i++) {
      queue.enqueue(queued.get(i), 0, NOW.plusSeconds(i));
    }

    started(engine("a", runs).workers(1).clock(new SetClock(NOW.plusSeconds(20))));

    awaitEmptyQueue();
    assertThat(runs.order()).containsExactly(first, first, queued.get(1), queued.get(2));
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
    while (queue.size() > 0) {
      engine.wake();
    }

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
  void waking_an_engine_that_is_not_started_or_closed_has_no_effect() {
    var runs = new RecordedRuns((run, worker) -> new Done());
    queue.enqueue(Queue.newRun());
    var engine = engine("a", runs).build();
    engine.wake();
    engine.close();
    engine.wake();
    engine.close();

    assertThat(queue.size()).isOne();
    assertThatThrownBy(engine::start).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_run_that_waits_is_not_executed_before_its_time() {
    var clock = new SetClock(NOW);
    var due = NOW.plusSeconds(30);
    var runs =
        new RecordedRuns(
            (run, worker) -> clock.instant().isBefore(due) ? new Requeue(due) : new Done());
    var run = Queue.newRun();
    queue.enqueue(run, 0, NOW);
    var watched = new WatchedDataSource(database());
    started(engine("a", runs, watched).clock(clock));
    Await.until("the run waits", () -> queue.executionTime(run).equals(due));

    clock.set(due.minusMillis(1));
    awaitPolls(watched);
    assertThat(runs.workersOf(run)).hasSize(1);

    clock.set(due);
    awaitEmptyQueue();
    assertThat(runs.workersOf(run)).hasSize(2);
  }

  @Test
  void a_run_that_failed_is_executed_again_at_once_and_later_if_it_fails_again() {
    try (var log = new Log()) {
      var clock = new SetClock(NOW);
      var runs =
          new RecordedRuns((run, worker) -> {
            if (worker.fence() < 8) {
              throw new StoreException("no answer", new IllegalStateException("planted"));
            }
            return new Done();
          });
      var run = Queue.newRun();
      queue.enqueue(run, 0, NOW);
      var watched = new WatchedDataSource(database());
      started(engine("a", runs, watched).clock(clock));

      Await.until("the run waits", () -> queue.executionTime(run).equals(NOW.plusSeconds(1)));
      awaitPolls(watched);
      assertThat(runs.workersOf(run)).hasSize(2);

      clock.advance(Duration.ofSeconds(1));
      Await.until("the run waits", () -> queue.executionTime(run).equals(NOW.plusSeconds(3)));

      clock.advance(Duration.ofSeconds(2));
      awaitEmptyQueue();
      assertThat(runs.workersOf(run)).hasSize(4);
      assertThat(log.complaints())
          .hasSize(3)
          .allSatisfy(line -> assertThat(line).startsWith("WARN Node a puts run " + run + " back"));
    }
  }

  @Test
  void a_run_that_always_fails_is_tried_every_30_seconds() {
    var clock = new SetClock(NOW);
    var runs =
        new RecordedRuns((run, worker) -> {
          throw new StoreException("no answer", new IllegalStateException("planted"));
        });
    var run = Queue.newRun();
    queue.enqueue(run, 0, NOW);
    queue.execute("update " + Queue.TABLE + " set consecutive_failures = 1000");
    started(engine("a", runs).clock(clock));

    Await.until("the run waits", () -> queue.executionTime(run).equals(NOW.plusSeconds(30)));
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
  void an_engine_that_closes_puts_its_runs_back_and_another_continues_them() {
    var runs =
        new RecordedRuns(
            (run, worker) -> worker.node().equals("a") ? untilStopped(worker) : new Done());
    var queued = Queue.newRuns(3);
    var a = started(engine("a", runs).workers(4));
    queue.enqueueAll(queued);
    Await.until("all are executed", () -> runs.executingNow() == 3);

    a.close();

    assertThat(runs.interruptions()).isZero();
    assertThat(queue.size()).isEqualTo(3);
    assertThat(queue.picked()).isZero();
    started(engine("b", runs));
    awaitEmptyQueue();
    assertThat(runs.violations()).isEmpty();
    assertThat(queued)
        .allSatisfy(run ->
            assertThat(runs.workersOf(run))
                .extracting(Worker::node, Worker::fence)
                .containsExactly(tuple("a", 2L), tuple("b", 4L)));
  }

  @Test
  void an_engine_that_closes_interrupts_workers_that_do_not_stop_and_puts_their_runs_back() {
    var runs =
        new RecordedRuns((run, worker) -> {
          new CountDownLatch(1).await();
          return new Done();
        });
    var a = started(engine("a", runs).shutdownBound(Duration.ofMillis(400)));
    queue.enqueue(Queue.newRun());
    Await.until("the run is executed", () -> runs.executingNow() == 1);

    a.close();

    assertThat(runs.interruptions()).isOne();
    assertThat(queue.size()).isOne();
    assertThat(queue.picked()).isZero();
  }

  @Test
  void an_engine_that_was_closed_under_load_has_no_thread_and_no_run() {
    var runs =
        new RecordedRuns((run, worker) -> {
          Thread.sleep(1);
          return new Done();
        });
    var queued = Queue.newRuns(200);
    queue.enqueueAll(queued);
    var engines = new ArrayList<RunEngine>();
    for (var node : List.of("a", "b", "c")) {
      engines.add(started(engine(node, runs).workers(4)));
    }
    Await.until("many are executed", () -> runs.order().size() > 20);

    engines.forEach(RunEngine::close);

    assertThat(LiveThreads.ofEngines()).isEmpty();
    assertThat(queue.picked()).isZero();
    assertThat(queue.size()).isPositive();
    started(engine("d", runs).workers(4));
    awaitEmptyQueue();
    assertThat(runs.violations()).isEmpty();
    assertThat(queued).allSatisfy(run -> assertThat(runs.workersOf(run)).hasSize(1));
  }

  @Test
  void an_engine_that_picks_up_a_run_while_it_closes_puts_it_back() {
    var runs = new RecordedRuns((run, worker) -> new Done());
    queue.enqueueAll(Queue.newRuns(150));
    for (var closings = 1; closings <= 10 && queue.size() > 0; closings++) {
      var begun = 10 * closings;
      var engine = started(engine("a", runs).workers(2));
      Await.until("more are executed", () -> runs.order().size() >= begun);
      engine.close();
      assertThat(queue.picked()).isZero();
    }
  }

  @Test
  void a_closed_engine_that_was_never_started_has_no_thread() {
    var engine = engine("a", new RecordedRuns((run, worker) -> new Done())).build();
    assertThat(LiveThreads.ofEngines()).isEmpty();
    engine.close();
    assertThat(LiveThreads.ofEngines()).isEmpty();
  }

  @Test
  void a_run_goes_on_although_the_clock_of_a_test_jumps_by_a_day() {
    var clock = new SetClock(NOW);
    var release = new CountDownLatch(1);
    var runs =
        new RecordedRuns((run, worker) -> {
          release.await();
          return new Done();
        });
    var run = Queue.newRun();
    queue.enqueue(run, 0, NOW);
    var watched = new WatchedDataSource(database());
    started(engine("a", runs, watched).clock(clock));
    Await.until("the run is executed", () -> runs.executingNow() == 1);

    clock.advance(Duration.ofDays(1));
    var detections = watched.statements("last_heartbeat <=");
    Await.until(
        "dead nodes were looked for",
        () -> watched.statements("last_heartbeat <=") >= detections + 2);

    assertThat(runs.workersOf(run).getFirst().lease().mustStop()).isFalse();
    release.countDown();
    awaitEmptyQueue();
    assertThat(runs.workersOf(run)).hasSize(1);
  }

  @Test
  void a_run_is_executed_at_once_although_the_clock_of_the_node_that_started_it_is_fast_or_slow() {
    var runs = new RecordedRuns((run, worker) -> new Done());
    started(engine("a", runs));

    queue.enqueue(Queue.newRun(), 0, Instant.now().plus(Duration.ofMinutes(2)));
    queue.enqueue(Queue.newRun(), 0, Instant.now().minus(Duration.ofMinutes(2)));

    awaitEmptyQueue();
  }

  @Test
  void times_are_stored_exactly_around_the_changes_of_daylight_saving_time() {
    assertThat(ZoneId.systemDefault()).isEqualTo(ZoneId.of("Europe/Berlin"));
    var times =
        Stream.of("2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z")
            .map(Instant::parse)
            .flatMap(change ->
                Stream.of(-90, -60, -30, -1, 0, 1, 30, 60, 90)
                    .map(minutes -> change.plus(Duration.ofMinutes(minutes))))
            .map(time -> time.plusNanos(123_456_000))
            .toList();
    var clock = new SetClock(NOW);
    var due = new ConcurrentHashMap<RunKey, Instant>();
    var runs =
        new RecordedRuns((run, worker) -> {
          var time = requireNonNull(due.get(run));
          return clock.instant().isBefore(time) ? new Requeue(time) : new Done();
        });
    started(engine("a", runs).clock(clock).pollingInterval(Duration.ofMillis(5)));
    for (var time : times) {
      var run = Queue.newRun();
      due.put(run, time);
      clock.set(time.minusSeconds(1));
      queue.enqueue(run, 0, time.minusSeconds(1));
      Await.until("the run waits", () -> queue.executionTime(run).equals(time));
      assertThat(queue.secondsOf(run)).isEqualTo(time.getEpochSecond());

      clock.set(time);
      awaitEmptyQueue();
      assertThat(runs.workersOf(run)).hasSize(2);
    }
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

  /** Waits until the engine has looked for runs some times more. */
  static void awaitPolls(WatchedDataSource watched) {
    var polls = watched.statements("skip locked");
    Await.until("the engine polls", () -> watched.statements("skip locked") >= polls + 3);
  }
}
