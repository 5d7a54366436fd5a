package io.storageconnections.application.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.contract.AttemptFixtures;
import io.storageconnections.application.contract.InMemoryRunStore;
import io.storageconnections.application.run.ExecuteRun.Worker;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class WorkerControlTest {

  /** A run that the store does not have, so that the worker must stop. */
  private final WorkerControl control;

  private final SettableClock clock = new SettableClock(Instant.parse("2026-01-02T03:04:05Z"));

  WorkerControlTest() {
    var attempt = AttemptFixtures.attempt().build();
    control =
        new WorkerControl(
            new InMemoryRunStore(),
            attempt.run().key(),
            attempt.task().id(),
            new Worker(1, "node", () -> false),
            clock,
            clock.instant().plus(Duration.ofHours(1)));
  }

  @Test
  void a_connector_that_only_asks_learns_within_a_second_that_it_must_stop() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      assertThat(control.await(Duration.ZERO)).isFalse();
    }
    clock.advance(Duration.ofSeconds(1));
    assertThat(control.await(Duration.ZERO)).isTrue();
  }

  @Test
  void a_connector_that_waits_learns_it_also_if_the_clock_stands_still() throws Exception {
    assertThat(control.await(Duration.ofHours(1))).isTrue();
  }
}
