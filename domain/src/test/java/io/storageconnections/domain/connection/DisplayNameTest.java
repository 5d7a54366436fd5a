package io.storageconnections.domain.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DisplayNameTest {

  private static final String EMOJI = "\ud83d\ude00";

  @Test
  void a_name_has_up_to_255_characters() {
    assertAccepted("n".repeat(255));
    assertRefused("n".repeat(256));
  }

  @Test
  void a_character_outside_the_basic_plane_counts_once() {
    assertAccepted(EMOJI.repeat(255));
    assertRefused(EMOJI.repeat(256));
    assertAccepted("n" + EMOJI.repeat(254));
    assertRefused("n" + EMOJI.repeat(255));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "  padded  ", "30", "\u0001", "line\nbreak", "e\u0301", "\uffff"})
  void a_name_is_kept_as_it_is(String text) {
    assertAccepted(text);
  }

  @Test
  void a_name_holds_no_null_character() {
    assertRefused("\u0000");
    assertRefused("name\u0000");
    assertRefused("\u0000".repeat(256));
  }

  @Test
  void half_a_surrogate_pair_is_no_text() {
    assertRefused("\ud83d");
    assertRefused("\ude00");
    assertRefused("name\ud83d");
    assertRefused("\ude00name");
    assertRefused("\ude00\ud83d");
    assertRefused("\ud83d" + EMOJI);
    assertRefused(EMOJI + "\ude00");
  }

  private static void assertAccepted(String text) {
    assertThat(DisplayName.parse(text)).isEqualTo(new DisplayName(text)).hasToString(text);
  }

  private static void assertRefused(String text) {
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> DisplayName.parse(text));
    assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> new DisplayName(text));
  }
}
