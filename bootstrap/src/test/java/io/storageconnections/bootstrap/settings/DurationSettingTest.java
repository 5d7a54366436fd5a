package io.storageconnections.bootstrap.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationSettingTest {

  @ParameterizedTest
  @CsvSource({
    "1ms, PT0.001S",
    "500ms, PT0.5S",
    "75s, PT1M15S",
    "10m, PT10M",
    "1h, PT1H",
    "365d, P365D"
  })
  void a_duration_is_a_whole_number_with_a_unit(String text, Duration duration) {
    assertThat(DurationSetting.parse(text)).isEqualTo(duration);
  }

  @Test
  void the_longest_duration_fits_into_a_long_of_nanoseconds() {
    assertThat(DurationSetting.parse("999999h").toNanos()).isPositive();
    assertThat(DurationSetting.parse("99999d").toNanos()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "75",
        "s",
        "75 s",
        " 75s",
        "75s ",
        "75S",
        "75sec",
        "75ms1",
        "+75s",
        "-75s",
        "0s",
        "075s",
        "1.5s",
        "1,5s",
        "1e3s",
        "1h30m",
        "PT75S",
        "1w",
        "100000d",
        "1000000s",
        "\uff17\uff15s",
        "75s\n"
      })
  void any_other_text_is_refused_with_examples_in_the_message(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DurationSetting.parse(text))
        .withMessageContainingAll("500ms", "75s", "10m", "1h", "365d");
  }
}
