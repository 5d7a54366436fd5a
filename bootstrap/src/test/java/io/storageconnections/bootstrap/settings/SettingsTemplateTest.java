package io.storageconnections.bootstrap.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsTemplateTest {

  @TempDir private Path folder;

  @Test
  void the_template_sets_nothing() throws IOException {
    var settings = read(SettingsTemplate.text());
    for (var setting : Setting.values()) {
      assertThat(settings.text(setting)).isEqualTo(setting.defaultText());
    }
  }

  @Test
  void the_template_names_every_setting_and_every_file_of_a_secret_once() {
    assertThat(SettingsTemplate.text().lines().filter(line -> line.matches("#storage.+ =.*")))
        .map(line -> line.substring(1).split(" =", 2)[0])
        .containsExactlyElementsOf(
            Arrays.stream(Setting.values())
                .flatMap(setting ->
                    setting.isSecret()
                        ? Stream.of(setting.settingName(), setting.settingName().ofFile())
                        : Stream.of(setting.settingName()))
                .map(SettingName::property)
                .toList());
  }

  @Test
  void a_setting_whose_default_is_a_text_is_set_to_it_without_the_comment_sign()
      throws IOException {
    var uncommented =
        SettingsTemplate.text().replaceAll("(?m)^#(storage-connections\\.\\S+ = .+)$", "$1");
    assertThat(uncommented).contains("\nstorage-connections.http.port = 8080\n");
    var settings = read(uncommented);
    assertThat(settings.number(Setting.HTTP_PORT)).isEqualTo(8080);
  }

  private Settings read(String text) throws IOException {
    return Settings.read(
        Map.of(), Set.of(), Files.writeString(folder.resolve("settings.properties"), text));
  }
}
