package io.storageconnections.application.run;

import static io.storageconnections.domain.connection.ConnectionFixtures.file;
import static io.storageconnections.domain.connection.ConnectorType.DWG;
import static io.storageconnections.domain.connection.ConnectorType.MSTN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.storageconnections.application.run.ExecuteRun.Done;
import io.storageconnections.application.run.ExecuteRun.Requeue;
import io.storageconnections.domain.run.AttemptOutcome;
import io.storageconnections.domain.run.ErrorKey;
import io.storageconnections.domain.run.Job;
import io.storageconnections.domain.run.Run;
import io.storageconnections.domain.run.RunResult;
import io.storageconnections.domain.run.RunState;
import io.storageconnections.domain.run.Task;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests which tasks a worker attempts, and what their outcomes change. */
@Timeout(60)
final class ExecuteRunUseCaseTest extends ExecuteRunTests {

  // ---- tasks ------------------------------------------------------------------------------------

  @Test
  void the_tasks_of_a_run_are_attempted_one_after_the_other_job_by_job() throws Exception {
    connectAll(MSTN, DWG);
    var run = started(MSTN, DWG, MSTN);

    assertThat(execute(run)).isEqualTo(new Done());

    assertThat(attempted).containsExactly(file("0"), file("2"), file("1"));
    var found = found(run);
    assertThat(found.result()).isEqualTo(RunResult.SUCCESS);
    assertThat(found.jobs()).extracting(Job::result).containsOnly(RunResult.SUCCESS).hasSize(2);
    assertThat(found.tasks()).extracting(Task::attempts).containsOnly(1);
  }

  @Test
  void an_attempt_is_stored_before_it_begins() throws Exception {
    var run = started(MSTN, MSTN);
    connect(
        MSTN,
        (attempt, control) -> {
          var stored = found(run);
          assertThat(stored).isEqualTo(attempt.run());
          assertThat(stored.tasks().stream().filter(task -> task.state() == RunState.EXECUTING))
              .containsExactly(attempt.task());
          assertThat(stored.fence()).isEqualTo(1);
          assertThat(stored.node()).isEqualTo("node-a");
          assertThat(attempt.source()).isEmpty();
          assertThat(attempt.deadline()).isEqualTo(START.plus(TIME_LIMIT));
          return Optional.of(SUCCEEDED);
        });

    execute(run);

    assertThat(found(run).tasks()).extracting(Task::result).containsOnly(RunResult.SUCCESS);
  }

  @Test
  void a_task_without_a_connector_fails_and_the_others_go_on() throws Exception {
    connectAll(DWG);
    var run = started(MSTN, DWG);

    assertThat(execute(run)).isEqualTo(new Done());

    assertError(run, 0, ErrorKey.NO_CONNECTOR, "no connector is configured for MSTN");
    assertThat(results(run)).containsExactly(RunResult.ERROR, RunResult.SUCCESS);
    assertThat(found(run).result()).isEqualTo(RunResult.PARTIAL_SUCCESS);
  }

  @Test
  void the_outcome_that_a_connector_reports_is_stored() throws Exception {
    connect(MSTN, outcomes(FAILED, AttemptOutcome.skipped()));
    var run = started(MSTN, MSTN);

    assertThat(execute(run)).isEqualTo(new Done());

    assertError(run, 0, ErrorKey.UNSUPPORTED_FILE, "a ZIP file");
    assertThat(results(run)).containsExactly(RunResult.ERROR, RunResult.SKIPPED);
  }

  // ---- retries ----------------------------------------------------------------------------------

  @Test
  void a_transient_error_is_repeated_after_the_backoff_and_the_other_tasks_do_not_wait()
      throws Exception {
    connect(MSTN, outcomes(FAILED_TRANSIENTLY, SUCCEEDED, SUCCEEDED));
    var run = started(MSTN, MSTN);

    assertThat(execute(run)).isEqualTo(new Requeue(START.plus(BACKOFF)));
    assertThat(found(run).state()).isEqualTo(RunState.WAITING_TO_RETRY);
    assertThat(attempted).containsExactly(file("0"), file("1"));
    clock.advance(BACKOFF);

    assertThat(execute(run, 2)).isEqualTo(new Done());
    assertThat(attempted).containsExactly(file("0"), file("1"), file("0"));
    assertThat(found(run).result()).isEqualTo(RunResult.SUCCESS);
    assertThat(found(run).tasks()).extracting(Task::retryAttempts).containsExactly(1, 0);
  }

  @Test
  void no_attempt_begins_before_the_time_of_the_retry() throws Exception {
    connect(MSTN, outcomes(FAILED_TRANSIENTLY));
    var run = started(MSTN);
    execute(run);
    clock.advance(BACKOFF.minusMillis(1));

    assertThat(execute(run, 2)).isEqualTo(new Requeue(START.plus(BACKOFF)));

    assertThat(attempted).hasSize(1);
  }

  @Test
  void a_task_has_as_many_attempts_as_the_policy_allows() throws Exception {
    connect(MSTN, outcomes(FAILED_TRANSIENTLY, FAILED_TRANSIENTLY, FAILED_TRANSIENTLY));
    var run = started(MSTN);

    assertThat(execute(run)).isInstanceOf(Requeue.class);
    clock.advance(BACKOFF);
    assertThat(execute(run, 2)).isEqualTo(new Requeue(clock.instant().plus(BACKOFF).plus(BACKOFF)));
    clock.advance(BACKOFF.multipliedBy(2));

    assertThat(execute(run, 3)).isEqualTo(new Done());
    assertError(run, 0, ErrorKey.LOCK_ERROR, "locked");
    assertThat(found(run).tasks()).extracting(Task::attempts).containsExactly(3);
  }

  // ---- defects of connectors --------------------------------------------------------------------

  @Test
  void a_connector_that_throws_has_failed_and_the_output_says_so() throws Exception {
    connect(
        MSTN,
        (attempt, control) -> {
          control.print("line 1\n");
          throw new IllegalStateException("a defect");
        },
        succeeding());
    var run = started(MSTN, MSTN);

    assertThat(execute(run)).isEqualTo(new Done());

    assertThat(results(run)).containsExactly(RunResult.ERROR, RunResult.SUCCESS);
    assertError(run, 0, ErrorKey.BRIDGING_FAILED, "java.lang.IllegalStateException: a defect");
    assertThat(output(run, 0))
        .startsWith(
            "line 1\nThe connector failed with java.lang.IllegalStateException: a defect\n  at ")
        .contains(ExecuteRunUseCaseTest.class.getName());
  }

  @Test
  void a_connector_that_stops_although_it_must_not_has_failed() throws Exception {
    connect(MSTN, (attempt, control) -> Optional.empty());
    var run = started(MSTN);

    assertThat(execute(run)).isEqualTo(new Done());

    assertError(run, 0, ErrorKey.BRIDGING_FAILED, "the connector ended without an outcome");
  }

  // ---- other workers ----------------------------------------------------------------------------

  @Test
  void a_worker_that_lost_the_run_writes_nothing() throws Exception {
    var run = started(MSTN, MSTN);
    var pickedUp = new ArrayList<Run>();
    connect(
        MSTN,
        (attempt, control) -> {
          pickedUp.add(pickUp(run, 9));
          control.print("late");
          assertThat(control.await(TIME_LIMIT.dividedBy(2))).isTrue();
          return Optional.of(SUCCEEDED);
        });

    assertThat(execute(run)).isEqualTo(new Done());

    assertThat(found(run)).isEqualTo(pickedUp.getFirst());
    assertThat(output(run, 0)).isEmpty();
    assertThat(attempted).hasSize(1);
  }

  @Test
  void a_run_that_a_later_worker_has_is_left_alone() throws Exception {
    connectAll(MSTN);
    var run = started(MSTN);
    var before = pickUp(run, 9);

    assertThat(execute(run, 8)).isEqualTo(new Done());
    assertThat(execute(run, 9)).isEqualTo(new Done());

    assertThat(attempted).isEmpty();
    assertThat(found(run)).isEqualTo(before);
  }

  @Test
  void a_crashed_node_costs_an_attempt_and_finished_tasks_are_not_repeated() throws Exception {
    var run = started(MSTN, MSTN, MSTN);
    connect(
        MSTN,
        succeeding(),
        (attempt, control) -> {
          throw new AssertionError("the node crashes");
        });
    assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> execute(run));
    assertThat(found(run).state()).isEqualTo(RunState.EXECUTING);
    connectAll(MSTN);

    assertThat(execute(run, 2)).isEqualTo(new Done());

    assertThat(attempted).containsExactly(file("0"), file("1"), file("1"), file("2"));
    assertThat(found(run).tasks()).extracting(Task::attempts).containsExactly(1, 2, 1);
    assertThat(found(run).result()).isEqualTo(RunResult.SUCCESS);
  }

  @Test
  void a_task_whose_node_crashes_in_every_attempt_fails_and_the_others_go_on() throws Exception {
    var run = started(MSTN, DWG);
    connect(
        MSTN,
        (attempt, control) -> {
          throw new AssertionError("the node crashes");
        });
    connectAll(DWG);
    for (int fence = 1; fence <= 3; fence++) {
      int current = fence;
      assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> execute(run, current));
    }

    assertThat(execute(run, 4)).isEqualTo(new Done());

    assertError(run, 0, ErrorKey.NODE_BECAME_UNUSABLE, "");
    assertThat(results(run)).containsExactly(RunResult.ERROR, RunResult.SUCCESS);
  }

  // ---- arguments --------------------------------------------------------------------------------

  @Test
  @SuppressWarnings("NullAway")
  void a_null_argument_is_refused_by_its_name() {
    var execute = ExecuteRun.on(execution(runs, clock));
    var run = started(MSTN);
    assertThatNullPointerException()
        .isThrownBy(() -> execute.execute(null, worker(1)))
        .withMessage("key");
    assertThatNullPointerException()
        .isThrownBy(() -> execute.execute(run, null))
        .withMessage("worker");
  }
}
