package io.storageconnections.application.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PageRequestTest {

  @Test
  void a_page_request_without_numbers_is_the_first_100_entries() {
    assertThat(PageRequest.of(null, null)).isEqualTo(new PageRequest(0, 100));
  }

  @ParameterizedTest
  @ValueSource(longs = {1_000, 1_001, 1L << 32, Long.MAX_VALUE})
  void a_page_of_1000_entries_or_more_has_1000(long top) {
    assertThat(PageRequest.of(Long.MAX_VALUE, top))
        .isEqualTo(new PageRequest(Long.MAX_VALUE, 1_000));
  }

  @Test
  void a_page_of_less_than_1000_entries_has_the_requested_size() {
    assertThat(PageRequest.of(null, 999L)).isEqualTo(new PageRequest(0, 999));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 1 - (1L << 32), Long.MIN_VALUE})
  void a_page_of_less_than_one_entry_is_refused(long top) {
    assertThatIllegalArgumentException().isThrownBy(() -> PageRequest.of(null, top));
  }

  @Test
  void a_negative_number_of_skipped_entries_is_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> PageRequest.of(-1L, null));
  }
}
