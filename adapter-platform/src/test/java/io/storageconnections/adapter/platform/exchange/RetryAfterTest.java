package io.storageconnections.adapter.platform.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RetryAfterTest {

  private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");

  @Test
  void seconds_are_read() {
    assertThat(RetryAfter.parse("0", NOW)).isEqualTo(Duration.ZERO);
    assertThat(RetryAfter.parse(" 17 ", NOW)).isEqualTo(Duration.ofSeconds(17));
  }

  @Test
  void a_date_is_read_as_the_time_until_then() {
    assertThat(RetryAfter.parse("Thu, 26 Nov 2026 10:00:30 GMT", NOW))
        .isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void a_past_date_means_no_time() {
    assertThat(RetryAfter.parse("Thu, 26 Nov 2026 09:00:00 GMT", NOW)).isEqualTo(Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3601", "999999999999999", "Fri, 27 Nov 2026 10:00:00 GMT"})
  void a_longer_time_than_an_hour_is_cut(String value) {
    assertThat(RetryAfter.parse(value, NOW)).isEqualTo(Duration.ofHours(1));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {"", "soon", "-1", "1.5", "9999999999999999999999", "2026-11-26T10:00:30Z", "١٧"})
  void everything_else_counts_as_absent(@Nullable String value) {
    assertThat(RetryAfter.parse(value, NOW)).isNull();
  }
}
