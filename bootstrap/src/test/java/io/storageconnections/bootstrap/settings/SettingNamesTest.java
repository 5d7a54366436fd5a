package io.storageconnections.bootstrap.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that are not settings, in the environment, in a file and among system properties. */
final class SettingNamesTest {

  private static final String ISSUER = "https://ims.example.org";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "storage_connections_auth_issuer",
        "Storage_Connections_Auth_Issuer",
        "storage-connections.auth.issuer",
        "STORAGE-CONNECTIONS-AUTH-ISSUER",
        "STORAGE_CONNECTIONS__AUTH__ISSUER",
        "STORAGECONNECTIONS_AUTH_ISSUER",
      })
  void a_variable_in_another_spelling_is_refused_with_the_correct_spelling(String name) {
    assertThat(problems(Map.of(name, ISSUER), null))
        .containsExactly(
            name
                + " is not a setting: in the environment it is spelt"
                + " STORAGE_CONNECTIONS_AUTH_ISSUER");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "STORAGE_CONNECTION_AUTH_ISSUER",
        "storage-connection.auth.issuer",
        "STORAGE_CONNECTIONS_ISSUER",
        "STORAGE_CONNECTIONS_AUTH_ISSUERS",
        "STORAGE_CONNECTIONS_AUTHISSUER_",
        "STORAGE_CONECTIONS_AUTH_ISSUER",
        "STORGE_CONNECTIONS_AUTH_ISSUER",
      })
  void a_misspelt_variable_is_refused_with_the_nearest_setting(String name) {
    assertThat(problems(Map.of(name, ISSUER), null))
        .singleElement()
        .asString()
        .startsWith(name + " is not a setting: ")
        .endsWith("STORAGE_CONNECTIONS_AUTH_ISSUER");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "STORAGE_CONECTIONS_AUTH_ISSUER_URL",
        "STORAGE_CONECTIONS_ISSUER",
        "STORAGE_CONNETIONS_AUTHORITY",
        "STROAGE_CONECTIONS_AUTH_ISUER",
        "STORAGE_CONNECT_AUTH_ISSUER",
        "STORAGE_CONNS_AUTH_ISSUER",
        "STORAGE_SYNC_AUTH_ISSUER",
        "CONNECTIONS_AUTH_ISSUER",
      })
  void a_badly_misspelt_variable_is_refused(String name) {
    assertThat(problems(Map.of(name, ISSUER), null))
        .singleElement()
        .asString()
        .startsWith(name + " is not a setting");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AZURE_STORAGE_CONNECTION_STRING", "AUTH_ISSUER", "PATH", "", "STORAGE"})
  void variables_of_other_programs_are_ignored(String name) {
    assertThat(read(Map.of(name, "x"), null).hasDevelopmentIssuer()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "storage-connection.auth.issuer, storage-connections.auth.issuer",
    "Storage-Connections.Auth.Isuer, storage-connections.auth.issuer",
    "STORAGE_CONNECTION_AUTH_ISSUER, storage-connections.auth.issuer",
    "auth.issuer, storage-connections.auth.issuer",
    "AUTH_ISSUER, storage-connections.auth.issuer",
    "issuer, storage-connections.auth.issuer",
    "storage-connections.database.poolsize_, storage-connections.database.pool.size",
  })
  void a_misspelt_key_is_refused_with_the_nearest_setting(String key, String nearest)
      throws IOException {
    assertThat(problems(Map.of(), file("\n" + key + "=" + ISSUER)))
        .singleElement()
        .asString()
        .contains("line 2: " + key + " is not a setting: ")
        .contains(" " + nearest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "another.application",
        "storage-connections.x",
        "storage-connections.color.scheme",
        "user",
        "server.servlet.context-path",
        "export",
      })
  void a_key_that_is_not_near_any_setting_is_refused_with_the_list_of_settings(String key)
      throws IOException {
    assertThat(problems(Map.of(), file(key + "=1")))
        .singleElement()
        .asString()
        .endsWith(
            key
                + " is not a setting: correct or remove it; docs/configuration.md lists the"
                + " settings");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "STORAGE_CONNECTIONS_COLOR_SCHEME",
        "STORAGE_CONNECTIONS_X",
        "STORAGE_CONNETIONS_AUTHORITY",
      })
  void a_variable_that_is_not_near_any_setting_is_refused_with_the_list_of_settings(String name) {
    assertThat(problems(Map.of(name, "1"), null))
        .containsExactly(
            name
                + " is not a setting: correct or remove it; docs/configuration.md lists the"
                + " settings");
  }

  @ParameterizedTest
  @CsvSource({
    "STORAGE_CONNECTIONS_PORT, STORAGE_CONNECTIONS_HTTP_PORT",
    "STORAGE_CONNECTIONS_SERVER_HTTP_HOST, STORAGE_CONNECTIONS_HTTP_HOST",
    "STORAGE_CONNECT_AUTH_ISSUER, STORAGE_CONNECTIONS_AUTH_ISSUER",
    "CONNECTIONS_AUTH_ISSUER, STORAGE_CONNECTIONS_AUTH_ISSUER",
    "STORAGE_CONNECTIONS_DATABASE_USERNAME, STORAGE_CONNECTIONS_DATABASE_USER",
  })
  void a_name_that_differs_from_a_setting_in_few_letters_or_in_the_prefix_is_near_it(
      String name, String nearest) {
    assertThat(problems(Map.of(name, "1"), null))
        .containsExactly(
            name + " is not a setting: correct or remove it; the nearest is " + nearest);
  }

  @Test
  void a_system_property_that_is_not_near_any_setting_is_refused_with_the_list_of_settings() {
    assertThat(problems(Map.of(), Set.of("storage-connections.color.scheme"), null))
        .singleElement()
        .asString()
        .startsWith("-Dstorage-connections.color.scheme is a system property")
        .endsWith("docs/configuration.md lists the settings")
        .doesNotContain("the nearest");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "STORAGE_CONNECTIONS_AUTH_ISSUER",
        "storage_connections.auth.issuer",
        "storage-connections.AUTH.issuer",
        "storage-connections.auth-issuer",
      })
  void a_key_in_another_spelling_is_refused_with_the_spelling_of_files(String key)
      throws IOException {
    assertThat(problems(Map.of(), file(key + "=" + ISSUER)))
        .singleElement()
        .asString()
        .endsWith(key + " is not a setting: in a file it is spelt storage-connections.auth.issuer");
  }

  @ParameterizedTest
  @CsvSource({
    "storage-connections.data-folder, storage-connections.data.folder",
    "storage-connections.database.pool-size, storage-connections.database.pool.size",
    "storage-connections.connectors.ifc.time-limit,"
        + " storage-connections.connectors.ifc.time.limit",
  })
  void a_name_with_hyphens_is_refused_with_the_name_with_dots(String key, String name)
      throws IOException {
    assertThat(problems(Map.of(), file(key + "=1")))
        .singleElement()
        .asString()
        .endsWith(key + " is not a setting: in a file it is spelt " + name);
  }

  @ParameterizedTest
  @CsvSource({
    "STORAGE_CONNECTIONS_DATABASE_PASSWORD_FIEL, STORAGE_CONNECTIONS_DATABASE_PASSWORD_FILE",
    "STORAGE_CONNECTIONS_DATABASE_PASSWORDFILES, STORAGE_CONNECTIONS_DATABASE_PASSWORD_FILE",
    "STORAGE_CONNECTIONS_CONNECTORS_IFC_COMAND, STORAGE_CONNECTIONS_CONNECTORS_IFC_COMMAND",
    "STORAGE_CONNECTIONS_AUTH_ISSUER_FILE, STORAGE_CONNECTIONS_AUTH_ISSUER",
  })
  void files_of_secrets_and_settings_of_connectors_are_among_the_nearest(
      String name, String nearest) {
    assertThat(problems(Map.of(name, "1"), null))
        .containsExactly(
            name + " is not a setting: correct or remove it; the nearest is " + nearest);
  }

  @Test
  void a_line_of_a_shell_script_is_refused_with_the_setting_that_it_exports() throws IOException {
    assertThat(problems(Map.of(), file("export STORAGE_CONNECTIONS_AUTH_ISSUER=" + ISSUER)))
        .singleElement()
        .asString()
        .endsWith("export is not a setting: in a file it is spelt storage-connections.auth.issuer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "storage-connections.auth.issuer",
        "STORAGE_CONNECTIONS_AUTH_ISSUER",
        "storage-connection.auth.issuer",
      })
  void a_system_property_is_refused_with_both_names_of_the_setting(String name) {
    assertThat(problems(Map.of(), Set.of("java.home", name), null))
        .singleElement()
        .asString()
        .contains(
            "-D" + name, "STORAGE_CONNECTIONS_AUTH_ISSUER", "storage-connections.auth.issuer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "STORAGE_CONNECTIONS",
        "STORAGE_CONNECTION",
        "STORAGE_CONNECTIONS_POSTGRESQL",
      })
  void variables_of_a_kubernetes_service_are_ignored(String service) {
    read(
        Map.ofEntries(
            Map.entry(service + "_SERVICE_HOST", "10.0.0.1"),
            Map.entry(service + "_SERVICE_PORT", "80"),
            Map.entry(service + "_SERVICE_PORT_HTTP", "80"),
            Map.entry(service + "_PORT", "tcp://10.0.0.1:80"),
            Map.entry(service + "_PORT_80_TCP", "tcp://10.0.0.1:80"),
            Map.entry(service + "_PORT_80_TCP_PROTO", "tcp"),
            Map.entry(service + "_PORT_80_TCP_PORT", "80"),
            Map.entry(service + "_PORT_80_TCP_ADDR", "10.0.0.1"),
            Map.entry(service + "_PORT_53_UDP", "udp://[fd00::1]:53"),
            Map.entry(service + "_PORT_53_UDP_ADDR", "fd00::1")),
        null);
  }

  @ParameterizedTest
  @CsvSource({
    "STORAGE_CONNECTIONS_PORT, 8080",
    "STORAGE_CONNECTIONS_PORT, ''",
    "STORAGE_CONNECTIONS_PORT_HTTP, 8080",
    "STORAGE_CONNECTIONS_PORT_80, 80",
    "STORAGE_CONNECTIONS_PORT_80_TCP_ADDRESS, 10.0.0.1",
    "STORAGE_CONNECTIONS_SERVICE_HOST, localhost",
    "STORAGE_CONNECTIONS_SERVICE_PORTS, 80",
    "STORAGE_CONNECTION_HTTP_PORT, 8080",
    "STORAGE_CONNECTIONS_SERVICE_PORT_AUTH_ISSUER, https://ims.example.org",
  })
  void a_misspelt_variable_is_not_mistaken_for_one_of_kubernetes(String name, String value) {
    assertThat(problems(Map.of(name, value), null))
        .singleElement()
        .asString()
        .startsWith(name + " is not a setting");
  }

  private static Settings read(Map<String, String> environment, @Nullable Path file) {
    return Settings.read(environment, Set.of(), file);
  }

  private static List<String> problems(Map<String, String> environment, @Nullable Path file) {
    return problems(environment, Set.of(), file);
  }

  private static List<String> problems(
      Map<String, String> environment, Set<String> systemProperties, @Nullable Path file) {
    return assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> Settings.read(environment, systemProperties, file))
        .actual()
        .problems();
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("settings.properties"), content);
  }
}
