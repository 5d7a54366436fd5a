package io.storageconnections.application.run;

import static io.storageconnections.domain.connection.ConnectorType.MSTN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.storageconnections.application.port.Attempt;
import io.storageconnections.application.port.Connector;
import io.storageconnections.application.port.Connector.AttemptControl;
import io.storageconnections.application.port.SourceContents;
import io.storageconnections.application.run.ExecuteRun.Done;
import io.storageconnections.application.run.ExecuteRun.Requeue;
import io.storageconnections.application.run.ExecuteRun.Worker;
import io.storageconnections.domain.run.AttemptOutcome;
import io.storageconnections.domain.run.ErrorKey;
import io.storageconnections.domain.run.RunResult;
import io.storageconnections.domain.run.RunState;
import io.storageconnections.domain.run.Task;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests when a worker stops an attempt, and how it gives the run back. */
@Timeout(60)
final class ExecuteRunStopTest extends ExecuteRunTests {

  @Test
  void a_worker_that_must_stop_hands_the_run_back_and_the_attempt_does_not_count()
      throws Exception {
    var mustStop = new AtomicBoolean();
    connect(
        MSTN,
        (attempt, control) -> {
          mustStop.set(true);
          assertThat(control.await(TIME_LIMIT)).isTrue();
          return Optional.empty();
        },
        succeeding());
    var run = started(MSTN);

    assertThat(execute(run, new Worker(1, "node-a", mustStop::get)))
        .isEqualTo(new Requeue(clock.instant()));
    assertThat(found(run).state()).isEqualTo(RunState.QUEUED);
    assertThat(found(run).node()).isNull();

    assertThat(execute(run, 2)).isEqualTo(new Done());
    assertThat(found(run).tasks()).extracting(Task::attempts).containsExactly(1);
    assertThat(results(run)).containsExactly(RunResult.SUCCESS);
  }

  @Test
  void a_worker_that_must_stop_while_Storage_does_not_answer_hands_the_run_back() throws Exception {
    for (var failure : STORAGE_FAILURES) {
      var mustStop = new AtomicBoolean();
      contents =
          (iModel, file) -> {
            mustStop.set(true);
            throw failure;
          };
      connectAll(MSTN);
      var run = started(MSTN);

      assertThat(execute(run, new Worker(1, "node-a", mustStop::get)))
          .isEqualTo(new Requeue(clock.instant()));

      assertThat(found(run).state()).isEqualTo(RunState.QUEUED);
      contents = SourceContents.UNKNOWN;
      assertThat(execute(run, 2)).isEqualTo(new Done());
      assertThat(found(run).tasks()).extracting(Task::attempts).containsExactly(1);
    }
  }

  @Test
  void a_worker_that_is_interrupted_while_Storage_is_asked_ends() {
    for (var failure : STORAGE_FAILURES) {
      contents =
          (iModel, file) -> {
            Thread.currentThread().interrupt();
            throw failure;
          };
      connectAll(MSTN);
      var run = started(MSTN);

      assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> execute(run));
      assertThat(found(run).state()).isEqualTo(RunState.EXECUTING);
    }
  }

  @Test
  void a_worker_that_must_stop_begins_no_further_attempt() throws Exception {
    var mustStop = new AtomicBoolean();
    connect(
        MSTN,
        (attempt, control) -> {
          mustStop.set(true);
          return Optional.of(SUCCEEDED);
        },
        succeeding());
    var run = started(MSTN, MSTN);

    assertThat(execute(run, new Worker(1, "node-a", mustStop::get)))
        .isEqualTo(new Requeue(clock.instant()));

    assertThat(attempted).hasSize(1);
    assertThat(found(run).state()).isEqualTo(RunState.QUEUED);
    assertThat(task(run, 0).result()).isEqualTo(RunResult.SUCCESS);
    assertThat(task(run, 1).state()).isEqualTo(RunState.NOT_STARTED);
    assertThat(execute(run, 2)).isEqualTo(new Done());
    assertThat(results(run)).containsOnly(RunResult.SUCCESS);
  }

  @Test
  void a_connector_that_has_finished_before_it_noticed_the_stop_keeps_its_outcome()
      throws Exception {
    var mustStop = new AtomicBoolean();
    connect(
        MSTN,
        (attempt, control) -> {
          mustStop.set(true);
          return Optional.of(SUCCEEDED);
        });
    var run = started(MSTN);

    assertThat(execute(run, new Worker(1, "node-a", mustStop::get))).isEqualTo(new Done());

    assertThat(results(run)).containsExactly(RunResult.SUCCESS);
  }

  @Test
  void a_cancelled_run_stops_its_connector_and_is_completed() throws Exception {
    var run = started(MSTN, MSTN, MSTN);
    connect(
        MSTN,
        succeeding(),
        (attempt, control) -> {
          cancel(run);
          assertThat(control.await(TIME_LIMIT.dividedBy(2))).isTrue();
          return Optional.empty();
        });

    assertThat(execute(run)).isEqualTo(new Done());

    assertThat(attempted).hasSize(2);
    assertThat(found(run).result()).isEqualTo(RunResult.CANCELLED);
    assertThat(results(run))
        .containsExactly(RunResult.SUCCESS, RunResult.CANCELLED, RunResult.CANCELLED);
  }

  @Test
  void a_connector_that_only_asks_and_never_waits_learns_of_a_cancel() throws Exception {
    var run = started(MSTN);
    connect(
        MSTN,
        (attempt, control) -> {
          cancel(run);
          while (!control.await(Duration.ZERO)) {
            pause();
          }
          return Optional.empty();
        });

    assertThat(execute(run)).isEqualTo(new Done());

    assertThat(found(run).result()).isEqualTo(RunResult.CANCELLED);
  }

  @Test
  void a_cancelled_run_keeps_the_outcome_of_an_attempt_that_ended_nevertheless() throws Exception {
    var run = started(MSTN, MSTN);
    connect(
        MSTN,
        (attempt, control) -> {
          cancel(run);
          return Optional.of(FAILED_TRANSIENTLY);
        });

    assertThat(execute(run)).isEqualTo(new Done());

    assertThat(attempted).hasSize(1);
    assertThat(found(run).result()).isEqualTo(RunResult.CANCELLED);
    assertThat(found(run).tasks()).allMatch(Task::isCompleted);
  }

  @Test
  void a_deleted_run_stops_its_connector() throws Exception {
    var run = started(MSTN, MSTN);
    connect(
        MSTN,
        (attempt, control) -> {
          delete(run);
          assertThat(control.await(TIME_LIMIT.dividedBy(2))).isTrue();
          return Optional.empty();
        });

    assertThat(execute(run)).isEqualTo(new Done());

    assertThat(attempted).hasSize(1);
  }

  @Test
  void the_outcome_of_a_run_that_was_deleted_meanwhile_is_dropped() throws Exception {
    var run = started(MSTN, MSTN);
    connect(
        MSTN,
        (attempt, control) -> {
          delete(run);
          return Optional.of(SUCCEEDED);
        });

    assertThat(execute(run)).isEqualTo(new Done());

    assertThat(attempted).hasSize(1);
  }

  @Test
  void a_run_that_does_not_exist_is_done() throws Exception {
    var run = started(MSTN);
    delete(run);

    assertThat(execute(run)).isEqualTo(new Done());

    assertThat(attempted).isEmpty();
  }

  @Test
  void a_completed_run_is_done_and_does_not_change() throws Exception {
    connectAll(MSTN);
    var run = started(MSTN);
    cancel(run);
    var before = found(run);

    assertThat(execute(run)).isEqualTo(new Done());

    assertThat(attempted).isEmpty();
    assertThat(found(run)).isEqualTo(before);
  }

  @Test
  void an_attempt_that_exceeds_the_time_limit_times_out_and_the_next_task_goes_on()
      throws Exception {
    connect(
        MSTN,
        (attempt, control) -> {
          clock.advance(TIME_LIMIT.minusMillis(1));
          assertThat(control.await(Duration.ZERO)).isFalse();
          clock.advance(Duration.ofMillis(1));
          assertThat(control.await(Duration.ZERO)).isTrue();
          return Optional.empty();
        },
        succeeding());
    var run = started(MSTN, MSTN);

    assertThat(execute(run)).isEqualTo(new Done());

    assertThat(results(run)).containsExactly(RunResult.TIMED_OUT, RunResult.SUCCESS);
    assertError(run, 0, ErrorKey.BRIDGING_FAILED, "the attempt exceeded its time limit of 1h");
  }

  @Test
  void the_time_limit_of_a_connector_takes_the_place_of_that_of_the_service() throws Exception {
    var limit = Duration.ofMinutes(5);
    connectors.put(
        MSTN,
        new Connector() {
          @Override
          public Optional<AttemptOutcome> attempt(Attempt attempt, AttemptControl control)
              throws InterruptedException {
            assertThat(attempt.deadline()).isEqualTo(clock.instant().plus(limit));
            clock.advance(limit);
            assertThat(control.await(Duration.ZERO)).isTrue();
            return Optional.empty();
          }

          @Override
          public Optional<Duration> timeLimit() {
            return Optional.of(limit);
          }
        });
    var run = started(MSTN);

    assertThat(execute(run)).isEqualTo(new Done());

    assertThat(found(run).result()).isEqualTo(RunResult.TIMED_OUT);
    assertError(run, 0, ErrorKey.BRIDGING_FAILED, "the attempt exceeded its time limit of 5m");
  }

  @Test
  void a_wait_ends_when_its_time_has_passed() throws Exception {
    connect(
        MSTN,
        (attempt, control) -> {
          assertThat(control.await(Duration.ofMillis(1))).isFalse();
          return Optional.of(SUCCEEDED);
        });
    var run = started(MSTN);

    assertThat(ExecuteRun.on(execution(runs, Clock.systemUTC())).execute(run, worker(1)))
        .isEqualTo(new Done());
  }
}
