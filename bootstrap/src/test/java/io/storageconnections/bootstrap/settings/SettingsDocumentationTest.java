package io.storageconnections.bootstrap.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Compares the table of settings in {@code docs/configuration.md} with the declarations in {@link
 * Setting}. In the table, the first sentence of a meaning is the declared meaning; further
 * sentences may explain it. The meaning of a secret names the variable of its file.
 */
final class SettingsDocumentationTest {

  private static final Path PAGE = Path.of("../docs/configuration.md");

  private static final Pattern ROW =
      Pattern.compile(
          "(?m)^\\| `(STORAGE_CONNECTIONS_\\w+)` \\| `(\\S+)` \\| (.+?) \\| (.+?) \\|$");

  private record Row(String name, String property, String byDefault, String meaning) {}

  @Test
  void the_table_lists_every_setting_with_its_default_and_meaning() throws IOException {
    assertThat(differences(Files.readString(PAGE))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "(?m)^.*_HTTP_PORT.*\\R, '', missing: STORAGE_CONNECTIONS_HTTP_PORT",
    "_HTTP_PORT`, _HTTP_PROT`, not a setting: STORAGE_CONNECTIONS_HTTP_PROT",
    "storage-connections.http.port, storage-connections.http-port, name of"
        + " STORAGE_CONNECTIONS_HTTP_PORT in a file: storage-connections.http-port instead of"
        + " storage-connections.http.port",
    "`8080`, `8081`, default of STORAGE_CONNECTIONS_HTTP_PORT: `8081` instead of `8080`",
    "the port to listen on, the port, "
        + "meaning of STORAGE_CONNECTIONS_HTTP_PORT: begins with another sentence than:"
        + " the port to listen on",
    "STORAGE_CONNECTIONS_DATABASE_PASSWORD_FILE`, a file`, "
        + "not named: STORAGE_CONNECTIONS_DATABASE_PASSWORD_FILE",
  })
  void a_page_that_differs_from_the_declarations_is_noticed(
      String expression, String replacement, String difference) throws IOException {
    var page = Files.readString(PAGE).replaceFirst(expression, replacement);
    assertThat(differences(page)).contains(difference);
  }

  @Test
  void a_row_that_stands_twice_is_noticed() throws IOException {
    var page = Files.readString(PAGE).replaceFirst("(?m)^.*_HTTP_PORT`.*\\R", "$0$0");
    assertThat(differences(page)).containsExactly("order or repetition of rows");
  }

  @ParameterizedTest
  @EnumSource
  void the_page_on_connectors_lists_every_setting_of_a_connector_type(ConnectorSetting setting)
      throws IOException {
    assertThat(Files.readString(Path.of("../docs/connectors.md")))
        .contains("| `STORAGE_CONNECTIONS_CONNECTORS_<TYPE>_" + setting + "` | ");
  }

  private static List<String> differences(String page) {
    var rows =
        ROW.matcher(page)
            .results()
            .map(row -> new Row(row.group(1), row.group(2), row.group(3), row.group(4)))
            .toList();
    var documented = rows.stream().map(Row::name).toList();
    var declared = Arrays.stream(Setting.values()).map(Setting::variable).toList();
    var differences = new ArrayList<String>();
    declared.stream()
        .filter(name -> !documented.contains(name))
        .forEach(name -> differences.add("missing: " + name));
    documented.stream()
        .filter(name -> !declared.contains(name))
        .forEach(name -> differences.add("not a setting: " + name));
    if (differences.isEmpty() && !documented.equals(declared)) {
      differences.add("order or repetition of rows");
    }
    for (var row : rows) {
      SettingName.ofVariable(row.name())
          .flatMap(Setting::of)
          .ifPresent(setting -> compare(row, setting, differences));
    }
    return differences;
  }

  private static void compare(Row row, Setting setting, List<String> differences) {
    var byDefault =
        setting.defaultText() == null
            ? setting.defaultDescription()
            : "`" + setting.defaultText() + "`";
    if (!row.byDefault().equals(byDefault)) {
      differences.add(
          "default of %s: %s instead of %s".formatted(row.name(), row.byDefault(), byDefault));
    }
    if (!row.property().equals(setting.property())) {
      differences.add(
          "name of %s in a file: %s instead of %s"
              .formatted(row.name(), row.property(), setting.property()));
    }
    var ofFile = setting.settingName().ofFile().variable();
    if (setting.isSecret() && !row.meaning().contains("`" + ofFile + "`")) {
      differences.add("not named: " + ofFile);
    }
    if (!(row.meaning() + ". ").startsWith(setting.meaning() + ". ")) {
      differences.add(
          "meaning of %s: begins with another sentence than: %s"
              .formatted(row.name(), setting.meaning()));
    }
  }
}
