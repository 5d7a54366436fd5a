package io.storageconnections.adapter.connectors;

import static io.storageconnections.application.contract.AttemptFixtures.attempt;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.domain.run.RunResult;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits of an attempt with a command connector. */
final class LimitsTest extends CommandConnectorFixture {

  @Test
  void the_time_limit_is_that_of_the_builder() {
    assertThat(builder("").build().timeLimit()).isEmpty();
    assertThat(builder("").timeLimit(Duration.ofMinutes(5)).build().timeLimit())
        .contains(Duration.ofMinutes(5));
  }

  @Test
  void a_silent_connector_is_ended_and_has_timed_out() throws Exception {
    var outcome =
        outcome(builder("echo begins\n" + sleeper()).silenceLimit(Duration.ofMillis(700)));
    assertThat(outcome.result()).isEqualTo(RunResult.TIMED_OUT);
    assertThat(error(outcome).details()).endsWith("for 0.7s");
  }

  @ParameterizedTest
  @ValueSource(strings = {"echo more", "echo more >&2"})
  void a_connector_that_prints_is_not_silent(String print) throws Exception {
    var script =
        "for i in 1 2 3 4 5 6 7 8 9 10; do sleep 0.15; %s; done\n%s".formatted(print, RESULT);
    var outcome = outcome(builder(script).silenceLimit(Duration.ofSeconds(1)));
    assertThat(outcome.result()).isEqualTo(RunResult.SUCCESS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "head -c 200000 /dev/zero > output/a",
        "mkdir output/a; head -c 200000 /dev/zero > output/a/b",
        "for i in 1 2 3; do head -c 50000 /dev/zero > $i; done",
        "head -c 200000 /dev/zero >> source/*",
      })
  void a_connector_that_writes_beyond_its_disk_limit_is_ended(String write) throws Exception {
    var outcome =
        builder(write + "\n" + sleeper())
            .diskLimit(120_000)
            .build()
            .attempt(attempt().of("a.dgn", new byte[10]).build(), control)
            .orElseThrow();
    assertThat(outcome.result()).isEqualTo(RunResult.ERROR);
    assertThat(outcome.isTransient()).isFalse();
    assertThat(error(outcome).details()).contains("120000");
  }

  @Test
  void a_connector_may_write_up_to_its_disk_limit() throws Exception {
    var outcome =
        outcome(
            builder("head -c 100000 /dev/zero > output/a; sleep 1.5\n" + RESULT)
                .diskLimit(120_000));
    assertThat(outcome.result()).isEqualTo(RunResult.SUCCESS);
  }

  @Test
  void a_file_larger_than_the_disk_limit_is_not_copied() throws Exception {
    var outcome =
        builder(RESULT)
            .diskLimit(1_000)
            .build()
            .attempt(attempt().of("a", 1_001, refusingStream()).build(), control)
            .orElseThrow();
    assertThat(error(outcome).details()).contains("1000");
  }
}
