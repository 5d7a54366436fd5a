package io.storageconnections.domain.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.storageconnections.domain.connection.Limits.Excess;
import io.storageconnections.domain.connection.Limits.Subject;
import org.junit.jupiter.api.Test;

class LimitsTest {

  private static final Limits LIMITS = new Limits(100, 250);

  @Test
  void an_imodel_may_be_filled_to_its_limits() {
    assertThat(LIMITS.excess(new Usage(99, 240), new Usage(1, 10))).isEmpty();
    assertThat(LIMITS.excess(new Usage(0, 0), new Usage(1, 250))).isEmpty();
  }

  @Test
  void one_more_is_too_much_and_told_with_the_limit_and_what_there_is() {
    assertThat(LIMITS.excess(new Usage(100, 100), new Usage(1, 1)))
        .contains(new Excess(Subject.CONNECTIONS, 100, 100, 1));
    assertThat(LIMITS.excess(new Usage(1, 249), new Usage(0, 2)))
        .contains(new Excess(Subject.SOURCE_FILES, 250, 249, 2));
  }

  @Test
  void of_both_the_connections_are_told() {
    assertThat(LIMITS.excess(new Usage(100, 250), new Usage(1, 1)))
        .contains(new Excess(Subject.CONNECTIONS, 100, 100, 1));
  }

  @Test
  void a_limit_that_was_passed_before_it_was_set_keeps_only_more_of_the_same_out() {
    assertThat(LIMITS.excess(new Usage(120, 120), new Usage(0, 1))).isEmpty();
    assertThat(LIMITS.excess(new Usage(120, 300), new Usage(0, 1)))
        .contains(new Excess(Subject.SOURCE_FILES, 250, 300, 1));
  }

  @Test
  void limits_are_not_negative() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Limits(-1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Limits(0, -1));
  }

  @Test
  void only_what_is_limited_is_told() {
    assertThat(LIMITS.limited(new Usage(3, 7))).isEqualTo(new Usage(3, 7));
    assertThat(new Limits(1, 0).limited(new Usage(3, 7))).isEqualTo(new Usage(3, 0));
    assertThat(new Limits(0, 1).limited(new Usage(3, 7))).isEqualTo(new Usage(0, 7));
  }

  @Test
  void zero_is_no_limit() {
    assertThat(Limits.NONE.excess(new Usage(1_000_000, 1_000_000), new Usage(1, 1_000))).isEmpty();
    assertThat(Limits.NONE.areSet()).isFalse();
    assertThat(new Limits(1, 0).areSet()).isTrue();
    assertThat(new Limits(0, 1).areSet()).isTrue();
    assertThat(new Limits(0, 1).excess(new Usage(7, 0), new Usage(1, 1))).isEmpty();
  }
}
