package io.storageconnections.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.storageconnections.domain.connection.Limits;
import jakarta.validation.Validator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsTest {

  private static final Validator VALIDATOR = Main.validator();

  @TempDir private Path folder;

  @Test
  void said_nothing_everything_has_its_default() {
    var settings = read(Map.of());
    assertThat(settings.httpHost()).isEqualTo("127.0.0.1");
    assertThat(settings.port()).isEqualTo(8080);
    assertThat(settings.publicUrl()).isNull();
    assertThat(settings.apiUrl()).isNull();
    assertThat(settings.databaseUrlOrDefault())
        .isEqualTo("jdbc:h2:file:" + Path.of("data/storage-connections").toAbsolutePath());
    assertThat(settings.databaseUser()).isNull();
    assertThat(settings.databasePassword()).isNull();
    assertThat(settings.hasDevelopmentIssuer()).isTrue();
    assertThat(settings.authAudience()).isNull();
    assertThat(settings.rateLimitRequestsPerMinute()).isEqualTo("5000");
    assertThat(settings.limits()).isEqualTo(Limits.NONE);
    assertThat(settings.poolSize()).isEqualTo(16);
    assertThat(settings.databaseMigrate()).isEqualTo("true");
  }

  @Test
  void the_environment_says_all_of_it() {
    var settings =
        read(
            Map.ofEntries(
                Map.entry("STORAGE_CONNECTIONS_HTTP_HOST", "localhost"),
                Map.entry("STORAGE_CONNECTIONS_HTTP_PORT", "0"),
                Map.entry("STORAGE_CONNECTIONS_PUBLIC_URL", "https://sync.example.org/"),
                Map.entry("STORAGE_CONNECTIONS_API_URL", "https://api.example.org"),
                Map.entry("STORAGE_CONNECTIONS_DATA_FOLDER", "/var/data"),
                Map.entry("STORAGE_CONNECTIONS_DATABASE_URL", "jdbc:h2:mem:x"),
                Map.entry("STORAGE_CONNECTIONS_DATABASE_USER", "me"),
                Map.entry("STORAGE_CONNECTIONS_DATABASE_PASSWORD", "${a}\\,b"),
                Map.entry("STORAGE_CONNECTIONS_DATABASE_POOL_SIZE", "32"),
                Map.entry("STORAGE_CONNECTIONS_DATABASE_MIGRATE", "false"),
                Map.entry("STORAGE_CONNECTIONS_AUTH_ISSUER", "https://ims.example.org"),
                Map.entry("STORAGE_CONNECTIONS_AUTH_AUDIENCE", "https://sync.example.org"),
                Map.entry("STORAGE_CONNECTIONS_RATE_LIMIT_REQUESTS_PER_MINUTE", "7"),
                Map.entry("STORAGE_CONNECTIONS_IMODELS_DIRECTORY", "open"),
                Map.entry("STORAGE_CONNECTIONS_LIMITS_CONNECTIONS_PER_IMODEL", "100"),
                Map.entry("STORAGE_CONNECTIONS_LIMITS_FILES_PER_IMODEL", "250")));
    assertThat(settings)
        .isEqualTo(
            new Settings(
                "localhost",
                "0",
                "https://sync.example.org/",
                "https://api.example.org",
                "/var/data",
                "jdbc:h2:mem:x",
                "me",
                "${a}\\,b",
                "32",
                "false",
                "https://ims.example.org",
                "https://sync.example.org",
                "7",
                "open",
                "100",
                "250"));
    assertThat(settings.limits()).isEqualTo(new Limits(100, 250));
    assertThat(settings.poolSize()).isEqualTo(32);
  }

  @Test
  void every_setting_has_a_component_of_its_name() {
    assertThat(Arrays.stream(Setting.values()).map(Setting::component))
        .containsExactlyElementsOf(
            Arrays.stream(Settings.class.getRecordComponents())
                .map(component -> component.getName())
                .toList());
  }

  @Test
  void a_file_says_it_too_and_the_environment_overrides_it() throws IOException {
    var file =
        file(
            """
            storage-connections.http.port = 1
            storage-connections.rate-limit.requests-per-minute = 2
            another.application = 3
            """);
    var settings = read(Map.of("STORAGE_CONNECTIONS_HTTP_PORT", "4"), file);
    assertThat(settings.port()).isEqualTo(4);
    assertThat(settings.rateLimitRequestsPerMinute()).isEqualTo("2");
  }

  @Test
  void all_that_is_wrong_is_told_at_once() throws IOException {
    var file = file("storage-connections.http.prot = 1\nstorage-connections.api-url = ftp://x\n");
    assertThat(
            problems(
                Map.ofEntries(
                    Map.entry("STORAGE_CONNECTIONS_HTTP_PORT", "65536"),
                    Map.entry("STORAGE_CONNECTIONS_PUBLIC_URL", "http://sync.example.org/path"),
                    Map.entry("STORAGE_CONNECTIONS_AUTH_ISSUER", "http://ims.example.org"),
                    Map.entry("STORAGE_CONNECTIONS_DATABASE_URL", "postgres://me:sesame@db"),
                    Map.entry("STORAGE_CONNECTIONS_DATABASE_POOL_SIZE", "1"),
                    Map.entry("STORAGE_CONNECTIONS_DATABASE_MIGRATE", "yes"),
                    Map.entry("STORAGE_CONNECTIONS_RATE_LIMIT_REQUESTS_PER_MINUTE", "-1"),
                    Map.entry("STORAGE_CONNECTIONS_IMODELS_DIRECTORY", "closed"),
                    Map.entry("STORAGE_CONNECTIONS_LIMITS_CONNECTIONS_PER_IMODEL", "many"),
                    Map.entry("STORAGE_CONNECTIONS_LIMITS_FILES_PER_IMODEL", "-1"),
                    Map.entry("STORAGE_CONNECTIONS_HTTP_HOTS", "x")),
                file))
        .satisfiesExactly(
            problem ->
                assertThat(problem).isEqualTo("STORAGE_CONNECTIONS_HTTP_HOTS is not a setting"),
            problem ->
                assertThat(problem).isEqualTo("storage-connections.http.prot is not a setting"),
            problem ->
                assertThat(problem)
                    .startsWith("STORAGE_CONNECTIONS_HTTP_PORT must be")
                    .endsWith("65536"),
            problem -> assertThat(problem).startsWith("STORAGE_CONNECTIONS_PUBLIC_URL must be"),
            problem ->
                assertThat(problem)
                    .startsWith("STORAGE_CONNECTIONS_API_URL must be")
                    .endsWith("ftp://x"),
            problem ->
                assertThat(problem)
                    .startsWith("STORAGE_CONNECTIONS_DATABASE_URL must be")
                    .doesNotContain("sesame"),
            problem ->
                assertThat(problem).startsWith("STORAGE_CONNECTIONS_DATABASE_POOL_SIZE must be"),
            problem ->
                assertThat(problem).startsWith("STORAGE_CONNECTIONS_DATABASE_MIGRATE must be"),
            problem -> assertThat(problem).startsWith("STORAGE_CONNECTIONS_AUTH_ISSUER must be"),
            problem ->
                assertThat(problem)
                    .startsWith("STORAGE_CONNECTIONS_RATE_LIMIT_REQUESTS_PER_MINUTE must be"),
            problem ->
                assertThat(problem).startsWith("STORAGE_CONNECTIONS_IMODELS_DIRECTORY must be"),
            problem ->
                assertThat(problem)
                    .startsWith("STORAGE_CONNECTIONS_LIMITS_CONNECTIONS_PER_IMODEL must be"),
            problem ->
                assertThat(problem)
                    .startsWith("STORAGE_CONNECTIONS_LIMITS_FILES_PER_IMODEL must be"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "-1", "65536", "1.5", "1e3", " 1", "99999999999999999999"})
  void a_port_that_is_none_is_told_once(String port) {
    assertThat(problems(Map.of("STORAGE_CONNECTIONS_HTTP_PORT", port), null))
        .singleElement()
        .asString()
        .startsWith("STORAGE_CONNECTIONS_HTTP_PORT must be a port");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://sync.example.org/path",
        "http://sync.example.org?x",
        "http://sync.example.org#x",
        "http://me:sesame@sync.example.org",
        "sync.example.org",
        "ftp://sync.example.org",
        "http://",
        "http://a b"
      })
  void a_public_url_that_would_break_links_is_refused(String url) {
    assertThat(problems(Map.of("STORAGE_CONNECTIONS_PUBLIC_URL", url), null)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "127.1.2.3", "::1"})
  void development_is_served_on_loopback(String host) {
    assertThat(read(Map.of("STORAGE_CONNECTIONS_HTTP_HOST", host)).httpHost()).isEqualTo(host);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
  void and_nowhere_else(String host) {
    assertThat(problems(Map.of("STORAGE_CONNECTIONS_HTTP_HOST", host), null))
        .containsExactlyInAnyOrder(
            "STORAGE_CONNECTIONS_HTTP_HOST must be a loopback address unless"
                + " STORAGE_CONNECTIONS_AUTH_ISSUER is set: the development issuer gives everybody"
                + " a token",
            "STORAGE_CONNECTIONS_HTTP_HOST must be a loopback address while"
                + " STORAGE_CONNECTIONS_IMODELS_DIRECTORY is open: every iModel is everybody's");
    assertThat(
            problems(
                Map.of(
                    "STORAGE_CONNECTIONS_HTTP_HOST",
                    host,
                    "STORAGE_CONNECTIONS_AUTH_ISSUER",
                    "https://ims.example.org"),
                null))
        .singleElement()
        .asString()
        .contains("IMODELS_DIRECTORY is open");
  }

  @Test
  void a_host_that_nobody_knows_is_told() {
    assertThat(problems(Map.of("STORAGE_CONNECTIONS_HTTP_HOST", "host.invalid"), null))
        .singleElement()
        .asString()
        .startsWith("STORAGE_CONNECTIONS_HTTP_HOST must be an address");
  }

  @Test
  void a_file_that_is_none_is_told() {
    for (var file : List.of(folder.resolve("nowhere"), folder)) {
      assertThat(problems(Map.of(), file))
          .singleElement()
          .asString()
          .contains("--config", file.toString());
    }
  }

  @Test
  void a_password_within_a_url_is_not_repeated() {
    assertThat(problems(Map.of("STORAGE_CONNECTIONS_PUBLIC_URL", "http://me:sesame@x/y"), null))
        .singleElement()
        .asString()
        .doesNotContain("sesame");
  }

  @Test
  void what_kubernetes_makes_up_is_passed_over() {
    read(
        Map.of(
            "STORAGE_CONNECTIONS_SERVICE_HOST", "10.0.0.1",
            "STORAGE_CONNECTIONS_SERVICE_PORT_HTTP", "80",
            "STORAGE_CONNECTIONS_PORT", "tcp://10.0.0.1:80",
            "STORAGE_CONNECTIONS_PORT_80_TCP_ADDR", "10.0.0.1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdbc:h2:mem:", "jdbc:h2:mem:;MODE=PostgreSQL", "h2:mem:x", "jdbc:"})
  void a_database_that_nobody_could_share_is_refused(String url) {
    assertThat(problems(Map.of("STORAGE_CONNECTIONS_DATABASE_URL", url), null)).hasSize(1);
  }

  @Test
  void secrets_are_in_no_text_form() {
    var settings =
        read(
            Map.of(
                "STORAGE_CONNECTIONS_DATABASE_PASSWORD", "sesame",
                "STORAGE_CONNECTIONS_DATABASE_URL", "jdbc:h2:mem:x;PASSWORD=sesame"));
    assertThat(settings.toString()).doesNotContain("sesame");
  }

  private static Settings read(Map<String, String> environment) {
    return read(environment, null);
  }

  private static Settings read(Map<String, String> environment, @Nullable Path file) {
    var whole = new HashMap<>(environment);
    whole.put("PATH", "/bin");
    return Settings.read(whole, file, VALIDATOR);
  }

  private static List<String> problems(Map<String, String> environment, @Nullable Path file) {
    var problems = new ArrayList<String>();
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> read(environment, file))
        .satisfies(failure -> String.valueOf(failure.getMessage()).lines().forEach(problems::add));
    return problems;
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("settings.properties"), content);
  }
}
