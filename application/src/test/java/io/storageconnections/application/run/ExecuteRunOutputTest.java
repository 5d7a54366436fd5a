package io.storageconnections.application.run;

import static io.storageconnections.domain.connection.ConnectorType.MSTN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.storageconnections.application.port.StoreException;
import io.storageconnections.domain.run.RunKey;
import io.storageconnections.domain.run.TaskId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests how a worker keeps what a connector prints. */
@Timeout(60)
final class ExecuteRunOutputTest extends ExecuteRunTests {

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

  @Test
  void an_attempt_that_prints_nothing_does_not_show_the_output_of_the_last() throws Exception {
    connect(
        MSTN,
        (attempt, control) -> {
          if (attempt.task().attempts() > 1) {
            return Optional.of(SUCCEEDED);
          }
          control.print("attempt 1");
          return Optional.of(FAILED_TRANSIENTLY);
        });
    var run = started(MSTN);
    execute(run);
    assertThat(output(run, 0)).isEqualTo("attempt 1");
    clock.advance(BACKOFF);

    execute(run, 2);

    assertThat(output(run, 0)).isEmpty();
  }
}
