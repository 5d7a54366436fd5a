package io.storageconnections.application.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.storageconnections.application.port.Connector;
import io.storageconnections.domain.run.AttemptOutcome;
import io.storageconnections.domain.run.RunResult;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The contract of every {@link Connector}. A test class that implements it inherits the tests. */
public interface ConnectorContract {

  /** Returns a connector whose attempt at a text file of the type {@code MSTN} succeeds. */
  Connector succeedingConnector();

  /** Returns a connector whose attempts do not end until they are stopped. */
  Connector endlessConnector();

  @Test
  default void an_attempt_at_a_file_ends_with_its_outcome() throws Exception {
    var attempt = AttemptFixtures.attempt().of("a.txt", new byte[] {'a'}).build();
    assertThat(succeedingConnector().attempt(attempt, new RecordingControl()))
        .map(AttemptOutcome::result)
        .contains(RunResult.SUCCESS);
  }

  @Test
  default void an_attempt_without_a_known_storage_ends_with_its_outcome() throws Exception {
    assertThat(
            succeedingConnector()
                .attempt(AttemptFixtures.attempt().build(), new RecordingControl()))
        .map(AttemptOutcome::result)
        .contains(RunResult.SUCCESS);
  }

  @Test
  default void an_attempt_that_must_stop_ends_without_an_outcome() throws Exception {
    var control = new RecordingControl();
    var connector = endlessConnector();
    Optional<AttemptOutcome> ended =
        during(
            () -> connector.attempt(AttemptFixtures.attempt().build(), control),
            attempt -> {
              assertThat(control.awaitQuestion()).isTrue();
              control.stop();
              return attempt.get(60, TimeUnit.SECONDS);
            });
    assertThat(ended).isEmpty();
  }

  @Test
  default void an_attempt_whose_thread_is_interrupted_ends_with_the_exception() throws Exception {
    var control = new RecordingControl();
    var connector = endlessConnector();
    var thread = Thread.currentThread();
    during(
        () -> {
          var asked = control.awaitQuestion();
          thread.interrupt();
          return asked;
        },
        asked -> {
          assertThatExceptionOfType(InterruptedException.class)
              .isThrownBy(() -> connector.attempt(AttemptFixtures.attempt().build(), control));
          assertThat(asked.get(60, TimeUnit.SECONDS)).isTrue();
          return asked;
        });
  }

  @Test
  default void a_time_limit_is_positive() {
    assertThat(succeedingConnector().timeLimit().orElse(Duration.ofHours(1))).isPositive();
  }

  /** Runs an action in another thread during another action of this thread. */
  private static <T, R> R during(Callable<T> other, Step<T, R> own) throws Exception {
    try (var executor = Executors.newSingleThreadExecutor()) {
      var result = executor.submit(other);
      try {
        return own.with(result);
      } catch (ExecutionException failed) {
        throw new AssertionError(failed);
      } finally {
        executor.shutdownNow();
      }
    }
  }

  /** An action during the action of another thread. */
  @FunctionalInterface
  interface Step<T, R> {

    /** Returns the result of the action. */
    R with(Future<T> other) throws Exception;
  }
}
