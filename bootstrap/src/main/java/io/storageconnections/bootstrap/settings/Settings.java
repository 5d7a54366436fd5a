package io.storageconnections.bootstrap.settings;

import io.storageconnections.adapter.auth.TokenPolicy;
import io.storageconnections.adapter.connectors.CommandConnectorBuilder;
import io.storageconnections.adapter.http.ConsoleOrigin;
import io.storageconnections.adapter.persistence.JdbcUrl;
import io.storageconnections.adapter.platform.PlatformUrl;
import io.storageconnections.application.port.Permission;
import io.storageconnections.application.port.RunRules;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.run.RetryPolicy;
import io.storageconnections.domain.run.RunExclusivity;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Valid values of all {@link Setting settings}. Immutable. The text form contains no secrets. */
public final class Settings {

  /** The client of the server at the platform: both are set, or none. */
  private static final List<Setting> OF_CLIENT =
      List.of(Setting.PLATFORM_CLIENT_ID, Setting.PLATFORM_CLIENT_SECRET);

  /** These have an effect on the console only. */
  private static final List<Setting> OF_CONSOLE =
      List.of(Setting.CONSOLE_CLIENT_ID, Setting.CONSOLE_ORIGINS);

  private static final Map<Permission, Setting> OF_POLICY =
      Map.of(
          Permission.READ, Setting.POLICY_READ,
          Permission.WRITE, Setting.POLICY_WRITE,
          Permission.RUN, Setting.POLICY_RUN);

  /** Less is not enough for a heartbeat of a busy node. Half of it is the lease of a connector. */
  private static final Duration TAKE_OVER_MIN = CommandConnectorBuilder.LEASE_MIN.multipliedBy(2);

  private final Map<Setting, String> texts;
  private final Map<ConnectorType, Map<ConnectorSetting, String>> connectors;
  private final Map<String, String> environment;

  /** Takes values without a check; {@link SettingsReader} checks them. */
  Settings(
      Map<Setting, String> texts,
      Map<ConnectorType, Map<ConnectorSetting, String>> connectors,
      Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
    this.texts = new EnumMap<>(Setting.class);
    this.texts.putAll(texts);
    this.connectors = new EnumMap<>(ConnectorType.class);
    connectors.forEach((type, values) -> this.connectors.put(type, Map.copyOf(values)));
  }

  /**
   * Reads the environment and a file. The environment takes precedence.
   *
   * @param environment the variables of the process
   * @param systemProperties the names of Java's system properties; the server reads none of them,
   *     and refuses a name that was meant to be a setting
   * @param file a properties file; null if there is none
   * @return the settings
   * @throws SettingsException if a name or a value is wrong; lists every problem
   */
  public static Settings read(
      Map<String, String> environment, Set<String> systemProperties, @Nullable Path file) {
    return new SettingsReader().read(environment, systemProperties, file);
  }

  /**
   * Reads only some settings, for a command that must not depend on the others: it opens no file of
   * a secret, ignores all other names, and checks no rule that several settings obey together. All
   * other settings have their defaults. The environment takes precedence.
   *
   * @param wanted the settings to read; none of them is a secret
   * @param environment the variables of the process
   * @param file a properties file; null if there is none
   * @return the settings
   * @throws SettingsException if one of the values is wrong, or the file cannot be read; lists
   *     every problem
   */
  public static Settings readOnly(
      Set<Setting> wanted, Map<String, String> environment, @Nullable Path file) {
    return new SettingsReader().readOnly(wanted, environment, file);
  }

  /**
   * {@return the text of a setting, or its default; null if it is absent and its default is not a
   * text}
   *
   * @param setting the setting
   */
  public @Nullable String text(Setting setting) {
    return texts.getOrDefault(setting, setting.defaultText());
  }

  /**
   * {@return the text of a setting, or its default}
   *
   * @param setting a setting whose default is a text
   * @throws NullPointerException if the setting is absent and its default is not a text
   */
  public String textOrDefault(Setting setting) {
    return Objects.requireNonNull(text(setting), setting.name());
  }

  /**
   * {@return the value of a setting as a whole number}
   *
   * @param setting a setting whose format is that of whole numbers
   */
  public int number(Setting setting) {
    return Integer.parseInt(textOrDefault(setting));
  }

  /**
   * {@return the value of a setting as a boolean}
   *
   * @param setting a setting whose values are true and false
   */
  public boolean isTrue(Setting setting) {
    return Boolean.parseBoolean(textOrDefault(setting));
  }

  /**
   * {@return the value of a setting as a duration}
   *
   * @param setting a setting whose format is that of durations, with or without 0
   */
  public Duration duration(Setting setting) {
    var text = textOrDefault(setting);
    return text.equals("0") ? Duration.ZERO : DurationSetting.parse(text);
  }

  /**
   * {@return the value of a setting as a URL; null if it is absent}
   *
   * @param setting a setting whose format is that of URLs
   */
  public @Nullable URI url(Setting setting) {
    var text = text(setting);
    return text == null ? null : URI.create(text);
  }

  /** {@return the data folder, as an absolute path} */
  public Path dataFolder() {
    return Path.of(textOrDefault(Setting.DATA_FOLDER)).toAbsolutePath();
  }

  /** {@return the JDBC URL of the database, which is a file in the data folder by default} */
  public String databaseUrl() {
    var url = text(Setting.DATABASE_URL);
    return url == null ? "jdbc:h2:file:" + dataFolder().resolve("storage-connections") : url;
  }

  /**
   * Returns the folder of the contents of files, which is in the data folder by default.
   *
   * @return an absolute path; null for a temporary folder, because the database is in memory and no
   *     folder is set
   */
  public @Nullable Path blobFolder() {
    var folder = text(Setting.BLOB_FOLDER);
    if (folder != null) {
      return Path.of(folder).toAbsolutePath();
    }
    return JdbcUrl.isInMemory(databaseUrl()) ? null : dataFolder().resolve("blobs");
  }

  /** {@return whether the server has a blob folder, and it is in the data folder} */
  public boolean isBlobFolderInDataFolder() {
    return hasLocalPlatform() && text(Setting.BLOB_FOLDER) == null && blobFolder() != null;
  }

  /** {@return whether the server keeps iTwins, iModels and Storage itself} */
  public boolean hasLocalPlatform() {
    return !hasPlatform();
  }

  /** {@return whether the database is a file in the data folder, because no other is set} */
  public boolean isDatabaseInDataFolder() {
    return text(Setting.DATABASE_URL) == null;
  }

  /** {@return the rules of runs} */
  public RunRules runRules() {
    return new RunRules(
        textOrDefault(Setting.RUNS_EXCLUSIVE_PER).equals("connection")
            ? RunExclusivity.PER_CONNECTION
            : RunExclusivity.PER_IMODEL,
        number(Setting.RUNS_KEPT_PER_CONNECTION));
  }

  /** {@return how often a file is attempted} */
  public RetryPolicy retryPolicy() {
    return new RetryPolicy(number(Setting.RUNS_ATTEMPTS), duration(Setting.RUNS_BACKOFF));
  }

  /**
   * {@return the time from the last heartbeat of a node until another node may continue its runs}
   */
  public Duration untilTakeOver() {
    return duration(Setting.RUNS_HEARTBEAT)
        .multipliedBy(number(Setting.RUNS_MISSED_HEARTBEATS) - 1L);
  }

  /** {@return whether connector types without a command have a simulated connector} */
  public boolean hasSimulator() {
    var connector = text(Setting.CONNECTORS_DEFAULT);
    return connector == null ? hasDevelopmentIssuer() : connector.equals("simulator");
  }

  /** {@return all variables of the process, of which commands get those that settings name} */
  public Map<String, String> environment() {
    return environment;
  }

  /** {@return the types that have a command} */
  public Set<ConnectorType> typesWithCommand() {
    return Collections.unmodifiableSet(connectors.keySet());
  }

  /**
   * {@return the text of a setting of a connector type; empty if it is absent}
   *
   * @param type the connector type
   * @param setting the setting
   */
  public Optional<String> text(ConnectorType type, ConnectorSetting setting) {
    return Optional.ofNullable(connectors.getOrDefault(type, Map.of()).get(setting));
  }

  /**
   * {@return the duration of a setting of a connector type; empty if it is absent}
   *
   * @param type the connector type
   * @param setting a setting whose format is that of durations
   */
  public Optional<Duration> duration(ConnectorType type, ConnectorSetting setting) {
    return text(type, setting).map(DurationSetting::parse);
  }

  /** {@return the greatest size of the folder of an attempt, in bytes; empty without a limit} */
  public Optional<Long> diskLimit(ConnectorType type) {
    return text(type, ConnectorSetting.DISK_LIMIT)
        .map(text -> {
          var number = Long.parseLong(text.substring(0, text.length() - 3));
          return switch (text.substring(text.length() - 3)) {
            case "KiB" -> number << 10;
            case "MiB" -> number << 20;
            default -> number << 30;
          };
        });
  }

  /** {@return the folder in which connectors work, in the data folder} */
  public Path connectorFolder() {
    return dataFolder().resolve("connectors");
  }

  /** {@return the limits of each iModel} */
  public Limits limits() {
    return new Limits(
        number(Setting.LIMITS_CONNECTIONS_PER_IMODEL), number(Setting.LIMITS_FILES_PER_IMODEL));
  }

  /** {@return which scopes or roles a token needs} */
  public TokenPolicy policy() {
    var names = new EnumMap<Permission, Set<String>>(Permission.class);
    OF_POLICY.forEach((permission, setting) -> {
      var text = text(setting);
      if (text != null) {
        names.put(permission, Set.copyOf(List.of(text.split(",", -1))));
      }
    });
    return new TokenPolicy(names);
  }

  /** {@return whether the server issues the tokens that it accepts} */
  public boolean hasDevelopmentIssuer() {
    return text(Setting.AUTH_ISSUER) == null;
  }

  /** {@return whether the server has the console} */
  public boolean hasConsole() {
    return text(Setting.CONSOLE) == null ? isOnLoopback() : isTrue(Setting.CONSOLE);
  }

  /** {@return the further origins that the console may call} */
  public List<ConsoleOrigin> consoleOrigins() {
    var text = text(Setting.CONSOLE_ORIGINS);
    return text == null
        ? List.of()
        : Arrays.stream(text.split(",", -1)).map(ConsoleOrigin::parse).toList();
  }

  /** {@return whether an iTwin Platform is the directory of iModels and Storage files} */
  public boolean hasPlatform() {
    return textOrDefault(Setting.IMODELS_DIRECTORY).equals("platform");
  }

  /** {@return whether the server's URL contains a port that is unknown until the server listens} */
  public boolean isUrlUnknown() {
    return number(Setting.HTTP_PORT) == 0 && text(Setting.PUBLIC_URL) == null;
  }

  /** Returns one message for each rule that valid values break together. */
  List<String> contradictions() {
    var contradictions = new ArrayList<String>();
    if (!isOnLoopback()) {
      if (hasDevelopmentIssuer()) {
        contradictions.add(
            "STORAGE_CONNECTIONS_HTTP_HOST must be a loopback address unless"
                + " STORAGE_CONNECTIONS_AUTH_ISSUER is set: the development issuer gives a token"
                + " to every caller");
      }
      if (isTrue(Setting.DEVELOPMENT)) {
        contradictions.add(
            "STORAGE_CONNECTIONS_HTTP_HOST must be a loopback address while"
                + " STORAGE_CONNECTIONS_DEVELOPMENT is true: the development routes need no token");
      }
      if (textOrDefault(Setting.IMODELS_DIRECTORY).equals("open")) {
        contradictions.add(
            "STORAGE_CONNECTIONS_HTTP_HOST must be a loopback address while"
                + " STORAGE_CONNECTIONS_IMODELS_DIRECTORY is open: every caller may use every"
                + " iModel");
      }
    }
    addContradictionsOfManagement(contradictions);
    addContradictionsOfPlatform(contradictions);
    addContradictionsOfClient(contradictions);
    addContradictionsOfConsole(contradictions);
    addContradictionsOfCommands(contradictions);
    addContradictionsOfHeartbeats(contradictions);
    return contradictions;
  }

  private void addContradictionsOfManagement(List<String> contradictions) {
    var port = text(Setting.MANAGEMENT_PORT);
    if (port == null
        && !textOrDefault(Setting.MANAGEMENT_HOST).equals(Setting.MANAGEMENT_HOST.defaultText())
        && !isWrong(Setting.MANAGEMENT_HOST)) {
      contradictions.add(
          "STORAGE_CONNECTIONS_MANAGEMENT_HOST must not be set unless"
              + " STORAGE_CONNECTIONS_MANAGEMENT_PORT is: without a port, the server has no"
              + " management listener");
    }
    if (port != null && !port.equals("0") && port.equals(textOrDefault(Setting.HTTP_PORT))) {
      contradictions.add(
          "STORAGE_CONNECTIONS_MANAGEMENT_PORT must differ from STORAGE_CONNECTIONS_HTTP_PORT");
    }
  }

  private void addContradictionsOfCommands(List<String> contradictions) {
    connectors.forEach((type, values) -> {
      if (!values.containsKey(ConnectorSetting.COMMAND)) {
        contradictions.add(
            "%s must be set while %s is: only a command has this setting"
                .formatted(
                    ConnectorSetting.COMMAND.variable(type),
                    values.keySet().iterator().next().variable(type)));
      }
    });
  }

  private void addContradictionsOfHeartbeats(List<String> contradictions) {
    if (!isWrong(Setting.RUNS_HEARTBEAT)
        && !isWrong(Setting.RUNS_MISSED_HEARTBEATS)
        && untilTakeOver().compareTo(TAKE_OVER_MIN) < 0) {
      contradictions.add(
          "STORAGE_CONNECTIONS_RUNS_HEARTBEAT is too short: with the set"
              + " STORAGE_CONNECTIONS_RUNS_MISSED_HEARTBEATS, another node would continue a run"
              + " that its node still executes; set it to %dms or more"
                  .formatted(
                      Math.ceilDiv(
                          TAKE_OVER_MIN.toMillis(), number(Setting.RUNS_MISSED_HEARTBEATS) - 1L)));
    }
  }

  private boolean isWrong(Setting setting) {
    var text = text(setting);
    return text != null && setting.violation(text) != null;
  }

  private void addContradictionsOfPlatform(List<String> contradictions) {
    var url = text(Setting.PLATFORM_URL);
    if (url == null) {
      if (hasPlatform()) {
        contradictions.add(
            "STORAGE_CONNECTIONS_PLATFORM_URL must be set while"
                + " STORAGE_CONNECTIONS_IMODELS_DIRECTORY is platform: there is no default"
                + " platform");
      }
    } else if (Setting.PLATFORM_URL.violation(url) == null) {
      if (!hasPlatform()) {
        contradictions.add(
            "STORAGE_CONNECTIONS_PLATFORM_URL must not be set unless"
                + " STORAGE_CONNECTIONS_IMODELS_DIRECTORY is platform: no other directory asks a"
                + " platform");
      } else if (hasDevelopmentIssuer() && !PlatformUrl.parse(url).isOnLoopback()) {
        contradictions.add(
            "STORAGE_CONNECTIONS_PLATFORM_URL must have a loopback address unless"
                + " STORAGE_CONNECTIONS_AUTH_ISSUER is set: another platform refuses the tokens of"
                + " the development issuer");
      }
    }
  }

  private void addContradictionsOfClient(List<String> contradictions) {
    var set = OF_CLIENT.stream().filter(setting -> text(setting) != null).findFirst();
    if (set.isEmpty() || OF_CLIENT.stream().anyMatch(this::isWrong)) {
      return;
    }
    if (!hasPlatform()) {
      contradictions.add(
          set.get().variable()
              + " must not be set unless STORAGE_CONNECTIONS_IMODELS_DIRECTORY is platform: with"
              + " any other directory, the server downloads nothing");
      return;
    }
    OF_CLIENT.stream()
        .filter(setting -> text(setting) == null)
        .forEach(missing ->
            contradictions.add(
                "%s must be set while %s is: the issuer gives a token only for both"
                    .formatted(missing.variable(), set.get().variable())));
    if (hasDevelopmentIssuer()) {
      contradictions.add(
          "STORAGE_CONNECTIONS_AUTH_ISSUER must be set while %s is: its token endpoint gives the"
                  .formatted(set.get().variable())
              + " server's token");
    }
  }

  private void addContradictionsOfConsole(List<String> contradictions) {
    if (isWrong(Setting.CONSOLE)) {
      return;
    }
    var set =
        OF_CONSOLE.stream().filter(setting -> text(setting) != null && !isWrong(setting)).toList();
    if (!hasConsole()) {
      set.forEach(setting ->
          contradictions.add(
              "STORAGE_CONNECTIONS_CONSOLE must be true while %s is set: nothing but the console"
                      .formatted(setting.variable())
                  + " uses it"));
    } else if (set.contains(Setting.CONSOLE_CLIENT_ID) && hasDevelopmentIssuer()) {
      contradictions.add(
          "STORAGE_CONNECTIONS_AUTH_ISSUER must be set while STORAGE_CONNECTIONS_CONSOLE_CLIENT_ID"
              + " is: the development issuer accepts the name of every client");
    }
  }

  /** Also true of an invalid host, for which the setting's format already has a message. */
  private boolean isOnLoopback() {
    var host = textOrDefault(Setting.HTTP_HOST);
    try {
      return Setting.HTTP_HOST.violation(host) != null
          || InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return true;
    }
  }

  @Override
  public String toString() {
    return "Settings[httpHost="
        + text(Setting.HTTP_HOST)
        + ", httpPort="
        + text(Setting.HTTP_PORT)
        + "]";
  }
}
