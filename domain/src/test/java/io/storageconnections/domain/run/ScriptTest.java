package io.storageconnections.domain.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptTest {

  @Test
  void attempts_fail_as_often_as_the_script_says_and_then_succeed() {
    Script script = new Script.Fail(3, ErrorKey.LOCK_ERROR);
    for (int times = 3; times > 0; times--) {
      assertThat(script).isEqualTo(new Script.Fail(times, ErrorKey.LOCK_ERROR));
      script = ((Script.Fail) script).afterOne();
    }

    assertThat(script).isEqualTo(new Script.Succeed());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void a_script_of_failures_has_at_least_one(int times) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Script.Fail(times, ErrorKey.LOCK_ERROR))
        .withMessage("must be 1 or more: " + times);
  }

  @Test
  void a_slow_attempt_takes_no_negative_time() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Script.Slow(Duration.ofNanos(-1)))
        .withMessage("must not be negative: PT-0.000000001S");
    assertThat(new Script.Slow(Duration.ZERO).duration()).isZero();
  }
}
