package io.storageconnections.application.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PageRequestTest {

  @Test
  void the_first_hundred_are_meant_if_nothing_is_said() {
    assertThat(PageRequest.of(null, null)).isEqualTo(new PageRequest(0, 100));
  }

  @ParameterizedTest
  @ValueSource(longs = {1_000, 1_001, 1L << 32, Long.MAX_VALUE})
  void who_asks_for_more_than_a_thousand_gets_a_thousand(long top) {
    assertThat(PageRequest.of(Long.MAX_VALUE, top))
        .isEqualTo(new PageRequest(Long.MAX_VALUE, 1_000));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 1 - (1L << 32), Long.MIN_VALUE})
  void there_is_no_part_with_less_than_one(long top) {
    assertThatIllegalArgumentException().isThrownBy(() -> PageRequest.of(null, top));
  }

  @Test
  void there_is_no_part_before_the_first() {
    assertThatIllegalArgumentException().isThrownBy(() -> PageRequest.of(-1L, null));
  }
}
