package io.storageconnections.domain.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class FileNameTest {

  @Test
  void a_name_that_can_be_stored_stays_as_it_is() {
    assertThat(FileName.of("30 – Überführung.dgn")).isEqualTo(new FileName("30 – Überführung.dgn"));
    assertThat(FileName.of("x".repeat(255))).hasToString("x".repeat(255));
  }

  @Test
  void a_name_that_is_too_long_is_cut_between_characters() {
    assertThat(FileName.of("\uD83D\uDEE0".repeat(256))).hasToString("\uD83D\uDEE0".repeat(255));
    assertThatThrownBy(() -> new FileName("x".repeat(256)))
        .isInstanceOf(InvalidValueException.class);
  }

  @Test
  void a_name_that_cannot_be_stored_is_not_known() {
    assertThat(FileName.of(null)).isNull();
    assertThat(FileName.of("")).isNull();
    assertThat(FileName.of(" \t")).isNull();
    assertThat(FileName.of("a\0.dgn")).isNull();
    assertThat(FileName.of("a\uD83D.dgn")).isNull();
    assertThatThrownBy(() -> new FileName(" ")).isInstanceOf(InvalidValueException.class);
  }
}
