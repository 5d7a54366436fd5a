package io.storageconnections.domain.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DisplayNameTest {

  private static final String EMOJI = "\ud83d\ude00";

  @Test
  void a_name_has_at_most_255_characters() {
    assertAccepted("n".repeat(255));
    assertRejected("n".repeat(256));
  }

  @Test
  void a_character_outside_the_basic_multilingual_plane_counts_as_one() {
    assertAccepted(EMOJI.repeat(255));
    assertRejected(EMOJI.repeat(256));
    assertAccepted("n" + EMOJI.repeat(254));
    assertRejected("n" + EMOJI.repeat(255));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "  padded  ", "30", "\u0001", "line\nbreak", "e\u0301", "\uffff"})
  void a_name_is_stored_unchanged(String text) {
    assertAccepted(text);
  }

  @Test
  void a_null_character_is_rejected() {
    assertRejected("\u0000");
    assertRejected("name\u0000");
    assertRejected("\u0000".repeat(256));
  }

  @Test
  void a_lone_surrogate_is_rejected() {
    assertRejected("\ud83d");
    assertRejected("\ude00");
    assertRejected("name\ud83d");
    assertRejected("\ude00name");
    assertRejected("\ude00\ud83d");
    assertRejected("\ud83d" + EMOJI);
    assertRejected(EMOJI + "\ude00");
  }

  private static void assertAccepted(String text) {
    assertThat(DisplayName.parse(text)).isEqualTo(new DisplayName(text)).hasToString(text);
  }

  private static void assertRejected(String text) {
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> DisplayName.parse(text));
    assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> new DisplayName(text));
  }
}
