package io.storageconnections.platform.domain.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemNameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HouseModel.dgn",
        "a",
        ".hidden",
        "..a",
        " leading and inner spaces.dgn",
        "Übersicht – 図面 😀.ifc",
        "archive.exe.zip",
        "exe",
        "%2e%2e%2f",
        "CONTROL.dgn",
        "a.con",
        "COM10",
        "-rf",
        "مخطط.dgn",
        "❤️.dgn",
        "می\u200Cخواهم.dgn",
        "👩\u200D💻.ifc",
      })
  void a_file_may_have_any_harmless_name(String text) {
    assertThat(ItemName.ofFile(text).value()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        " ",
        " . .",
        "\u3000",
        "a/b",
        "../a",
        "..\\a",
        "C:",
        "a*",
        "a?",
        "a\"b",
        "<a",
        "a>",
        "a|b",
        "a\u0000",
        "a\nb",
        "a\r\nX-Header: b",
        "a\u007f",
        "a\u0085b",
        "a\u2028b",
        "a\ud800",
        "gwd\u202Eexe.dwg",
        "a\u200E.dgn",
        "a\u200B.dgn",
        "\u200Da.dgn",
        "a.dgn\u200C",
        "\uFEFFa.dgn",
        "a\u00AD.dgn",
        "a\u2066b",
        "\u3164",
        "a\u034F.dgn",
        "a\uDB40\uDC41.dgn",
        "a.",
        "a ",
        "a.dgn\u00A0",
        "a.dgn . ",
      })
  void neither_a_file_nor_a_folder_may_have_a_name_that_is_a_path_or_hides_something(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ItemName.ofFile(text));
    assertThatIllegalArgumentException().isThrownBy(() -> ItemName.ofFolder(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CON",
        "con",
        "Prn.dgn",
        "aux.tar.gz",
        "nul",
        "NUL .dgn",
        "COM1",
        "com9.dgn",
        "lpt\u00B2",
        "CONIN$",
        "conout$.dgn",
      })
  void neither_a_file_nor_a_folder_may_have_the_name_of_a_Windows_device(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ItemName.ofFile(text));
    assertThatIllegalArgumentException().isThrownBy(() -> ItemName.ofFolder(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.exe", "a.EXE", ".bat", "a.dgn.js", "a.msi", "x.ps1", "x.sh"})
  void only_a_folder_may_have_the_name_of_an_executable(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ItemName.ofFile(text));
    assertThat(ItemName.ofFolder(text).value()).isEqualTo(text);
  }

  @Test
  void a_name_has_at_most_255_characters_however_many_bytes_they_take() {
    assertThat(ItemName.ofFile("😀".repeat(255)).value()).hasSize(510);
    assertThatIllegalArgumentException().isThrownBy(() -> ItemName.ofFile("a".repeat(256)));
  }
}
