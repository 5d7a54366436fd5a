package io.storageconnections.adapter.execution;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.run.ExecuteRun.Done;
import io.storageconnections.application.run.ExecuteRun.Requeue;
import io.storageconnections.domain.run.RunKey;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** When, and in which order, engines execute runs, on every database. */
abstract class RunEngineTimeContracts extends RunEngineContracts {

  private static final Instant NOW = Instant.parse("2026-07-01T10:00:00Z");

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

  /** Waits until the engine has looked for runs some times more. */
  static void awaitPolls(WatchedDataSource watched) {
    var polls = watched.statements("skip locked");
    Await.until("the engine polls", () -> watched.statements("skip locked") >= polls + 3);
  }
}
