package io.storageconnections.bootstrap.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Secret settings whose values are in files. */
final class SecretFileTest {

  private static final String VARIABLE = "STORAGE_CONNECTIONS_DATABASE_PASSWORD_FILE";
  private static final String PROPERTY = "storage-connections.database.password.file";

  @TempDir private Path folder;

  static Stream<Setting> secrets() {
    return Arrays.stream(Setting.values()).filter(Setting::isSecret);
  }

  @Test
  void passwords_client_secrets_and_the_database_url_are_secrets() {
    assertThat(secrets())
        .contains(Setting.DATABASE_URL, Setting.DATABASE_PASSWORD, Setting.PLATFORM_CLIENT_SECRET);
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void a_file_that_does_not_exist_is_refused_for_every_secret(Setting secret) {
    var variable = secret.variable() + "_FILE";
    assertThat(problems(Map.of(variable, folder + "/none"), null))
        .containsExactly(
            variable
                + " names no file that exists, or one in a folder that the server's user may not"
                + " search");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sesame", "sesame\n", "sesame\r\n"})
  void a_line_end_at_the_end_is_no_part_of_the_secret(String content) throws IOException {
    var file = secret(content);
    assertThat(password(Map.of(VARIABLE, file.toString()), null)).isEqualTo("sesame");
    assertThat(password(Map.of(), settingsFile(PROPERTY + "=" + file))).isEqualTo("sesame");
  }

  @Test
  void white_space_in_a_password_is_part_of_it() throws IOException {
    assertThat(password(Map.of(VARIABLE, secret(" se same ").toString()), null))
        .isEqualTo(" se same ");
  }

  @Test
  void a_symbolic_link_leads_to_the_file() throws IOException {
    var link = Files.createSymbolicLink(folder.resolve("link"), secret("sesame"));
    assertThat(password(Map.of(VARIABLE, link.toString()), null)).isEqualTo("sesame");
  }

  @Test
  void the_database_url_may_be_in_a_file() throws IOException {
    var file = secret("jdbc:h2:mem:x;PASSWORD=sesame\n");
    assertThat(
            read(Map.of("STORAGE_CONNECTIONS_DATABASE_URL_FILE", file.toString()), null)
                .databaseUrl())
        .isEqualTo("jdbc:h2:mem:x;PASSWORD=sesame");
  }

  @ParameterizedTest
  @ValueSource(strings = {"STORAGE_CONNECTIONS_DATABASE_PASSWORD", VARIABLE})
  void either_name_in_the_environment_overrides_either_name_in_the_settings_file(String variable)
      throws IOException {
    var value = variable.equals(VARIABLE) ? secret("sesame").toString() : "sesame";
    for (var line :
        List.of(
            PROPERTY + "=" + Files.writeString(folder.resolve("other"), "other"),
            "storage-connections.database.password=other")) {
      assertThat(password(Map.of(variable, value), settingsFile(line))).isEqualTo("sesame");
    }
  }

  @Test
  void both_names_at_once_are_refused() throws IOException {
    var file = secret("sesame").toString();
    assertThat(
            problems(
                Map.of(VARIABLE, file, "STORAGE_CONNECTIONS_DATABASE_PASSWORD", "sesame"), null))
        .containsExactly(
            VARIABLE
                + " must not be set while STORAGE_CONNECTIONS_DATABASE_PASSWORD is: remove one of"
                + " them");
    var settings =
        settingsFile(PROPERTY + "=" + file + "\nstorage-connections.database.password=sesame");
    assertThat(problems(Map.of(), settings))
        .containsExactly(
            settings
                + ", line 2: storage-connections.database.password must not be set while "
                + PROPERTY
                + " is: remove one of them");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\r\n"})
  void an_empty_file_is_refused(String content) throws IOException {
    assertThat(problem(secret(content)))
        .isEqualTo(VARIABLE + " names an empty file: write the secret into it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sesame\n\n", "sesame\nsesame", "sesame\t", "\ufeffsesame", "sesame\0"})
  void an_invisible_character_in_the_secret_is_refused_without_repeating_it(String content)
      throws IOException {
    assertThat(problem(secret(content)))
        .startsWith(VARIABLE + " names a file whose content has a line end, a tab or another")
        .doesNotContain("sesame");
  }

  @Test
  void a_secret_in_the_wrong_format_is_refused_without_repeating_it() throws IOException {
    var variable = "STORAGE_CONNECTIONS_DATABASE_URL_FILE";
    var file = secret("postgres://me:sesame@db");
    assertThat(problems(Map.of(variable, file.toString()), null))
        .singleElement()
        .asString()
        .startsWith(variable + " names a file whose content must be a JDBC URL")
        .doesNotContain("sesame");
  }

  @Test
  void the_path_is_not_repeated_because_it_may_be_the_secret() {
    assertThat(problem(Path.of("sesame"))).doesNotContain("sesame");
  }

  @Test
  @Timeout(60)
  void a_path_that_the_locale_cannot_encode_is_refused_without_repeating_it()
      throws IOException, InterruptedException {
    var settings = settingsFile(PROPERTY + "=sesam\u00e9");
    // A process of its own, because the locale of a process does not change.
    var builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.storageconnections.bootstrap.Main",
                "serve",
                "--config",
                settings.toString())
            .redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    var process = builder.start();
    try (var output = process.getInputStream()) {
      assertThat(new String(output.readAllBytes(), UTF_8))
          .contains(PROPERTY + " must be the path of a file")
          .doesNotContain("sesam");
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor()).isEqualTo(2);
  }

  @Test
  void a_file_of_more_than_64_kib_is_refused() throws IOException {
    assertThat(password(Map.of(VARIABLE, secret("x".repeat(65536)).toString()), null))
        .hasSize(65536);
    assertThat(problem(secret("x".repeat(65537))))
        .isEqualTo(VARIABLE + " names a file of more than 64 KiB, which is no secret");
  }

  @Test
  void a_file_that_is_not_utf_8_is_refused() throws IOException {
    var file = Files.write(folder.resolve("secret"), new byte[] {'a', (byte) 0xe4});
    assertThat(problem(file))
        .isEqualTo(VARIABLE + " names a file that is not UTF-8 text: save it as UTF-8");
  }

  @Test
  void a_folder_is_refused() {
    assertThat(problem(folder)).isEqualTo(VARIABLE + " names a folder: name the file in it");
  }

  @Test
  @Timeout(60)
  void a_pipe_is_refused_without_waiting_for_its_content()
      throws IOException, InterruptedException {
    var pipe = folder.resolve("pipe");
    var made = new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start().waitFor();
    assumeThat(made).isZero();
    assertThat(problem(pipe))
        .isEqualTo(VARIABLE + " must name a regular file, not a pipe or a device");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", " /run/secret", "/run/secret\n"})
  void a_path_that_does_not_look_like_one_is_refused(String path) {
    assertThat(problems(Map.of(VARIABLE, path), null))
        .singleElement()
        .asString()
        .startsWith(VARIABLE + " must be the path of a file");
  }

  @Test
  void a_secret_that_cannot_be_read_does_not_count_as_absent() {
    var settings =
        Map.of(
            "STORAGE_CONNECTIONS_IMODELS_DIRECTORY", "platform",
            "STORAGE_CONNECTIONS_PLATFORM_URL", "https://api.example.org",
            "STORAGE_CONNECTIONS_AUTH_ISSUER", "https://ims.example.org",
            "STORAGE_CONNECTIONS_PLATFORM_CLIENT_ID", "service-1",
            "STORAGE_CONNECTIONS_PLATFORM_CLIENT_SECRET_FILE", folder + "/none");
    assertThat(problems(settings, null))
        .singleElement()
        .asString()
        .startsWith("STORAGE_CONNECTIONS_PLATFORM_CLIENT_SECRET_FILE names no file");
  }

  private Path secret(String content) throws IOException {
    return Files.writeString(folder.resolve("secret"), content);
  }

  private Path settingsFile(String content) throws IOException {
    return Files.writeString(folder.resolve("settings.properties"), content);
  }

  private static @Nullable String password(Map<String, String> environment, @Nullable Path file) {
    return read(environment, file).text(Setting.DATABASE_PASSWORD);
  }

  private static String problem(Path file) {
    var problems = problems(Map.of(VARIABLE, file.toString()), null);
    assertThat(problems).hasSize(1);
    return problems.getFirst();
  }

  private static Settings read(Map<String, String> environment, @Nullable Path file) {
    return Settings.read(environment, Set.of(), file);
  }

  private static List<String> problems(Map<String, String> environment, @Nullable Path file) {
    return assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> read(environment, file))
        .actual()
        .problems();
  }
}
