package io.storageconnections.bootstrap.settings;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.storageconnections.bootstrap.settings.PropertiesFile.Property;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PropertiesFileTest {

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("settings.properties");
  }

  private PropertiesFile read(String content) throws IOException {
    return read(content, UTF_8);
  }

  private PropertiesFile read(String content, Charset charset) throws IOException {
    Files.writeString(file, content, charset);
    return PropertiesFile.read(file);
  }

  @Test
  void separators_comments_and_escapes_are_those_of_java_properties() throws IOException {
    var properties =
        read("# comment \\\n! comment\n\n  a = 1\r\nb:2\rc 3\nd=\\u00e9\\\\\\ \\:\ne\nf==\n");
    assertThat(properties.problems()).isEmpty();
    assertThat(properties.properties())
        .containsExactly(
            new Property("a", "1", 4),
            new Property("b", "2", 5),
            new Property("c", "3", 6),
            new Property("d", "é\\ :", 7),
            new Property("e", "", 8),
            new Property("f", "=", 9));
  }

  @Test
  void white_space_after_a_value_is_kept() throws IOException {
    assertThat(read("a = 1 \t\n").properties()).containsExactly(new Property("a", "1 \t", 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u000b", "\f", "\u0085", "\u2028", "\u2029"})
  void a_character_that_editors_show_as_a_new_line_is_refused(String separator) {
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> read("# comment" + separator + "a=1\n"))
        .withMessageContaining("line separator");
  }

  @Test
  void a_byte_order_mark_is_skipped() throws IOException {
    assertThat(read("\ufeffa=1\nb=2").properties())
        .containsExactly(new Property("a", "1", 1), new Property("b", "2", 2));
  }

  @Test
  void a_byte_order_mark_on_a_later_line_is_part_of_the_key() throws IOException {
    assertThat(read("a=1\n\ufeffb=2").properties())
        .containsExactly(new Property("a", "1", 1), new Property("\ufeffb", "2", 2));
  }

  @Test
  void another_encoding_than_utf_8_is_refused_with_line_and_offset() {
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> read("a=1\nbé=2", ISO_8859_1))
        .withMessageContaining(file.toString())
        .withMessageContaining("byte 0xE9 at offset 5, in line 2");
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> read("a=1", UTF_16))
        .withMessageContaining("byte 0xFE at offset 0, in line 1");
  }

  @Test
  void a_file_that_ends_in_the_middle_of_a_character_is_refused() throws IOException {
    Files.write(file, new byte[] {'a', '=', (byte) 0xC3});
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> PropertiesFile.read(file))
        .withMessageContaining("byte 0xC3 at offset 2, in line 1");
  }

  @ParameterizedTest
  @CsvSource({
    "a=C:\\data, \\d",
    "a=\\\\\\x, \\x",
    "\\a=1, \\a",
    "a=\\u12, \\u",
    "a=\\uzzzz, \\u",
    "a=1\\, backslash",
    "a=1\\\\\\, backslash",
  })
  void an_escape_that_java_would_drop_or_cannot_read_is_a_problem(String line, String named)
      throws IOException {
    var properties = read("x=1\n" + line + "\nb=2\n");
    assertThat(properties.problems())
        .singleElement()
        .asString()
        .startsWith(file + ", line 2 ")
        .contains(named);
    assertThat(properties.properties())
        .containsExactly(new Property("x", "1", 1), new Property("b", "2", 3));
  }

  @Test
  void a_repeated_key_is_a_problem_even_with_the_same_value() throws IOException {
    assertThat(read("a=1\nb=2\na=1\n\\u0061=1\n").duplicates())
        .containsExactly(
            file + ", line 3: a stands in line 1 already: remove one of them",
            file + ", line 4: a stands in line 1 already: remove one of them");
  }

  @Test
  void a_file_that_does_not_exist_is_refused() {
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> PropertiesFile.read(file))
        .withMessageContainingAll("--config", file.toString(), "no such file");
  }

  @Test
  void a_folder_is_refused() {
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> PropertiesFile.read(folder))
        .withMessageContainingAll("--config", folder.toString(), "is a folder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void an_empty_file_name_is_refused(String name) {
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> PropertiesFile.read(Path.of(name)))
        .withMessageContaining("--config names no file");
  }
}
