package io.storageconnections.domain.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.storageconnections.domain.connection.Limits.Excess;
import io.storageconnections.domain.connection.Limits.Subject;
import org.junit.jupiter.api.Test;

class LimitsTest {

  private static final Limits LIMITS = new Limits(100, 250);

  @Test
  void an_addition_may_reach_the_limits() {
    assertThat(LIMITS.excess(new Usage(99, 240), new Usage(1, 10))).isEmpty();
    assertThat(LIMITS.excess(new Usage(0, 0), new Usage(1, 250))).isEmpty();
  }

  @Test
  void an_addition_beyond_a_limit_is_reported_with_the_limit_and_the_present_number() {
    assertThat(LIMITS.excess(new Usage(100, 100), new Usage(1, 1)))
        .contains(new Excess(Subject.CONNECTIONS, 100, 100, 1));
    assertThat(LIMITS.excess(new Usage(1, 249), new Usage(0, 2)))
        .contains(new Excess(Subject.SOURCE_FILES, 250, 249, 2));
  }

  @Test
  void if_both_limits_are_exceeded_the_limit_of_connections_is_reported() {
    assertThat(LIMITS.excess(new Usage(100, 250), new Usage(1, 1)))
        .contains(new Excess(Subject.CONNECTIONS, 100, 100, 1));
  }

  @Test
  void an_already_exceeded_limit_rejects_only_additions_of_its_own_kind() {
    assertThat(LIMITS.excess(new Usage(120, 120), new Usage(0, 1))).isEmpty();
    assertThat(LIMITS.excess(new Usage(120, 300), new Usage(0, 1)))
        .contains(new Excess(Subject.SOURCE_FILES, 250, 300, 1));
  }

  @Test
  void negative_limits_are_rejected() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Limits(-1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Limits(0, -1));
  }

  @Test
  void numbers_without_a_limit_are_reported_as_zero() {
    assertThat(LIMITS.limited(new Usage(3, 7))).isEqualTo(new Usage(3, 7));
    assertThat(new Limits(1, 0).limited(new Usage(3, 7))).isEqualTo(new Usage(3, 0));
    assertThat(new Limits(0, 1).limited(new Usage(3, 7))).isEqualTo(new Usage(0, 7));
  }

  @Test
  void zero_means_no_limit() {
    assertThat(Limits.NONE.excess(new Usage(1_000_000, 1_000_000), new Usage(1, 1_000))).isEmpty();
    assertThat(Limits.NONE.areSet()).isFalse();
    assertThat(new Limits(1, 0).areSet()).isTrue();
    assertThat(new Limits(0, 1).areSet()).isTrue();
    assertThat(new Limits(0, 1).excess(new Usage(7, 0), new Usage(1, 1))).isEmpty();
  }
}
