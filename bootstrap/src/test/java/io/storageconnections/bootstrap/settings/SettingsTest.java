package io.storageconnections.bootstrap.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.storageconnections.adapter.http.ConsoleOrigin;
import io.storageconnections.application.port.RunRules;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.run.RetryPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsTest {

  private static final Map<Setting, String> VALUES =
      Map.ofEntries(
          Map.entry(Setting.HTTP_HOST, "localhost"),
          Map.entry(Setting.HTTP_PORT, "0"),
          Map.entry(Setting.HTTP_IDLE_TIMEOUT, "500ms"),
          Map.entry(Setting.MANAGEMENT_HOST, "localhost"),
          Map.entry(Setting.MANAGEMENT_PORT, "0"),
          Map.entry(Setting.PUBLIC_URL, "https://sync.example.org/"),
          Map.entry(Setting.API_URL, "https://api.example.org"),
          Map.entry(Setting.DATA_FOLDER, "/var/data"),
          Map.entry(Setting.BLOB_FOLDER, "/mnt/blobs"),
          Map.entry(Setting.UPLOAD_LIFETIME, "10m"),
          Map.entry(Setting.DATABASE_URL, "jdbc:h2:mem:x"),
          Map.entry(Setting.DATABASE_USER, "me"),
          Map.entry(Setting.DATABASE_PASSWORD, " ${a}\\,b"),
          Map.entry(Setting.DATABASE_POOL_SIZE, "32"),
          Map.entry(Setting.DATABASE_MIGRATE, "false"),
          Map.entry(Setting.AUTH_ISSUER, "https://ims.example.org"),
          Map.entry(Setting.AUTH_AUDIENCE, "https://sync.example.org"),
          Map.entry(Setting.POLICY_READ, "connections.read"),
          Map.entry(Setting.POLICY_WRITE, "connections.write,administrator"),
          Map.entry(Setting.POLICY_RUN, "connections.run,administrator"),
          Map.entry(Setting.DEVELOPMENT, "true"),
          Map.entry(Setting.CONSOLE, "true"),
          Map.entry(Setting.CONSOLE_CLIENT_ID, "console-1"),
          Map.entry(Setting.CONSOLE_ORIGINS, "https://uploads.example.org,http://localhost:1"),
          Map.entry(Setting.RATE_LIMIT_REQUESTS_PER_MINUTE, "7"),
          Map.entry(Setting.IMODELS_DIRECTORY, "platform"),
          Map.entry(Setting.PLATFORM_URL, "http://localhost:9090"),
          Map.entry(Setting.PLATFORM_FILE_CHECK, "false"),
          Map.entry(Setting.PLATFORM_CACHE, "0"),
          Map.entry(Setting.PLATFORM_CLIENT_ID, "service-1"),
          Map.entry(Setting.PLATFORM_CLIENT_SECRET, "a+b/c=?"),
          Map.entry(Setting.RUNS_WORKERS, "0"),
          Map.entry(Setting.RUNS_TIME_LIMIT, "10m"),
          Map.entry(Setting.RUNS_ATTEMPTS, "5"),
          Map.entry(Setting.RUNS_BACKOFF, "500ms"),
          Map.entry(Setting.RUNS_POLLING_INTERVAL, "2s"),
          Map.entry(Setting.RUNS_HEARTBEAT, "5s"),
          Map.entry(Setting.RUNS_MISSED_HEARTBEATS, "4"),
          Map.entry(Setting.RUNS_EXCLUSIVE_PER, "connection"),
          Map.entry(Setting.RUNS_KEPT_PER_CONNECTION, "10"),
          Map.entry(Setting.AUDIT_RETENTION, "30d"),
          Map.entry(Setting.LOG_FORMAT, "json"),
          Map.entry(Setting.LOG_LEVEL, "debug"),
          Map.entry(Setting.LOG_REQUESTS, "false"),
          Map.entry(Setting.CONNECTORS_DEFAULT, "none"),
          Map.entry(Setting.LIMITS_CONNECTIONS_PER_IMODEL, "100"),
          Map.entry(Setting.LIMITS_FILES_PER_IMODEL, "250"));

  @TempDir private Path folder;

  @Test
  void absent_settings_have_their_defaults() {
    var settings = read(Map.of());
    assertThat(settings.text(Setting.HTTP_HOST)).isEqualTo("127.0.0.1");
    assertThat(settings.text(Setting.HTTP_PORT)).isEqualTo("8080");
    assertThat(settings.text(Setting.PUBLIC_URL)).isNull();
    assertThat(settings.text(Setting.API_URL)).isNull();
    assertThat(settings.databaseUrl())
        .isEqualTo("jdbc:h2:file:" + Path.of("data/storage-connections").toAbsolutePath());
    assertThat(settings.text(Setting.DATABASE_USER)).isNull();
    assertThat(settings.text(Setting.DATABASE_PASSWORD)).isNull();
    assertThat(settings.hasDevelopmentIssuer()).isTrue();
    assertThat(settings.text(Setting.AUTH_AUDIENCE)).isNull();
    assertThat(settings.text(Setting.RATE_LIMIT_REQUESTS_PER_MINUTE)).isEqualTo("5000");
    assertThat(settings.limits()).isEqualTo(Limits.NONE);
    assertThat(settings.text(Setting.DATABASE_POOL_SIZE)).isEqualTo("16");
    assertThat(settings.text(Setting.DATABASE_MIGRATE)).isEqualTo("true");
    // Longer than the 60 seconds for which load balancers keep an idle connection.
    assertThat(settings.text(Setting.HTTP_IDLE_TIMEOUT)).isEqualTo("75s");
  }

  @Test
  void the_command_of_a_connector_type_is_read_from_the_environment_and_from_a_file()
      throws IOException {
    var variables =
        Map.of(
            "STORAGE_CONNECTIONS_CONNECTORS_IFC_COMMAND",
            "[\"/opt/ifc\", \"{sourceFile}\"]",
            "STORAGE_CONNECTIONS_CONNECTORS_IFC_DISK_LIMIT",
            "2MiB",
            "STORAGE_CONNECTIONS_CONNECTORS_IFC_ENVIRONMENT",
            "HOME,LANG");
    var file = folder.resolve("connectors.properties");
    Files.writeString(
        file,
        """
        storage-connections.connectors.civil3d.command=["run"]
        storage-connections.connectors.civil3d.time.limit=5m
        """);
    var settings = Settings.read(variables, Set.of(), file);
    assertThat(settings.typesWithCommand())
        .containsExactlyInAnyOrder(ConnectorType.IFC, ConnectorType.CIVIL3D);
    assertThat(settings.diskLimit(ConnectorType.IFC)).contains(2L << 20);
    assertThat(settings.text(ConnectorType.IFC, ConnectorSetting.ENVIRONMENT))
        .contains("HOME,LANG");
    assertThat(settings.duration(ConnectorType.CIVIL3D, ConnectorSetting.TIME_LIMIT))
        .contains(Duration.ofMinutes(5));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "IFC_COMMAND; /opt/ifc; must be a JSON array of strings",
        "IFC_COMMAND; []; must be a JSON array of strings",
        "IFC_COMMAND; [1]; must be a JSON array of strings",
        "IFC_COMMAND; [\"\"]; must be a JSON array of strings",
        "IFC_DISK_LIMIT; 10; must be a whole number from 1 to 999999 and KiB",
        "IFC_ENVIRONMENT; A B; must be names of environment variables",
        "IFC_TIME_LIMIT; 8761h; must be a duration of at most 8760h",
        "IFC_SILENCE_LIMIT; 0; must be a duration of at most 8760h",
        "IFC_TIME_LIMIT; 5m; STORAGE_CONNECTIONS_CONNECTORS_IFC_COMMAND must be set while",
        "SKETCHUP_COMMAND; [\"x\"]; names no connector type: the types are",
        "IFC_COMAND; [\"x\"]; is not a setting",
      })
  void a_wrong_setting_of_a_connector_type_is_refused(String name, String text, String message) {
    assertThat(problems(Map.of("STORAGE_CONNECTIONS_CONNECTORS_" + name, text), null))
        .anySatisfy(problem -> assertThat(problem).contains(message));
  }

  @Test
  void a_wrong_command_is_refused_without_repeating_it() {
    assertThat(
            problems(
                Map.of(
                    "STORAGE_CONNECTIONS_CONNECTORS_IFC_COMMAND",
                    "[\"/opt/ifc\", \"--password=sesame\""),
                null))
        .singleElement()
        .asString()
        .startsWith("STORAGE_CONNECTIONS_CONNECTORS_IFC_COMMAND must be a JSON array of strings")
        .doesNotContain("sesame");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ["/opt/ifc", "{source}"] | has the unknown placeholder {source}: use {jobFile}, {sourceFile}
          ["{sourceFile}"]         | must begin with the name of a program
          []                       | must be a JSON array of strings
          """)
  void a_command_with_a_wrong_placeholder_is_refused(String command, String problem) {
    assertThat(problems(Map.of("STORAGE_CONNECTIONS_CONNECTORS_IFC_COMMAND", command), null))
        .singleElement()
        .asString()
        .startsWith("STORAGE_CONNECTIONS_CONNECTORS_IFC_COMMAND " + problem);
  }

  @ParameterizedTest
  @CsvSource({"1ms, 4, 334", "333ms, 4, 334", "142ms, 8, 143"})
  void a_node_ends_an_attempt_before_another_node_continues_its_run(
      String heartbeat, String missed, int enough) {
    var settings =
        Map.of(
            "STORAGE_CONNECTIONS_RUNS_HEARTBEAT",
            heartbeat,
            "STORAGE_CONNECTIONS_RUNS_MISSED_HEARTBEATS",
            missed);
    assertThat(problems(settings, null))
        .singleElement()
        .asString()
        .startsWith("STORAGE_CONNECTIONS_RUNS_HEARTBEAT is too short:")
        .endsWith("set it to " + enough + "ms or more");
    var longer = new HashMap<>(settings);
    longer.put("STORAGE_CONNECTIONS_RUNS_HEARTBEAT", enough + "ms");
    assertThat(read(longer).untilTakeOver()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void runs_have_the_documented_rules_by_default() {
    var settings = read(Map.of());
    assertThat(settings.runRules()).isEqualTo(RunRules.DEFAULT);
    assertThat(settings.retryPolicy()).isEqualTo(new RetryPolicy(3, Duration.ofSeconds(30)));
    assertThat(settings.duration(Setting.RUNS_TIME_LIMIT)).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void the_simulator_is_the_default_with_the_development_issuer_only() {
    assertThat(read(Map.of()).hasSimulator()).isTrue();
    var issuer = Map.of("STORAGE_CONNECTIONS_AUTH_ISSUER", "https://ims.example.org");
    assertThat(read(issuer).hasSimulator()).isFalse();
    var both = new HashMap<>(issuer);
    both.put("STORAGE_CONNECTIONS_CONNECTORS_DEFAULT", "simulator");
    assertThat(read(both).hasSimulator()).isTrue();
    assertThat(read(Map.of("STORAGE_CONNECTIONS_CONNECTORS_DEFAULT", "none")).hasSimulator())
        .isFalse();
  }

  @Test
  void a_duration_without_a_unit_is_refused() {
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> read(Map.of("STORAGE_CONNECTIONS_HTTP_IDLE_TIMEOUT", "75")))
        .withMessageContaining("STORAGE_CONNECTIONS_HTTP_IDLE_TIMEOUT must be a duration");
  }

  @ParameterizedTest
  @EnumSource
  void a_setting_is_read_from_the_environment(Setting setting) {
    assertThat(VALUES).containsKey(setting);
    var environment = new HashMap<>(companions(setting));
    environment.put(setting.variable(), value(setting));
    assertThat(read(environment).text(setting)).isEqualTo(value(setting));
  }

  @ParameterizedTest
  @EnumSource
  void a_setting_is_read_from_a_file(Setting setting) throws IOException {
    var file = file(setting.property() + "=" + escaped(value(setting)));
    assertThat(read(companions(setting), file).text(setting)).isEqualTo(value(setting));
  }

  /** Returns the settings without which a setting is a contradiction. */
  private static Map<String, String> companions(Setting setting) {
    return switch (setting) {
      case MANAGEMENT_HOST ->
          Map.of(Setting.MANAGEMENT_PORT.variable(), value(Setting.MANAGEMENT_PORT));
      case IMODELS_DIRECTORY ->
          Map.of(Setting.PLATFORM_URL.variable(), value(Setting.PLATFORM_URL));
      case PLATFORM_URL ->
          Map.of(Setting.IMODELS_DIRECTORY.variable(), value(Setting.IMODELS_DIRECTORY));
      case PLATFORM_CLIENT_ID, PLATFORM_CLIENT_SECRET -> {
        var companions = new HashMap<>(ofClient("service-1", "a+b/c=?"));
        companions.remove(setting.variable());
        yield companions;
      }
      case CONSOLE_CLIENT_ID -> Map.of(Setting.AUTH_ISSUER.variable(), value(Setting.AUTH_ISSUER));
      default -> Map.of();
    };
  }

  private static Map<String, String> ofClient(String id, String secret) {
    return Map.of(
        "STORAGE_CONNECTIONS_IMODELS_DIRECTORY", "platform",
        "STORAGE_CONNECTIONS_PLATFORM_URL", "https://api.example.org",
        "STORAGE_CONNECTIONS_AUTH_ISSUER", "https://ims.example.org",
        "STORAGE_CONNECTIONS_PLATFORM_CLIENT_ID", id,
        "STORAGE_CONNECTIONS_PLATFORM_CLIENT_SECRET", secret);
  }

  private static String value(Setting setting) {
    return VALUES.getOrDefault(setting, "");
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replaceFirst("^ ", "\\\\ ");
  }

  @Test
  void the_name_in_a_file_follows_from_the_name_in_the_environment() {
    for (var setting : Setting.values()) {
      assertThat(setting.property())
          .isEqualTo(
              setting
                  .variable()
                  .replace("STORAGE_CONNECTIONS_", "storage-connections.")
                  .replace('_', '.')
                  .toLowerCase(Locale.ROOT));
    }
  }

  @Test
  void the_console_is_on_by_default_on_a_loopback_address_only() {
    var elsewhere =
        Map.of(
            "STORAGE_CONNECTIONS_HTTP_HOST", "0.0.0.0",
            "STORAGE_CONNECTIONS_AUTH_ISSUER", "https://ims.example.org",
            "STORAGE_CONNECTIONS_IMODELS_DIRECTORY", "own");
    var on = new HashMap<>(elsewhere);
    on.put("STORAGE_CONNECTIONS_CONSOLE", "true");
    assertThat(read(Map.of()).hasConsole()).isTrue();
    assertThat(read(Map.of("STORAGE_CONNECTIONS_CONSOLE", "false")).hasConsole()).isFalse();
    assertThat(read(elsewhere).hasConsole()).isFalse();
    assertThat(read(on).hasConsole()).isTrue();
  }

  @Test
  void the_origins_of_the_console_are_a_list() {
    var settings =
        read(
            Map.of(
                "STORAGE_CONNECTIONS_CONSOLE_ORIGINS",
                "https://a.example.org/,http://localhost:9000"));
    assertThat(settings.consoleOrigins())
        .containsExactly(
            ConsoleOrigin.parse("https://a.example.org"),
            ConsoleOrigin.parse("http://localhost:9000"));
    assertThat(read(Map.of()).consoleOrigins()).isEmpty();
  }

  @Test
  void a_setting_of_the_console_needs_the_console_and_its_client_an_issuer() {
    assertThat(problems(Map.of("STORAGE_CONNECTIONS_CONSOLE_CLIENT_ID", "console"), null))
        .containsExactly(
            "STORAGE_CONNECTIONS_AUTH_ISSUER must be set while"
                + " STORAGE_CONNECTIONS_CONSOLE_CLIENT_ID is: the development issuer accepts the"
                + " name of every client");
    assertThat(
            problems(
                Map.of(
                    "STORAGE_CONNECTIONS_CONSOLE", "false",
                    "STORAGE_CONNECTIONS_AUTH_ISSUER", "https://ims.example.org",
                    "STORAGE_CONNECTIONS_CONSOLE_CLIENT_ID", "console",
                    "STORAGE_CONNECTIONS_CONSOLE_ORIGINS", "https://a.example.org"),
                null))
        .containsExactly(
            "STORAGE_CONNECTIONS_CONSOLE must be true while STORAGE_CONNECTIONS_CONSOLE_CLIENT_ID"
                + " is set: nothing but the console uses it",
            "STORAGE_CONNECTIONS_CONSOLE must be true while STORAGE_CONNECTIONS_CONSOLE_ORIGINS is"
                + " set: nothing but the console uses it");
  }

  @Test
  void the_environment_overrides_the_file() throws IOException {
    var file =
        file(
            """
            storage-connections.http.port = 1
            storage-connections.rate.limit.requests.per.minute = 2
            """);
    var settings = read(Map.of("STORAGE_CONNECTIONS_HTTP_PORT", "4"), file);
    assertThat(settings.text(Setting.HTTP_PORT)).isEqualTo("4");
    assertThat(settings.text(Setting.RATE_LIMIT_REQUESTS_PER_MINUTE)).isEqualTo("2");
  }

  @Test
  void one_message_lists_every_problem() throws IOException {
    var file =
        file(
            """
            storage-connections.http.prot = 1
            # The environment overrides it, but a wrong value is a problem all the same.
            storage-connections.http.port = 080
            storage-connections.api.url = ftp://x
            """);
    assertThat(
            problems(
                Map.ofEntries(
                    Map.entry("STORAGE_CONNECTIONS_HTTP_PORT", "65536"),
                    Map.entry("STORAGE_CONNECTIONS_HTTP_HOST", "0.0.0.0"),
                    Map.entry("STORAGE_CONNECTIONS_AUTH_AUDIENCE", ""),
                    Map.entry("STORAGE_CONNECTIONS_DATABASE_URL", "postgres://me:sesame@db"),
                    Map.entry("STORAGE_CONNECTIONS_HTTP_HOTS", "x")),
                file))
        .containsExactly(
            file
                + ", line 1: storage-connections.http.prot is not a setting: correct or remove it;"
                + " the nearest is storage-connections.http.port",
            file
                + ", line 3: storage-connections.http.port must be a port from 0 to 65535, where 0"
                + " is any free one; it is \"080\"",
            file
                + ", line 4: storage-connections.api.url must be an http or https URL without"
                + " path, query or fragment, because clients split links by position; it is"
                + " \"ftp://x\"",
            "STORAGE_CONNECTIONS_AUTH_AUDIENCE is empty: set it to the audience that a token must"
                + " name, or remove it for the default (the audience of a token is not checked)",
            "STORAGE_CONNECTIONS_DATABASE_URL must be a JDBC URL of H2 or PostgreSQL, such as"
                + " jdbc:postgresql://host:5432/database or jdbc:h2:mem:test; a database in memory"
                + " needs a name",
            "STORAGE_CONNECTIONS_HTTP_HOTS is not a setting: correct or remove it; the nearest is"
                + " STORAGE_CONNECTIONS_HTTP_HOST",
            "STORAGE_CONNECTIONS_HTTP_PORT must be a port from 0 to 65535, where 0 is any free one;"
                + " it is \"65536\"",
            "STORAGE_CONNECTIONS_HTTP_HOST must be a loopback address unless"
                + " STORAGE_CONNECTIONS_AUTH_ISSUER is set: the development issuer gives a token to"
                + " every caller",
            "STORAGE_CONNECTIONS_HTTP_HOST must be a loopback address while"
                + " STORAGE_CONNECTIONS_IMODELS_DIRECTORY is open: every caller may use every"
                + " iModel");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DATABASE_PASSWORD")
  void a_value_without_a_visible_character_is_refused(Setting setting) throws IOException {
    for (var text : List.of("", " ", "\u00a0\u2003")) {
      assertThat(problems(Map.of(setting.variable(), text), null))
          .singleElement()
          .asString()
          .startsWith(setting.variable() + " is empty: ");
      assertThat(problems(Map.of(), file(setting.property() + "=" + text)))
          .singleElement()
          .asString()
          .contains("line 1: " + setting.property() + " is empty: ");
    }
    assertThat(problems(Map.of(), file(setting.property()))).hasSize(1);
  }

  @Test
  void a_password_may_be_empty() throws IOException {
    assertThat(
            read(Map.of("STORAGE_CONNECTIONS_DATABASE_PASSWORD", ""))
                .text(Setting.DATABASE_PASSWORD))
        .isEmpty();
    assertThat(
            read(Map.of(), file("storage-connections.database.password="))
                .text(Setting.DATABASE_PASSWORD))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {" x", "x ", "x\n", "x\r", "\tx", "\u00a0x", "x\u200b", "\ufeffx", "a\0b"})
  void white_space_at_the_ends_and_invisible_characters_are_refused(String text) {
    for (var name : List.of("AUTH_AUDIENCE", "DATA_FOLDER", "DATABASE_USER")) {
      assertThat(problems(Map.of("STORAGE_CONNECTIONS_" + name, text), null))
          .singleElement()
          .asString()
          .containsAnyOf("white space: remove", "invisible character: remove");
    }
  }

  @Test
  void a_line_end_in_a_password_is_refused_without_repeating_the_password() {
    assertThat(problems(Map.of("STORAGE_CONNECTIONS_DATABASE_PASSWORD", "sesame\r"), null))
        .singleElement()
        .asString()
        .contains("line end")
        .doesNotContain("sesame");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          HTTP_HOST, host.invalid
          HTTP_HOST, 1
          HTTP_HOST, 127.1
          HTTP_HOST, 127.0.0.01
          HTTP_HOST, 127.0.0.256
          HTTP_HOST, 2130706433
          HTTP_HOST, [::1]
          HTTP_HOST, http://127.0.0.1
          HTTP_HOST, 127.0.0.1:8080
          HTTP_PORT, abc
          HTTP_PORT, -1
          HTTP_PORT, +1
          HTTP_PORT, 65536
          HTTP_PORT, 08080
          HTTP_PORT, 1.5
          HTTP_PORT, 1e3
          HTTP_PORT, 0x50
          HTTP_PORT, \uff18\uff10
          HTTP_PORT, 99999999999999999999
          HTTP_PORT, tcp://10.0.0.1:80
          PUBLIC_URL, http://sync.example.org/path
          PUBLIC_URL, http://sync.example.org//
          PUBLIC_URL, http://sync.example.org?x
          PUBLIC_URL, http://sync.example.org?
          PUBLIC_URL, http://sync.example.org#x
          PUBLIC_URL, http://sync.example.org#
          PUBLIC_URL, http://me:sesame@sync.example.org
          PUBLIC_URL, http://sync.example.org:
          PUBLIC_URL, http://sync.example.org:0
          PUBLIC_URL, http://sync.example.org:080
          PUBLIC_URL, http://sync.example.org:65536
          PUBLIC_URL, sync.example.org
          PUBLIC_URL, ftp://sync.example.org
          PUBLIC_URL, HTTP://sync.example.org
          PUBLIC_URL, http://
          PUBLIC_URL, http://a b
          DATA_FOLDER, /data;INIT=x
          DATABASE_URL, jdbc:h2:mem:
          DATABASE_URL, jdbc:
          DATABASE_URL, jdbc:mysql://host/database
          DATABASE_URL, jdbc:postgresql://host/database?sslmod=verify-full
          DATABASE_POOL_SIZE, 1
          DATABASE_POOL_SIZE, 016
          DATABASE_POOL_SIZE, 1000
          DATABASE_MIGRATE, TRUE
          DATABASE_MIGRATE, yes
          DATABASE_MIGRATE, 0
          AUTH_ISSUER, http://ims.example.org
          AUTH_ISSUER, https://ims.example.org?x
          AUTH_ISSUER, https://ims.example.org:65536
          AUTH_ISSUER, ims.example.org
          AUTH_ISSUER, ${ISSUER}
          CONSOLE, yes
          CONSOLE_ORIGINS, http://uploads.example.org
          CONSOLE_ORIGINS, https://uploads.example.org/path
          CONSOLE_ORIGINS, https://*.example.org
          CONSOLE_ORIGINS, 'https://a.example.org,'
          CONSOLE_ORIGINS, 'https://a.example.org, https://b.example.org'
          CONSOLE_ORIGINS, http://[::1]:8080
          RATE_LIMIT_REQUESTS_PER_MINUTE, -1
          RATE_LIMIT_REQUESTS_PER_MINUTE, 05000
          IMODELS_DIRECTORY, closed
          IMODELS_DIRECTORY, Open
          RUNS_WORKERS, -1
          RUNS_WORKERS, 1000
          RUNS_TIME_LIMIT, 0
          RUNS_ATTEMPTS, 0
          RUNS_MISSED_HEARTBEATS, 3
          RUNS_EXCLUSIVE_PER, iTwin
          RUNS_KEPT_PER_CONNECTION, 0
          AUDIT_RETENTION, 1y
          CONNECTORS_DEFAULT, command
          LIMITS_CONNECTIONS_PER_IMODEL, many
          LIMITS_FILES_PER_IMODEL, 1_000
          """)
  void a_value_in_the_wrong_format_is_refused(Setting setting, String text) {
    assertThat(problems(Map.of(setting.variable(), text), null))
        .singleElement()
        .asString()
        .matches(setting.variable() + " (must|has) .+")
        .doesNotContain("sesame");
  }

  @ParameterizedTest
  @CsvSource({
    "ims.example.org, must begin with https://",
    "http://ims.example.org, 'must begin with https://, for plain http is accepted on a loopback'",
    "https://ims.example.org?tenant=sesame, must not have a query",
    "https://me:sesame@ims.example.org, must not have user information",
    "https://ims.example.org#x, must not have a fragment",
    "https://ims.example.org:65536, must have a port from 1 to 65535",
    "https://, must be a URL: Expected authority",
    "${ISSUER}, must be a URL: Illegal character",
  })
  void an_issuer_is_refused_with_the_reason_and_without_secrets(String issuer, String reason) {
    assertThat(problems(Map.of("STORAGE_CONNECTIONS_AUTH_ISSUER", issuer), null))
        .singleElement()
        .asString()
        .startsWith(
            "STORAGE_CONNECTIONS_AUTH_ISSUER must be the URL of an OpenID Connect issuer; an"
                + " issuer's URL "
                + reason)
        .doesNotContain("sesame");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "127.1.2.3", "::1"})
  void the_development_issuer_is_allowed_on_a_loopback_address(String host) {
    assertThat(read(Map.of("STORAGE_CONNECTIONS_HTTP_HOST", host)).text(Setting.HTTP_HOST))
        .isEqualTo(host);
  }

  @Test
  void the_development_routes_are_refused_on_any_other_address() {
    var settings = new HashMap<String, String>();
    settings.put("STORAGE_CONNECTIONS_AUTH_ISSUER", "https://ims.example.org");
    settings.put("STORAGE_CONNECTIONS_IMODELS_DIRECTORY", "platform");
    settings.put("STORAGE_CONNECTIONS_PLATFORM_URL", "https://api.example.org");
    settings.put("STORAGE_CONNECTIONS_DEVELOPMENT", "true");
    settings.put("STORAGE_CONNECTIONS_HTTP_HOST", "0.0.0.0");
    assertThat(problems(settings, null))
        .containsExactly(
            "STORAGE_CONNECTIONS_HTTP_HOST must be a loopback address while"
                + " STORAGE_CONNECTIONS_DEVELOPMENT is true: the development routes need no token");
    settings.put("STORAGE_CONNECTIONS_HTTP_HOST", "127.0.0.1");
    assertThat(read(settings).isTrue(Setting.DEVELOPMENT)).isTrue();
    settings.put("STORAGE_CONNECTIONS_HTTP_HOST", "0.0.0.0");
    settings.put("STORAGE_CONNECTIONS_DEVELOPMENT", "false");
    assertThat(read(settings).isTrue(Setting.DEVELOPMENT)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
  void the_development_issuer_is_refused_on_any_other_address(String host) {
    assertThat(problems(Map.of("STORAGE_CONNECTIONS_HTTP_HOST", host), null)).hasSize(2);
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
  void with_an_issuer_and_a_platform_the_server_may_listen_on_any_address() {
    var settings =
        read(
            Map.of(
                "STORAGE_CONNECTIONS_HTTP_HOST", "0.0.0.0",
                "STORAGE_CONNECTIONS_AUTH_ISSUER", "https://ims.example.org",
                "STORAGE_CONNECTIONS_IMODELS_DIRECTORY", "platform",
                "STORAGE_CONNECTIONS_PLATFORM_URL", "https://api.example.org"));
    assertThat(settings.hasPlatform()).isTrue();
    assertThat(settings.isTrue(Setting.PLATFORM_FILE_CHECK)).isTrue();
    assertThat(settings.duration(Setting.PLATFORM_CACHE)).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void the_directory_platform_needs_a_url_and_no_other_directory_takes_one() {
    assertThat(problems(Map.of("STORAGE_CONNECTIONS_IMODELS_DIRECTORY", "platform"), null))
        .singleElement()
        .asString()
        .startsWith("STORAGE_CONNECTIONS_PLATFORM_URL must be set while");
    assertThat(problems(Map.of("STORAGE_CONNECTIONS_PLATFORM_URL", "https://localhost"), null))
        .singleElement()
        .asString()
        .startsWith("STORAGE_CONNECTIONS_PLATFORM_URL must not be set unless");
  }

  @Test
  void a_management_host_needs_a_port_and_the_port_differs_from_that_of_the_api() {
    assertThat(problems(Map.of("STORAGE_CONNECTIONS_MANAGEMENT_HOST", "0.0.0.0"), null))
        .singleElement()
        .asString()
        .startsWith("STORAGE_CONNECTIONS_MANAGEMENT_HOST must not be set unless");
    assertThat(problems(Map.of("STORAGE_CONNECTIONS_MANAGEMENT_PORT", "8080"), null))
        .singleElement()
        .asString()
        .startsWith("STORAGE_CONNECTIONS_MANAGEMENT_PORT must differ from");
    var anyPorts =
        Map.of("STORAGE_CONNECTIONS_HTTP_PORT", "0", "STORAGE_CONNECTIONS_MANAGEMENT_PORT", "0");
    assertThat(Settings.read(anyPorts, Set.of(), null)).isNotNull();
  }

  @Test
  void a_platform_elsewhere_is_refused_with_the_development_issuer() {
    assertThat(
            problems(
                Map.of(
                    "STORAGE_CONNECTIONS_IMODELS_DIRECTORY", "platform",
                    "STORAGE_CONNECTIONS_PLATFORM_URL", "https://api.example.org"),
                null))
        .singleElement()
        .asString()
        .startsWith("STORAGE_CONNECTIONS_PLATFORM_URL must have a loopback address unless");
  }

  @ParameterizedTest
  @CsvSource({
    "http://api.example.org, must begin with https://",
    "https://api.example.org/path, must not have a path",
    "https://me:sesame@api.example.org, must not have user information",
    "${PLATFORM}, must be a URL: Illegal character",
  })
  void a_platform_is_refused_with_the_reason_and_without_secrets(String url, String reason) {
    assertThat(
            problems(
                Map.of(
                    "STORAGE_CONNECTIONS_IMODELS_DIRECTORY",
                    "platform",
                    "STORAGE_CONNECTIONS_PLATFORM_URL",
                    url),
                null))
        .singleElement()
        .asString()
        .startsWith(
            "STORAGE_CONNECTIONS_PLATFORM_URL must be the base URL of an iTwin Platform; a"
                + " platform's URL "
                + reason)
        .doesNotContain("sesame");
  }

  @ParameterizedTest
  @ValueSource(strings = {"00", "0s", "10", "61m", "2h", "-1s"})
  void a_cache_duration_is_zero_or_at_most_an_hour(String duration) {
    assertThat(problems(Map.of("STORAGE_CONNECTIONS_PLATFORM_CACHE", duration), null))
        .singleElement()
        .asString()
        .startsWith("STORAGE_CONNECTIONS_PLATFORM_CACHE must be 0 or a duration of at most 1h");
  }

  @ParameterizedTest
  @CsvSource({
    "PLATFORM_CLIENT_ID, PLATFORM_CLIENT_SECRET",
    "PLATFORM_CLIENT_SECRET, PLATFORM_CLIENT_ID"
  })
  void the_client_at_the_platform_has_an_id_and_a_secret(Setting missing, Setting present) {
    var settings = new HashMap<>(ofClient("service-1", "sesame"));
    settings.remove(missing.variable());
    assertThat(problems(settings, null))
        .containsExactly(
            "%s must be set while %s is: the issuer gives a token only for both"
                .formatted(missing.variable(), present.variable()));
  }

  @Test
  void the_client_at_the_platform_needs_an_issuer() {
    var settings = new HashMap<>(ofClient("service-1", "sesame"));
    settings.put("STORAGE_CONNECTIONS_PLATFORM_URL", "http://localhost:9090");
    settings.remove("STORAGE_CONNECTIONS_AUTH_ISSUER");
    assertThat(problems(settings, null))
        .containsExactly(
            "STORAGE_CONNECTIONS_AUTH_ISSUER must be set while"
                + " STORAGE_CONNECTIONS_PLATFORM_CLIENT_ID is: its token endpoint gives the"
                + " server's token");
  }

  @Test
  void a_directory_that_asks_no_platform_takes_no_client() {
    var settings = new HashMap<>(ofClient("service-1", "sesame"));
    settings.remove("STORAGE_CONNECTIONS_IMODELS_DIRECTORY");
    settings.remove("STORAGE_CONNECTIONS_PLATFORM_URL");
    settings.remove("STORAGE_CONNECTIONS_PLATFORM_CLIENT_ID");
    assertThat(problems(settings, null))
        .containsExactly(
            "STORAGE_CONNECTIONS_PLATFORM_CLIENT_SECRET must not be set unless"
                + " STORAGE_CONNECTIONS_IMODELS_DIRECTORY is platform: with any other directory,"
                + " the server downloads nothing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sesame\r", " sesame", "sesame ", "sesame\u200b"})
  void a_wrong_secret_of_the_client_is_refused_without_repeating_it(String secret) {
    assertThat(problems(ofClient("service-1", secret), null))
        .singleElement()
        .asString()
        .startsWith("STORAGE_CONNECTIONS_PLATFORM_CLIENT_SECRET ")
        .doesNotContain("sesame");
  }

  @Test
  void the_text_form_of_settings_contains_no_secret() {
    var settings =
        read(
            Map.of(
                "STORAGE_CONNECTIONS_DATABASE_PASSWORD", "sesame",
                "STORAGE_CONNECTIONS_DATABASE_URL", "jdbc:h2:mem:x;PASSWORD=sesame"));
    assertThat(settings.toString()).doesNotContain("sesame");
  }

  @Test
  void a_command_that_needs_some_settings_reads_no_other_and_no_file_of_a_secret()
      throws IOException {
    var file =
        file(
            """
            storage-connections.http.port=9000
            storage-connections.database.password.file=/none
            storage-connections.runs.heartbeat=often
            storage-connections.of.another.version=1
            """);
    var environment =
        Map.of(
            "STORAGE_CONNECTIONS_HTTP_HOST",
            "0.0.0.0",
            "STORAGE_CONNECTIONS_DATABASE_URL_FILE",
            "/none",
            "STORAGE_CONNECTIONS_MANAGEMENT_PORT",
            "9464",
            "STORAGE_CONNECTIONS_CONNECTORS_IFC_TIME_LIMIT",
            "5m");
    var settings =
        Settings.readOnly(
            Set.of(Setting.HTTP_HOST, Setting.HTTP_PORT, Setting.MANAGEMENT_HOST),
            environment,
            file);
    assertThat(settings.text(Setting.HTTP_HOST)).isEqualTo("0.0.0.0");
    assertThat(settings.text(Setting.HTTP_PORT)).isEqualTo("9000");
    assertThat(settings.text(Setting.MANAGEMENT_HOST)).isEqualTo("127.0.0.1");
    assertThat(settings.text(Setting.MANAGEMENT_PORT)).isNull();
    assertThat(settings.text(Setting.DATABASE_PASSWORD)).isNull();
  }

  @Test
  void a_command_that_needs_some_settings_refuses_their_wrong_values() {
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() ->
            Settings.readOnly(
                Set.of(Setting.HTTP_PORT), Map.of("STORAGE_CONNECTIONS_HTTP_PORT", "eighty"), null))
        .satisfies(wrong ->
            assertThat(wrong.problems())
                .singleElement()
                .asString()
                .startsWith("STORAGE_CONNECTIONS_HTTP_PORT must"));
  }

  private static Settings read(Map<String, String> environment) {
    return read(environment, null);
  }

  private static Settings read(Map<String, String> environment, @Nullable Path file) {
    var whole = new HashMap<>(environment);
    whole.put("PATH", "/bin");
    return Settings.read(whole, Set.of("java.home"), file);
  }

  private static List<String> problems(Map<String, String> environment, @Nullable Path file) {
    var failure =
        assertThatExceptionOfType(SettingsException.class)
            .isThrownBy(() -> read(environment, file))
            .actual();
    return failure.problems();
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("settings.properties"), content);
  }
}
