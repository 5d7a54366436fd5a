package io.storageconnections.domain.run;

import static io.storageconnections.domain.connection.ConnectorType.DWG;
import static io.storageconnections.domain.connection.ConnectorType.IFC;
import static io.storageconnections.domain.connection.ConnectorType.MSTN;
import static io.storageconnections.domain.run.RunFixtures.ORIGIN;
import static io.storageconnections.domain.run.RunFixtures.POLICY;
import static io.storageconnections.domain.run.RunFixtures.START;
import static io.storageconnections.domain.run.RunFixtures.applied;
import static io.storageconnections.domain.run.RunFixtures.files;
import static io.storageconnections.domain.run.RunFixtures.runOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.storageconnections.domain.connection.ConnectionFixtures;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.RunId;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.domain.run.Transition.Applied;
import io.storageconnections.domain.run.Transition.Reason;
import io.storageconnections.domain.run.Transition.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class RunTest {

  private static final AttemptOutcome SUCCEEDED = AttemptOutcome.succeeded();
  private static final AttemptOutcome IN_PART = AttemptOutcome.partiallySucceeded(null);
  private static final AttemptOutcome FAILED =
      AttemptOutcome.failed(ErrorKey.UNSUPPORTED_FILE, "a ZIP file");
  private static final AttemptOutcome FAILED_TRANSIENTLY =
      AttemptOutcome.failed(ErrorKey.LOCK_ERROR, "locked by another program");
  private static final AttemptOutcome TIMED_OUT =
      AttemptOutcome.timedOut(TaskError.of(ErrorKey.BRIDGING_FAILED, "more than 1 h"));

  @Test
  void a_new_run_has_a_job_for_each_connector_type_and_a_task_for_each_file() {
    var files = files(MSTN, DWG, MSTN);
    var connection = new ConnectionId(ConnectionFixtures.IMODEL, UUID.randomUUID());

    var run =
        Run.start(new RunId(UUID.randomUUID()), connection, ORIGIN, files, UUID::randomUUID, START);

    assertThat(run.connection()).isEqualTo(connection);
    assertThat(run.iModel()).isEqualTo(ConnectionFixtures.IMODEL);
    assertThat(run.jobs()).extracting(Job::connectorType).containsExactly(MSTN, DWG);
    assertThat(run.tasks())
        .extracting(Task::sourceFile)
        .containsExactly(files.get(0).id(), files.get(2).id(), files.get(1).id());
    assertThat(run.tasks())
        .extracting(Task::storageFileId)
        .containsExactly(
            files.get(0).storageFileId(),
            files.get(2).storageFileId(),
            files.get(1).storageFileId());
    assertThat(run.tasks()).extracting(Task::connectorType).containsExactly(MSTN, MSTN, DWG);
    assertThat(ids(run)).doesNotHaveDuplicates().hasSize(2 + 3);
  }

  @Test
  void a_new_run_is_queued_and_has_no_result() {
    var run = runOf(MSTN);

    assertThat(run.state()).isEqualTo(RunState.QUEUED);
    assertThat(run.result()).isEqualTo(RunResult.UNDETERMINED);
    assertThat(run.phase()).isEqualTo(RunPhase.PREPROCESSOR);
    assertThat(run.error()).isEmpty();
    assertThat(run.ended()).isEmpty();
    assertThat(run.revision()).isEqualTo(1);
    var job = run.jobs().getFirst();
    assertThat(job.state()).isEqualTo(RunState.NOT_STARTED);
    assertThat(job.result()).isEqualTo(RunResult.UNDETERMINED);
    assertThat(job.tasks().getFirst().state()).isEqualTo(RunState.NOT_STARTED);
  }

  @Test
  void a_run_starts_later_than_the_run_before_even_if_the_clock_stands_still_or_goes_back() {
    var micros = Duration.ofNanos(1_000);
    assertThat(Run.startTime(START, null)).isEqualTo(START);
    assertThat(Run.startTime(START, START.minus(micros))).isEqualTo(START);
    assertThat(Run.startTime(START, START)).isEqualTo(START.plus(micros));
    assertThat(Run.startTime(START.minusSeconds(60), START)).isEqualTo(START.plus(micros));
    // A store truncates the time, which would then be that of the run before.
    assertThat(Run.startTime(START.plusNanos(999), START)).isEqualTo(START.plus(micros));
  }

  @Test
  void a_run_is_identified_by_its_connection_and_its_id() {
    var run = runOf(MSTN);

    assertThat(run.key()).isEqualTo(new RunKey(run.connection(), run.id()));
  }

  @Test
  void a_connection_without_files_cannot_run() {
    assertThatIllegalArgumentException().isThrownBy(() -> runOf(new ConnectorType[0]));
  }

  @Test
  void a_job_and_a_task_start_when_they_are_created_until_their_first_attempt_begins() {
    var run = pickedUp(runOf(MSTN, MSTN, DWG), after(1));
    assertThat(starts(run)).containsOnly(START);
    assertThat(run.phase()).isEqualTo(RunPhase.PREPROCESSOR);

    run = begun(run, 0, after(2));
    run = ended(run, 0, SUCCEEDED, after(3));
    assertThat(run.jobs()).extracting(Job::started).containsExactly(after(2), START);

    run = begun(run, 1, after(4));

    assertThat(run.started()).isEqualTo(START);
    assertThat(run.phase()).isEqualTo(RunPhase.MASTER_FILE);
    assertThat(run.jobs()).extracting(Job::started).containsExactly(after(2), START);
    assertThat(run.tasks()).extracting(Task::started).containsExactly(after(2), after(4), START);
  }

  @Test
  void a_run_ends_with_its_last_task() {
    var run = begun(pickedUp(runOf(MSTN, DWG), START), 0, after(1));
    run = ended(run, 0, SUCCEEDED, after(2));
    assertThat(run.state()).isEqualTo(RunState.WAITING_TO_EXECUTE);
    assertThat(run.jobs())
        .extracting(Job::state)
        .containsExactly(RunState.COMPLETED, RunState.NOT_STARTED);
    assertThat(run.jobs().getFirst().ended()).contains(after(2));

    run = ended(begun(run, 1, after(3)), 1, SUCCEEDED, after(4));

    assertThat(run.state()).isEqualTo(RunState.COMPLETED);
    assertThat(run.result()).isEqualTo(RunResult.SUCCESS);
    assertThat(run.error()).isEmpty();
    assertThat(run.ended()).contains(after(4));
    assertThat(run.node()).isNull();
  }

  @Test
  void a_run_of_which_some_files_failed_is_a_partial_success() {
    var run = executed(runOf(MSTN, MSTN, DWG), SUCCEEDED, FAILED, SUCCEEDED);

    assertThat(run.result()).isEqualTo(RunResult.PARTIAL_SUCCESS);
    assertThat(run.error()).contains(ErrorKey.SOME_JOBS_FAILED);
    assertThat(run.jobs())
        .extracting(Job::result)
        .containsExactly(RunResult.PARTIAL_SUCCESS, RunResult.SUCCESS);
    assertThat(run.tasks())
        .extracting(Task::result)
        .containsExactly(RunResult.SUCCESS, RunResult.ERROR, RunResult.SUCCESS);
  }

  @Test
  void a_partial_success_of_one_file_makes_its_job_and_its_run_partial_successes() {
    var run = executed(runOf(MSTN, DWG), IN_PART, SUCCEEDED);

    assertThat(run.result()).isEqualTo(RunResult.PARTIAL_SUCCESS);
    assertThat(run.jobs())
        .extracting(Job::result)
        .containsExactly(RunResult.PARTIAL_SUCCESS, RunResult.SUCCESS);
  }

  @Test
  void a_run_of_which_all_files_failed_is_an_error() {
    var run = executed(runOf(MSTN, DWG), FAILED, TIMED_OUT);

    assertThat(run.result()).isEqualTo(RunResult.ERROR);
    assertThat(run.error()).contains(ErrorKey.ALL_JOBS_FAILED);
    assertThat(run.tasks().getFirst().error())
        .isEqualTo(TaskError.of(ErrorKey.UNSUPPORTED_FILE, "a ZIP file"));
  }

  @Test
  void a_run_of_which_all_files_timed_out_is_timed_out() {
    var run = executed(runOf(MSTN), TIMED_OUT);

    assertThat(run.result()).isEqualTo(RunResult.TIMED_OUT);
    assertThat(run.error()).contains(ErrorKey.ALL_JOBS_FAILED);
    assertThat(run.tasks().getFirst().attempts()).isEqualTo(1);
  }

  @Test
  void a_transient_error_is_retried_after_a_time_that_doubles() {
    var run = begun(pickedUp(runOf(MSTN), START), 0, START);

    run = ended(run, 0, FAILED_TRANSIENTLY, START);
    assertThat(run.state()).isEqualTo(RunState.WAITING_TO_RETRY);
    assertThat(run.node()).isNull();
    assertThat(run.retryAt()).contains(START.plus(Duration.ofHours(1)));
    assertThat(run.tasks().getFirst().error())
        .isEqualTo(TaskError.of(ErrorKey.LOCK_ERROR, "locked by another program"));

    var secondAttempt = START.plus(Duration.ofHours(1));
    run = begun(pickedUp(run, secondAttempt), 0, secondAttempt);
    assertThat(run.tasks().getFirst().error()).isNull();
    assertThat(run.tasks().getFirst().retryAttempts()).isEqualTo(1);
    run = ended(run, 0, FAILED_TRANSIENTLY, secondAttempt);
    assertThat(run.retryAt()).contains(secondAttempt.plus(Duration.ofHours(2)));

    var thirdAttempt = secondAttempt.plus(Duration.ofHours(2));
    run = begun(pickedUp(run, thirdAttempt), 0, thirdAttempt);
    run = ended(run, 0, FAILED_TRANSIENTLY, thirdAttempt);
    assertThat(run.result()).isEqualTo(RunResult.ERROR);
    assertThat(run.tasks().getFirst().retryAttempts()).isEqualTo(2);
    assertThat(run.tasks().getFirst().started()).isEqualTo(START);
  }

  @Test
  void a_run_that_is_picked_up_too_early_waits_again() {
    var run = begun(pickedUp(runOf(MSTN), START), 0, START);
    run = ended(run, 0, FAILED_TRANSIENTLY, START);

    var early = pickedUp(run, after(1));

    assertThat(early.state()).isEqualTo(RunState.WAITING_TO_RETRY);
    assertThat(early.node()).isNull();
    assertThat(early.retryAt()).isEqualTo(run.retryAt());
  }

  @Test
  void other_tasks_are_executed_while_one_waits_for_its_retry() {
    var run = begun(pickedUp(runOf(MSTN, DWG), START), 0, START);

    run = ended(run, 0, FAILED_TRANSIENTLY, after(1));

    assertThat(run.state()).isEqualTo(RunState.WAITING_TO_EXECUTE);
    assertThat(run.nextTask(after(2))).contains(run.tasks().get(1));
    var waiting = run.tasks().getFirst();
    assertThat(run.beginAttempt(run.fence(), waiting.id(), after(2)))
        .isEqualTo(new Refused(run, Reason.NOT_DUE));
  }

  @Test
  void a_run_executes_one_task_at_a_time() {
    var run = begun(pickedUp(runOf(MSTN, DWG), START), 0, START);

    assertThat(run.beginAttempt(run.fence(), run.tasks().get(1).id(), START))
        .isEqualTo(new Refused(run, Reason.ALREADY_EXECUTING));
  }

  @Test
  void an_attempt_that_is_lost_in_a_crash_counts_and_is_repeated_at_once() {
    var run = begun(pickedUp(runOf(MSTN), START), 0, START);

    run = pickedUp(run, after(90));

    var task = run.tasks().getFirst();
    assertThat(run.state()).isEqualTo(RunState.WAITING_TO_EXECUTE);
    assertThat(task.state()).isEqualTo(RunState.WAITING_TO_EXECUTE);
    assertThat(task.error()).isEqualTo(TaskError.of(ErrorKey.NODE_BECAME_UNUSABLE, ""));
    assertThat(begun(run, 0, after(91)).tasks().getFirst().retryAttempts()).isEqualTo(1);
  }

  @Test
  void a_file_that_crashes_every_node_fails_after_its_last_attempt() {
    var run = runOf(MSTN);
    for (int attempt = 1; attempt <= POLICY.attempts(); attempt++) {
      run = begun(pickedUp(run, after(attempt)), 0, after(attempt));
    }

    run = pickedUp(run, after(10));

    assertThat(run.result()).isEqualTo(RunResult.ERROR);
    assertThat(run.tasks().getFirst().attempts()).isEqualTo(POLICY.attempts());
    assertThat(run.tasks().getFirst().error())
        .isEqualTo(TaskError.of(ErrorKey.NODE_BECAME_UNUSABLE, ""));
  }

  @Test
  void an_attempt_that_is_stopped_at_a_shutdown_does_not_count() {
    var run = runOf(MSTN, DWG);
    for (int shutdown = 1; shutdown <= 10; shutdown++) {
      run = begun(pickedUp(run, after(shutdown)), 0, after(shutdown));
      run = applied(run.release(run.fence(), after(shutdown)));
    }

    var task = run.tasks().getFirst();
    assertThat(run.state()).isEqualTo(RunState.QUEUED);
    assertThat(run.node()).isNull();
    assertThat(task.state()).isEqualTo(RunState.WAITING_TO_EXECUTE);
    assertThat(task.attempts()).isZero();
    assertThat(task.retryAttempts()).isZero();
    assertThat(task.started()).isEqualTo(after(1));
    assertThat(run.tasks().get(1).state()).isEqualTo(RunState.NOT_STARTED);
  }

  @Test
  void a_run_that_no_worker_has_is_cancelled_at_once() {
    var queued = applied(runOf(MSTN, DWG).requestCancel(after(1)));
    assertThat(queued.state()).isEqualTo(RunState.COMPLETED);
    assertThat(queued.result()).isEqualTo(RunResult.CANCELLED);
    assertThat(queued.error()).isEmpty();
    assertThat(queued.ended()).contains(after(1));
    assertThat(queued.tasks())
        .extracting(Task::error)
        .containsOnly(TaskError.of(ErrorKey.TASK_WAS_CANCELLED, ""));

    var waiting =
        ended(begun(pickedUp(runOf(MSTN), START), 0, START), 0, FAILED_TRANSIENTLY, START);
    assertThat(applied(waiting.requestCancel(after(1))).result()).isEqualTo(RunResult.CANCELLED);
  }

  @Test
  void a_run_is_cancelled_when_its_worker_has_stopped_the_attempt() {
    var run = begun(pickedUp(runOf(MSTN, DWG), START), 0, START);

    run = applied(run.requestCancel(after(1)));
    assertThat(run.state()).isEqualTo(RunState.EXECUTING);
    assertThat(run.cancelRequested()).isTrue();
    assertThat(run.requestCancel(after(2)))
        .isEqualTo(new Refused(run, Reason.CANCEL_ALREADY_REQUESTED));

    run = applied(run.release(run.fence(), after(3)));
    assertThat(run.result()).isEqualTo(RunResult.CANCELLED);
    assertThat(run.tasks()).extracting(Task::result).containsOnly(RunResult.CANCELLED);
    assertThat(run.tasks()).extracting(Task::attempts).containsExactly(1, 0);
  }

  @Test
  void a_cancelled_run_is_cancelled_with_any_results_of_its_tasks() {
    var run = begun(pickedUp(runOf(MSTN), START), 0, START);

    run = applied(run.requestCancel(after(1)));
    run = ended(run, 0, SUCCEEDED, after(2));

    assertThat(run.result()).isEqualTo(RunResult.CANCELLED);
    assertThat(run.jobs().getFirst().result()).isEqualTo(RunResult.SUCCESS);
    assertThat(run.tasks().getFirst().result()).isEqualTo(RunResult.SUCCESS);
  }

  @Test
  void a_cancelled_run_is_not_retried_after_a_transient_error() {
    var run = begun(pickedUp(runOf(MSTN), START), 0, START);

    run = ended(applied(run.requestCancel(after(1))), 0, FAILED_TRANSIENTLY, after(2));

    assertThat(run.state()).isEqualTo(RunState.COMPLETED);
    assertThat(run.tasks().getFirst().result()).isEqualTo(RunResult.CANCELLED);
  }

  @Test
  void a_run_whose_worker_crashed_after_the_cancel_is_cancelled_by_the_next_worker() {
    var run = begun(pickedUp(runOf(MSTN, DWG), START), 0, START);

    run = pickedUp(applied(run.requestCancel(after(1))), after(90));

    assertThat(run.result()).isEqualTo(RunResult.CANCELLED);
  }

  @Test
  void a_worker_that_has_lost_the_run_changes_nothing() {
    var lost = begun(pickedUp(runOf(MSTN), START), 0, START);
    var task = lost.tasks().getFirst().id();
    var run = pickedUp(lost, after(90));

    assertThat(run.endAttempt(lost.fence(), task, SUCCEEDED, POLICY, after(91)))
        .isEqualTo(new Refused(run, Reason.FENCED));
    assertThat(run.release(lost.fence(), after(91))).isEqualTo(new Refused(run, Reason.FENCED));
    assertThat(run.pickUp(run.fence(), "node", POLICY, after(91)))
        .isEqualTo(new Refused(run, Reason.FENCED));
  }

  @Test
  void a_worker_that_has_released_the_run_changes_nothing() {
    var run = begun(pickedUp(runOf(MSTN), START), 0, START);
    var task = run.tasks().getFirst().id();
    var released = applied(run.release(run.fence(), after(1)));

    assertThat(released.endAttempt(run.fence(), task, SUCCEEDED, POLICY, after(2)))
        .isEqualTo(new Refused(released, Reason.NOT_HELD));
    assertThat(released.beginAttempt(run.fence(), task, after(2)))
        .isEqualTo(new Refused(released, Reason.NOT_HELD));
  }

  @Test
  void the_end_of_an_attempt_that_is_reported_twice_counts_once() {
    var run = begun(pickedUp(runOf(MSTN, DWG), START), 0, START);
    var task = run.tasks().getFirst().id();
    var ended = ended(run, 0, SUCCEEDED, after(1));

    assertThat(ended.endAttempt(ended.fence(), task, FAILED, POLICY, after(2)))
        .isEqualTo(new Refused(ended, Reason.NOT_EXECUTING));
  }

  @Test
  void a_run_that_cannot_be_executed_fails_as_a_whole() {
    var run = begun(pickedUp(runOf(MSTN, DWG), START), 0, START);
    run = ended(run, 0, SUCCEEDED, after(1));

    run = applied(run.fail(run.fence(), ErrorKey.USER_NOT_AUTHENTICATED, "no consent", after(2)));

    assertThat(run.result()).isEqualTo(RunResult.PARTIAL_SUCCESS);
    assertThat(run.error()).contains(ErrorKey.USER_NOT_AUTHENTICATED);
    assertThat(run.tasks().get(1).error())
        .isEqualTo(TaskError.of(ErrorKey.USER_NOT_AUTHENTICATED, "no consent"));
  }

  @Test
  void a_clock_that_is_slow_does_not_turn_the_times_of_a_run_back() {
    var run = begun(pickedUp(runOf(MSTN), after(1)), 0, after(120));

    run = ended(run, 0, SUCCEEDED, START);

    assertThat(run.ended()).contains(after(120));
    assertThat(run.changed()).isEqualTo(after(120));
  }

  @Test
  void times_are_truncated_to_microseconds() {
    var time = Instant.parse("2026-01-02T04:00:00.123456789Z");
    var run = begun(pickedUp(runOf(MSTN), time), 0, time);

    assertThat(run.tasks().getFirst().started())
        .isEqualTo(Instant.parse("2026-01-02T04:00:00.123456Z"));
    assertThat(run.changed()).isEqualTo(Instant.parse("2026-01-02T04:00:00.123456Z"));
  }

  @Test
  void a_transition_names_the_tasks_that_a_store_writes() {
    var run = pickedUp(runOf(MSTN, DWG), START);

    var begun = (Applied) run.beginAttempt(run.fence(), run.tasks().getFirst().id(), START);

    assertThat(begun.changedTasks()).containsExactly(begun.run().tasks().getFirst());
    assertThat(((Applied) begun.run().requestCancel(START)).changedTasks()).isEmpty();
  }

  @Test
  void a_task_of_another_run_is_a_mistake_of_the_caller() {
    var run = pickedUp(runOf(MSTN), START);
    var other = new TaskId(UUID.randomUUID());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> run.beginAttempt(run.fence(), other, START));
  }

  @Test
  void a_retry_repeats_what_did_not_succeed_as_it_was_copied() {
    var run = executed(runOf(MSTN, MSTN, DWG, IFC), SUCCEEDED, IN_PART, FAILED, SUCCEEDED);

    var retry = retry(run, storageFiles(run)).orElseThrow();

    assertThat(retry.connection()).isEqualTo(run.connection());
    assertThat(retry.state()).isEqualTo(RunState.QUEUED);
    assertThat(retry.started()).isEqualTo(after(100));
    assertThat(retry.jobs()).extracting(Job::connectorType).containsExactly(MSTN, DWG);
    assertThat(retry.tasks())
        .extracting(Task::storageFileId)
        .containsExactly(run.tasks().get(1).storageFileId(), run.tasks().get(2).storageFileId());
    assertThat(retry.tasks())
        .extracting(Task::sourceFile)
        .containsExactly(run.tasks().get(1).sourceFile(), run.tasks().get(2).sourceFile());
    assertThat(retry.tasks()).extracting(Task::attempts).containsOnly(0);
    assertThat(ids(retry)).doesNotContainAnyElementsOf(ids(run));
  }

  @Test
  void a_retry_leaves_out_files_that_are_no_longer_in_the_connection() {
    var run = executed(runOf(MSTN, MSTN), FAILED, FAILED);
    var remaining = run.tasks().get(1).storageFileId();

    assertThat(retry(run, List.of(remaining)).orElseThrow().tasks())
        .extracting(Task::storageFileId)
        .containsExactly(remaining);
  }

  @Test
  void there_is_nothing_to_retry_if_all_files_succeeded_or_were_removed() {
    var succeeded = executed(runOf(MSTN), SUCCEEDED);
    assertThat(retry(succeeded, storageFiles(succeeded))).isEmpty();

    var failed = executed(runOf(MSTN), FAILED);
    assertThat(retry(failed, List.of())).isEmpty();
  }

  @Test
  void a_cancelled_run_can_be_retried() {
    var run = applied(runOf(MSTN).requestCancel(after(1)));

    assertThat(retry(run, storageFiles(run))).isPresent();
  }

  @Test
  void a_live_run_cannot_be_retried() {
    var run = runOf(MSTN);

    assertThatIllegalStateException().isThrownBy(() -> retry(run, storageFiles(run)));
  }

  @Test
  void runs_are_listed_from_the_newest_on() {
    var older = runOf(MSTN);
    var newer = retry(applied(older.requestCancel(START)), storageFiles(older)).orElseThrow();

    assertThat(Stream.of(older, newer).sorted(Run.NEWEST_FIRST)).containsExactly(newer, older);
    assertThat(Stream.of(newer, older).sorted(Run.NEWEST_FIRST)).containsExactly(newer, older);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "QUEUED")
  void a_run_has_no_state_that_contradicts_its_tasks_or_its_worker(RunState state) {
    var run = runOf(MSTN);

    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new Run(
                run.id(),
                run.connection(),
                run.origin(),
                run.started(),
                state,
                run.cancelRequested(),
                run.failure(),
                run.fence(),
                run.node(),
                run.revision(),
                run.changed(),
                run.jobs()));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NOT_STARTED")
  void a_task_has_no_state_that_contradicts_its_other_values(RunState state) {
    var task = runOf(MSTN).tasks().getFirst();

    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new Task(
                task.id(),
                task.sourceFile(),
                task.storageFileId(),
                task.connectorType(),
                task.created(),
                state,
                task.result(),
                task.attempts(),
                task.retryAt(),
                task.error(),
                task.report(),
                task.begun(),
                task.ended()));
  }

  @Test
  void a_job_has_tasks_of_one_connector_type_and_a_run_one_job_for_each() {
    var run = runOf(MSTN, DWG);
    var id = new JobId(UUID.randomUUID());

    assertThatIllegalArgumentException().isThrownBy(() -> new Job(id, run.tasks()));
    assertThatIllegalArgumentException().isThrownBy(() -> new Job(id, List.of()));
    var job = run.jobs().getFirst();
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new Run(
                run.id(),
                run.connection(),
                run.origin(),
                run.started(),
                run.state(),
                false,
                null,
                0,
                null,
                1,
                run.changed(),
                List.of(job, job)));
  }

  @Test
  void the_jobs_and_tasks_of_a_run_cannot_be_changed() {
    var run = runOf(MSTN, DWG);

    assertThat(run.jobs()).isUnmodifiable();
    assertThat(run.jobs().getFirst().tasks()).isUnmodifiable();
  }

  private static Instant after(long seconds) {
    return START.plusSeconds(seconds);
  }

  private static Run pickedUp(Run run, Instant now) {
    return applied(run.pickUp(run.fence() + 1, "node", POLICY, now));
  }

  private static Run begun(Run run, int task, Instant now) {
    return applied(run.beginAttempt(run.fence(), run.tasks().get(task).id(), now));
  }

  private static Run ended(Run run, int task, AttemptOutcome outcome, Instant now) {
    return applied(run.endAttempt(run.fence(), run.tasks().get(task).id(), outcome, POLICY, now));
  }

  /** Executes the tasks of a run, each with one attempt. */
  private static Run executed(Run run, AttemptOutcome... outcomes) {
    var executed = pickedUp(run, START);
    for (int task = 0; task < outcomes.length; task++) {
      executed = ended(begun(executed, task, START), task, outcomes[task], START);
    }
    return executed;
  }

  private static Optional<Run> retry(Run run, List<StorageFileId> mapped) {
    return run.retry(new RunId(UUID.randomUUID()), ORIGIN, mapped, UUID::randomUUID, after(100));
  }

  private static List<StorageFileId> storageFiles(Run run) {
    return run.tasks().stream().map(Task::storageFileId).toList();
  }

  private static List<UUID> ids(Run run) {
    return Stream.concat(
            run.jobs().stream().map(job -> job.id().value()),
            run.tasks().stream().map(task -> task.id().value()))
        .toList();
  }

  private static List<Instant> starts(Run run) {
    return Stream.concat(
            run.jobs().stream().map(Job::started), run.tasks().stream().map(Task::started))
        .toList();
  }
}
