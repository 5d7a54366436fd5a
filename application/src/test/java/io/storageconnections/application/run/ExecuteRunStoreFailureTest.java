package io.storageconnections.application.run;

import static io.storageconnections.domain.connection.ConnectionFixtures.file;
import static io.storageconnections.domain.connection.ConnectorType.MSTN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.storageconnections.application.outcome.Failure.OfRun;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.port.SourceContents.Opened;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.run.ExecuteRun.Done;
import io.storageconnections.application.run.ExecuteRun.Requeue;
import io.storageconnections.application.run.ExecuteRun.Worker;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.FileName;
import io.storageconnections.domain.connection.SourceFileId;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.domain.run.RetryPolicy;
import io.storageconnections.domain.run.Run;
import io.storageconnections.domain.run.RunKey;
import io.storageconnections.domain.run.RunResult;
import io.storageconnections.domain.run.Task;
import io.storageconnections.domain.run.TaskId;
import io.storageconnections.domain.run.Transition;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests what a worker does while the store of runs cannot answer. */
@Timeout(60)
final class ExecuteRunStoreFailureTest extends ExecuteRunTests {

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
}
