package io.storageconnections.application.run;

import static io.storageconnections.application.contract.OutcomeAssertions.assertSuccess;
import static io.storageconnections.domain.connection.ConnectionFixtures.connection;
import static io.storageconnections.domain.connection.ConnectionFixtures.file;
import static io.storageconnections.domain.connection.ConnectionFixtures.iModel;
import static io.storageconnections.domain.connection.ConnectorType.DWG;
import static io.storageconnections.domain.connection.ConnectorType.MSTN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.storageconnections.application.contract.InMemoryRunStore;
import io.storageconnections.application.contract.InMemoryStorageConnectionStore;
import io.storageconnections.application.outcome.Failure.OfRun;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.port.Attempt;
import io.storageconnections.application.port.Connector;
import io.storageconnections.application.port.Connector.AttemptControl;
import io.storageconnections.application.port.DirectoryException;
import io.storageconnections.application.port.NewRun;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.RunExecution;
import io.storageconnections.application.port.RunRules;
import io.storageconnections.application.port.RunStore;
import io.storageconnections.application.port.SourceContents;
import io.storageconnections.application.port.SourceContents.Opened;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.run.ExecuteRun.Done;
import io.storageconnections.application.run.ExecuteRun.Lease;
import io.storageconnections.application.run.ExecuteRun.Next;
import io.storageconnections.application.run.ExecuteRun.Requeue;
import io.storageconnections.application.run.ExecuteRun.Worker;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.FileName;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.NewConnection;
import io.storageconnections.domain.connection.RunId;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.SourceFileId;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.domain.run.AttemptOutcome;
import io.storageconnections.domain.run.ErrorKey;
import io.storageconnections.domain.run.Job;
import io.storageconnections.domain.run.RetryPolicy;
import io.storageconnections.domain.run.Run;
import io.storageconnections.domain.run.RunKey;
import io.storageconnections.domain.run.RunOrigin;
import io.storageconnections.domain.run.RunResult;
import io.storageconnections.domain.run.RunState;
import io.storageconnections.domain.run.Task;
import io.storageconnections.domain.run.TaskId;
import io.storageconnections.domain.run.Transition;
import io.storageconnections.domain.run.Transition.Applied;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests what a worker does with a run, on a store in memory and with a clock that is set. */
@Timeout(60)
final class ExecuteRunUseCaseTest {

  private static final Instant START = Instant.parse("2026-01-02T03:04:05.678901Z");
  private static final Duration BACKOFF = Duration.ofSeconds(30);
  private static final RetryPolicy RETRIES = new RetryPolicy(3, BACKOFF);
  private static final Duration TIME_LIMIT = Duration.ofHours(1);
  private static final Lease LEASE = () -> false;
  private static final AttemptOutcome SUCCEEDED = AttemptOutcome.succeeded();
  private static final AttemptOutcome FAILED =
      AttemptOutcome.failed(ErrorKey.UNSUPPORTED_FILE, "a ZIP file");
  private static final AttemptOutcome FAILED_TRANSIENTLY =
      AttemptOutcome.failed(ErrorKey.LOCK_ERROR, "locked");

  private static final List<RuntimeException> STORAGE_FAILURES =
      List.of(
          directoryFailure(DirectoryException.Reason.UNAVAILABLE),
          directoryFailure(DirectoryException.Reason.BUSY),
          new StoreException("reading", new IOException("no connection")));

  private final InMemoryStorageConnectionStore connections = new InMemoryStorageConnectionStore();
  private final InMemoryRunStore runs = new InMemoryRunStore(connections);
  private final SettableClock clock = new SettableClock(START);
  private final Map<ConnectorType, Connector> connectors = new EnumMap<>(ConnectorType.class);
  private final List<StorageFileId> attempted = new ArrayList<>();
  private SourceContents contents = SourceContents.UNKNOWN;

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

  // ---- files ------------------------------------------------------------------------------------

  @Test
  void a_connector_reads_the_file_whose_name_is_kept_and_which_is_closed_then() throws Exception {
    var content = new RecordedContent("content");
    contents = (iModel, file) -> content.opened("found.dgn");
    var read = new ArrayList<String>();
    connect(
        MSTN,
        (attempt, control) -> {
          assertThat(content.closed).isFalse();
          read.add(new String(attempt.source().orElseThrow().stream().readAllBytes(), UTF_8));
          return Optional.of(SUCCEEDED);
        });
    var run = started(MSTN);

    execute(run);

    assertThat(read).containsExactly("content");
    assertThat(content.closed).isTrue();
    assertThat(fileName(run)).isEqualTo(new FileName("found.dgn"));
  }

  @Test
  void a_file_without_a_name_keeps_the_name_that_is_known() throws Exception {
    contents = (iModel, file) -> new RecordedContent("content").opened(null);
    connectAll(MSTN);
    var run = started(MSTN);
    var source =
        assertSuccess(connections.listFiles(run.connection(), new PageRequest(0, 1)))
            .items()
            .getFirst();
    runs.saveFileName(
        run.connection(), source.id(), source.storageFileId(), new FileName("old.dgn"));

    execute(run);

    assertThat(fileName(run)).isEqualTo(new FileName("old.dgn"));
  }

  @Test
  void a_missing_file_fails_without_an_attempt_of_the_connector() throws Exception {
    contents = (iModel, file) -> new SourceContents.Missing();
    connectAll(MSTN);
    var run = started(MSTN);

    assertThat(execute(run)).isEqualTo(new Done());

    assertThat(attempted).isEmpty();
    assertError(run, 0, ErrorKey.SOURCE_FILE_NOT_FOUND, "");
  }

  @Test
  void an_empty_file_fails_without_an_attempt_of_the_connector_and_is_closed() throws Exception {
    var content = new RecordedContent("");
    contents = (iModel, file) -> content.opened("empty.dgn");
    connectAll(MSTN);
    var run = started(MSTN);

    assertThat(execute(run)).isEqualTo(new Done());

    assertThat(attempted).isEmpty();
    assertError(run, 0, ErrorKey.ZERO_BYTE, "");
    assertThat(content.closed).isTrue();
  }

  @Test
  void a_storage_that_cannot_answer_is_asked_again_after_the_backoff() throws Exception {
    for (var failure : STORAGE_FAILURES) {
      var answers = new AtomicInteger();
      contents =
          (iModel, file) -> {
            if (answers.getAndIncrement() == 0) {
              throw failure;
            }
            return new SourceContents.Unknown();
          };
      connectAll(MSTN);
      var run = started(MSTN);

      assertThat(execute(run)).isEqualTo(new Requeue(clock.instant().plus(BACKOFF)));
      assertThat(Objects.requireNonNull(task(run, 0).error()).descriptionKey())
          .isEqualTo(ErrorKey.NETWORK_ISSUE.toString());
      clock.advance(BACKOFF);
      assertThat(execute(run, 2)).isEqualTo(new Done());
      assertThat(results(run)).containsExactly(RunResult.SUCCESS);
    }
  }

  @Test
  void a_storage_that_refuses_the_token_is_not_asked_again() throws Exception {
    contents =
        (iModel, file) -> {
          throw directoryFailure(DirectoryException.Reason.TOKEN_REFUSED);
        };
    connectAll(MSTN);
    var run = started(MSTN);

    assertThat(execute(run)).isEqualTo(new Done());

    assertError(run, 0, ErrorKey.SOURCE_FILE_NOT_ACCESSIBLE, "Storage says no");
  }

  private static DirectoryException directoryFailure(DirectoryException.Reason reason) {
    return new DirectoryException(reason, "Storage says no", null, null);
  }

  @Test
  void a_file_is_closed_also_if_the_connector_throws() throws Exception {
    var content = new RecordedContent("content");
    contents = (iModel, file) -> content.opened(null);
    connect(
        MSTN,
        (attempt, control) -> {
          throw new InterruptedException("stopped");
        });
    var run = started(MSTN);

    assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> execute(run));

    assertThat(content.closed).isTrue();
  }

  // ---- stopping ---------------------------------------------------------------------------------

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
    assertError(run, 0, ErrorKey.BRIDGING_FAILED, "the attempt exceeded its time limit of PT1H");
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
    assertError(run, 0, ErrorKey.BRIDGING_FAILED, "the attempt exceeded its time limit of PT5M");
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
        .isEqualTo("line 1\nThe connector failed with java.lang.IllegalStateException: a defect\n");
  }

  @Test
  void a_connector_that_stops_although_it_must_not_has_failed() throws Exception {
    connect(MSTN, (attempt, control) -> Optional.empty());
    var run = started(MSTN);

    assertThat(execute(run)).isEqualTo(new Done());

    assertError(run, 0, ErrorKey.BRIDGING_FAILED, "the connector ended without an outcome");
  }

  // ---- failures of the store --------------------------------------------------------------------

  @Test
  void an_outcome_is_reported_when_the_store_answers_again() throws Exception {
    connect(MSTN, outcomes(SUCCEEDED, SUCCEEDED));
    var run = started(MSTN, MSTN);
    var store = new FailingStore(runs, When.BEFORE_THE_CHANGE, 2, 3);

    assertThat(execute(store, run, worker(1))).isEqualTo(new Done());

    assertThat(store.changes).isEqualTo(3 + 2);
    assertThat(attempted).hasSize(2);
    assertThat(found(run).result()).isEqualTo(RunResult.SUCCESS);
  }

  @Test
  void a_change_whose_answer_was_lost_is_not_repeated_and_the_run_goes_on() throws Exception {
    for (int lost = 1; lost <= 3; lost++) {
      attempted.clear();
      connect(MSTN, outcomes(SUCCEEDED, SUCCEEDED));
      var run = started(MSTN, MSTN);
      var store = new FailingStore(runs, When.AFTER_THE_CHANGE, lost);

      assertThat(execute(store, run, worker(1))).isEqualTo(new Done());

      assertThat(found(run).result()).isEqualTo(RunResult.SUCCESS);
      assertThat(attempted).containsExactly(file("0"), file("1"));
      assertThat(found(run).tasks()).extracting(Task::attempts).containsOnly(1);
    }
  }

  @Test
  void an_outcome_whose_answer_was_lost_does_not_end_the_next_attempt_at_the_same_task()
      throws Exception {
    connect(MSTN, outcomes(FAILED_TRANSIENTLY, SUCCEEDED));
    var run = started(MSTN);
    var store = new FailingStore(runs, When.AFTER_THE_CHANGE, 2);
    var withoutBackoff = new RetryPolicy(3, Duration.ZERO);

    assertThat(ExecuteRun.on(execution(store, clock, withoutBackoff)).execute(run, worker(1)))
        .isEqualTo(new Done());

    assertThat(found(run).tasks()).extracting(Task::attempts).containsExactly(2);
    assertThat(results(run)).containsExactly(RunResult.SUCCESS);
  }

  @Test
  void a_retry_is_not_forgotten_if_the_answer_of_the_store_was_lost() throws Exception {
    connect(MSTN, outcomes(FAILED_TRANSIENTLY));
    var run = started(MSTN);

    assertThat(execute(new FailingStore(runs, When.AFTER_THE_CHANGE, 2), run, worker(1)))
        .isEqualTo(new Requeue(START.plus(BACKOFF)));
  }

  @Test
  void another_worker_that_picked_up_the_run_while_the_answer_was_lost_keeps_it() throws Exception {
    connect(MSTN, outcomes(SUCCEEDED));
    var run = started(MSTN, MSTN);
    var store =
        new FailingStore(runs, When.AFTER_THE_CHANGE, 2) {
          @Override
          void fail() {
            pickUp(run, 9);
            super.fail();
          }
        };

    assertThat(execute(store, run, worker(1))).isEqualTo(new Done());

    assertThat(found(run).fence()).isEqualTo(9);
    assertThat(attempted).hasSize(1);
  }

  @Test
  void a_worker_without_a_lease_does_not_wait_for_the_store() throws Exception {
    var mustStop = new AtomicBoolean();
    connect(
        MSTN,
        (attempt, control) -> {
          mustStop.set(true);
          return Optional.of(SUCCEEDED);
        },
        succeeding());
    var run = started(MSTN);
    var store = new FailingStore(runs, When.BEFORE_THE_CHANGE, 2);

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> execute(store, run, new Worker(1, "node-a", mustStop::get)));

    assertThat(execute(run, 2)).isEqualTo(new Done());
    assertThat(found(run).tasks()).extracting(Task::attempts).containsExactly(2);
    assertThat(results(run)).containsExactly(RunResult.SUCCESS);
  }

  @Test
  void a_store_that_will_not_answer_without_its_operator_is_not_waited_for() throws Exception {
    var run = started(MSTN);
    var store =
        new ForwardingRunStore(runs) {
          @Override
          public Outcome<Transition, OfRun> change(RunKey key, Function<Run, Transition> event) {
            throw new StoreException(
                StoreException.Reason.MISCONFIGURED, "changing the run", "grant the right", null);
          }
        };

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> execute(store, run, worker(1)));
  }

  @Test
  void an_attempt_goes_on_while_the_store_cannot_answer_whether_it_may() throws Exception {
    var questions = new AtomicInteger();
    var run = started(MSTN);
    var store =
        new ForwardingRunStore(runs) {
          @Override
          public boolean mayContinue(RunKey key, long fence) {
            questions.incrementAndGet();
            throw new StoreException("asking", new IOException("no connection"));
          }
        };
    connect(
        MSTN,
        (attempt, control) -> {
          while (questions.get() == 0) {
            assertThat(control.await(Duration.ZERO)).isFalse();
            pause();
          }
          assertThat(control.await(Duration.ZERO)).isFalse();
          return Optional.of(SUCCEEDED);
        });

    assertThat(execute(store, run, worker(1))).isEqualTo(new Done());

    assertThat(results(run)).containsExactly(RunResult.SUCCESS);
  }

  @Test
  void a_name_or_an_output_that_cannot_be_kept_does_not_end_an_attempt() throws Exception {
    contents = (iModel, file) -> new RecordedContent("content").opened("found.dgn");
    connect(
        MSTN,
        (attempt, control) -> {
          control.print("line 1\n");
          return Optional.of(SUCCEEDED);
        });
    var run = started(MSTN);
    var store =
        new ForwardingRunStore(runs) {
          @Override
          public void saveFileName(
              ConnectionId connection,
              SourceFileId sourceFile,
              StorageFileId storageFile,
              FileName name) {
            throw new StoreException("saving the name", new IOException("no connection"));
          }

          @Override
          public void saveOutput(RunKey key, TaskId task, long fence, String output) {
            throw new StoreException("saving the output", new IOException("no connection"));
          }
        };

    assertThat(execute(store, run, worker(1))).isEqualTo(new Done());

    assertThat(results(run)).containsExactly(RunResult.SUCCESS);
    assertThat(found(run).tasks()).extracting(Task::attempts).containsExactly(1);
  }

  @Test
  void a_file_that_cannot_be_closed_does_not_change_the_outcome() throws Exception {
    contents =
        (iModel, file) ->
            new Opened(
                null,
                1,
                new InputStream() {
                  @Override
                  public int read() {
                    return -1;
                  }

                  @Override
                  public void close() throws IOException {
                    throw new IOException("closed by the peer");
                  }
                });
    connectAll(MSTN);
    var run = started(MSTN);

    assertThat(execute(run)).isEqualTo(new Done());

    assertThat(results(run)).containsExactly(RunResult.SUCCESS);
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

  // ---- output -----------------------------------------------------------------------------------

  @Test
  void the_output_of_an_attempt_is_kept_while_it_is_in_progress_and_when_it_has_ended()
      throws Exception {
    var run = started(MSTN);
    connect(
        MSTN,
        (attempt, control) -> {
          control.print("line 1\n");
          while (output(run, 0).isEmpty()) {
            assertThat(control.await(Duration.ZERO)).isFalse();
            pause();
          }
          assertThat(output(run, 0)).isEqualTo("line 1\n");
          control.print("line 2\n");
          return Optional.of(SUCCEEDED);
        });

    execute(run);

    assertThat(output(run, 0)).isEqualTo("line 1\nline 2\n");
  }

  @Test
  void an_output_that_does_not_change_is_not_written_again() throws Exception {
    var written = new ArrayList<String>();
    var questions = new AtomicInteger();
    var run = started(MSTN);
    var store =
        new ForwardingRunStore(runs) {
          @Override
          public boolean mayContinue(RunKey key, long fence) {
            questions.incrementAndGet();
            return super.mayContinue(key, fence);
          }

          @Override
          public void saveOutput(RunKey key, TaskId task, long fence, String output) {
            written.add(output);
          }
        };
    connect(
        MSTN,
        (attempt, control) -> {
          control.print("line 1\n");
          while (questions.get() < 2) {
            assertThat(control.await(Duration.ZERO)).isFalse();
            pause();
          }
          return Optional.of(SUCCEEDED);
        });

    execute(store, run, worker(1));

    assertThat(written).containsExactly("line 1\n");
  }

  @Test
  void an_output_that_could_not_be_kept_is_kept_when_the_store_answers_again() throws Exception {
    var tries = new AtomicInteger();
    var run = started(MSTN);
    var store =
        new ForwardingRunStore(runs) {
          @Override
          public void saveOutput(RunKey key, TaskId task, long fence, String output) {
            if (tries.incrementAndGet() == 1) {
              throw new StoreException("saving the output", new IOException("no connection"));
            }
            super.saveOutput(key, task, fence, output);
          }
        };
    connect(
        MSTN,
        (attempt, control) -> {
          control.print("line 1\n");
          while (tries.get() == 0) {
            assertThat(control.await(Duration.ZERO)).isFalse();
            pause();
          }
          return Optional.of(SUCCEEDED);
        });

    execute(store, run, worker(1));

    assertThat(output(run, 0)).isEqualTo("line 1\n");
  }

  @Test
  void the_output_of_the_next_attempt_replaces_the_output_of_the_last() throws Exception {
    connect(
        MSTN,
        (attempt, control) -> {
          control.print("attempt " + attempt.task().attempts());
          return Optional.of(attempt.task().attempts() == 1 ? FAILED_TRANSIENTLY : SUCCEEDED);
        });
    var run = started(MSTN);
    execute(run);
    assertThat(output(run, 0)).isEqualTo("attempt 1");
    clock.advance(BACKOFF);

    execute(run, 2);

    assertThat(output(run, 0)).isEqualTo("attempt 2");
  }

  @Test
  void the_output_of_an_interrupted_attempt_is_kept() throws Exception {
    connect(
        MSTN,
        (attempt, control) -> {
          control.print("line 1\n");
          throw new InterruptedException("stopped");
        });
    var run = started(MSTN);

    assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> execute(run));

    assertThat(output(run, 0)).isEqualTo("line 1\n");
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

  /** Lets a test that would loop for ever be interrupted. */
  private static void pause() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(1);
  }

  // ---- set-up -----------------------------------------------------------------------------------

  /** Starts a run of one file for each connector type; the files have the names 0, 1, …. */
  private RunKey started(ConnectorType... types) {
    var template = connection().of(iModel()).build().connection();
    var files =
        IntStream.range(0, types.length)
            .mapToObj(index ->
                new SourceFile(
                    new SourceFileId(UUID.randomUUID()),
                    file(Integer.toString(index)),
                    types[index],
                    START.plusMillis(index)))
            .toList();
    assertSuccess(connections.add(new NewConnection(template, files), Limits.NONE));
    var newRun =
        new NewRun(
            new RunId(UUID.randomUUID()),
            new RunOrigin("client", "subject", "correlation"),
            UUID::randomUUID,
            clock.instant());
    return assertSuccess(runs.start(template.id(), newRun, RunRules.DEFAULT)).key();
  }

  /** Connects types of files to a connector that succeeds. */
  private void connectAll(ConnectorType... types) {
    for (var type : types) {
      connect(type, succeeding());
    }
  }

  /** A connector without a time limit of its own. */
  private interface Behaviour {

    Optional<AttemptOutcome> attempt(Attempt attempt, AttemptControl control) throws Exception;
  }

  private static Behaviour succeeding() {
    return (attempt, control) -> Optional.of(SUCCEEDED);
  }

  private static Behaviour[] outcomes(AttemptOutcome... outcomes) {
    return Stream.of(outcomes)
        .map(outcome -> (Behaviour) (attempt, control) -> Optional.of(outcome))
        .toArray(Behaviour[]::new);
  }

  /** Connects a type of files: each attempt has the next behaviour; the last one repeats. */
  private void connect(ConnectorType type, Behaviour... behaviours) {
    var next = new AtomicInteger();
    connectors.put(
        type,
        (attempt, control) -> {
          attempted.add(attempt.task().storageFileId());
          var index = Math.min(next.getAndIncrement(), behaviours.length - 1);
          try {
            return behaviours[index].attempt(attempt, control);
          } catch (RuntimeException | InterruptedException thrown) {
            throw thrown;
          } catch (Exception checked) {
            throw new AssertionError(checked);
          }
        });
  }

  private RunExecution execution(RunStore store, Clock time) {
    return execution(store, time, RETRIES);
  }

  private RunExecution execution(RunStore store, Clock time, RetryPolicy retries) {
    return new RunExecution(
        store,
        type -> Optional.ofNullable(connectors.get(type)),
        contents,
        retries,
        TIME_LIMIT,
        time,
        InstantSource.system());
  }

  private static Worker worker(long fence) {
    return new Worker(fence, "node-a", LEASE);
  }

  private Next execute(RunKey run) throws InterruptedException {
    return execute(run, 1);
  }

  private Next execute(RunKey run, long fence) throws InterruptedException {
    return execute(run, worker(fence));
  }

  private Next execute(RunKey run, Worker worker) throws InterruptedException {
    return execute(runs, run, worker);
  }

  private Next execute(RunStore store, RunKey run, Worker worker) throws InterruptedException {
    return ExecuteRun.on(execution(store, clock)).execute(run, worker);
  }

  private Run pickUp(RunKey run, long fence) {
    var transition =
        assertSuccess(
            runs.change(run, current -> current.pickUp(fence, "node-b", RETRIES, clock.instant())));
    assertThat(transition).isInstanceOf(Applied.class);
    return transition.run();
  }

  private void cancel(RunKey run) {
    assertThat(assertSuccess(runs.change(run, current -> current.requestCancel(clock.instant()))))
        .isInstanceOf(Applied.class);
  }

  private void delete(RunKey run) {
    connections.markDeleted(run.connection().iModel());
    assertThat(connections.removeSome(run.connection().iModel(), 10)).hasSize(1);
  }

  // ---- answers ----------------------------------------------------------------------------------

  private Run found(RunKey run) {
    return assertSuccess(runs.find(run));
  }

  private Task task(RunKey run, int index) {
    return found(run).tasks().get(index);
  }

  private List<RunResult> results(RunKey run) {
    return found(run).tasks().stream().map(Task::result).toList();
  }

  private String output(RunKey run, int index) {
    return assertSuccess(runs.output(run, task(run, index).id()));
  }

  private @Nullable FileName fileName(RunKey run) {
    var file = connections.findFile(run.connection(), task(run, 0).sourceFile());
    return assertSuccess(file).lastKnownFileName();
  }

  private void assertError(RunKey run, int index, ErrorKey key, String details) {
    var error = Objects.requireNonNull(task(run, index).error());
    assertThat(error.descriptionKey()).isEqualTo(key.toString());
    assertThat(error.details()).isEqualTo(details);
  }

  /** The content of a file, which tells whether it was closed. */
  private static final class RecordedContent {

    private final byte[] bytes;
    private boolean closed;

    private RecordedContent(String text) {
      bytes = text.getBytes(UTF_8);
    }

    private Opened opened(@Nullable String name) {
      return new Opened(
          name == null ? null : new FileName(name),
          bytes.length,
          new ByteArrayInputStream(bytes) {
            @Override
            public void close() {
              closed = true;
            }
          });
    }
  }

  private enum When {
    BEFORE_THE_CHANGE,
    AFTER_THE_CHANGE
  }

  /** A store that cannot answer some of the changes. */
  private static class FailingStore extends ForwardingRunStore {

    private final When when;
    private final List<Integer> failing;
    private int changes;

    /** Creates a store that fails at the changes with the given numbers; the first one is 1. */
    private FailingStore(RunStore store, When when, Integer... failing) {
      super(store);
      this.when = when;
      this.failing = List.of(failing);
    }

    void fail() {
      throw new StoreException("changing the run", new IOException("no connection"));
    }

    @Override
    public Outcome<Transition, OfRun> change(RunKey run, Function<Run, Transition> event) {
      changes++;
      if (failing.contains(changes) && when == When.BEFORE_THE_CHANGE) {
        fail();
      }
      var outcome = super.change(run, event);
      if (failing.contains(changes)) {
        fail();
      }
      return outcome;
    }
  }
}
