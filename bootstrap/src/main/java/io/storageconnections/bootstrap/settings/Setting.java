package io.storageconnections.bootstrap.settings;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings that exist. Each is declared once: its name in a file, its default, its format and
 * its meaning. The constant's name is the setting's name in the environment without the prefix. The
 * table in {@code docs/configuration.md} repeats these declarations; a test compares them.
 */
@SuppressWarnings("ImmutableEnumChecker") // A format has no state.
public enum Setting {
  /** The address to listen on. */
  HTTP_HOST("http.host", "127.0.0.1", SettingFormat.HOST, "the address to listen on"),
  /** The port to listen on; 0 for any free port. */
  HTTP_PORT("http.port", "8080", SettingFormat.PORT, "the port to listen on"),
  /** The idle timeout of HTTP connections. */
  HTTP_IDLE_TIMEOUT(
      "http.idle-timeout",
      "75s",
      SettingFormat.DURATION,
      "the time after which the server closes a connection without requests"),
  /** The address of the management listener. */
  MANAGEMENT_HOST(
      "management.host", "127.0.0.1", SettingFormat.HOST, "the address of the management listener"),
  /** The port of the management listener; 0 for any free port. */
  MANAGEMENT_PORT(
      "management.port",
      described("none; the server has no management listener"),
      SettingFormat.PORT,
      "the port of the management listener"),
  /** The base URL of links. */
  PUBLIC_URL(
      "public-url",
      described("the address that the server listens on"),
      SettingFormat.BASE_URL,
      "the base URL of the links in answers"),
  /** The base URL of links to resources that this server does not have. */
  API_URL(
      "api-url",
      described("the URL of the iTwin Platform, or else the public URL"),
      SettingFormat.BASE_URL,
      "the base URL of links to iModels, iTwins and Storage files"),
  /** The folder in which the server keeps its files. */
  DATA_FOLDER(
      "data-folder",
      "data",
      SettingFormat.FOLDER,
      "the folder of the embedded database and of the development issuer's key"),
  /** The folder of the contents of Storage files. */
  BLOB_FOLDER(
      "blob-folder",
      described(
          "the folder blobs in the data folder; a temporary folder if the database is in memory"),
      SettingFormat.FOLDER,
      "the folder of the contents of Storage files, which all nodes share"),
  /** The lifetime of an unfinished upload. */
  UPLOAD_LIFETIME(
      "upload-lifetime",
      "1h",
      SettingFormat.DURATION,
      "the time after which an upload that is not finished is removed"),
  /** The JDBC URL of the database. */
  DATABASE_URL(
      "database.url",
      described("an H2 file in the data folder"),
      SettingFormat.DATABASE_URL,
      "the JDBC URL of an H2 or PostgreSQL database"),
  /** The user of the database. */
  DATABASE_USER(
      "database.user",
      described("the user in the database URL, if any"),
      SettingFormat.ANY,
      "the user that connects to the database"),
  /** The password of the database user. The only setting that may be empty. */
  DATABASE_PASSWORD(
      "database.password",
      described("the password in the database URL, if any"),
      SettingFormat.ANY,
      "the password of the database user"),
  /** The size of the connection pool. */
  DATABASE_POOL_SIZE(
      "database.pool-size",
      "16",
      SettingFormat.POOL_SIZE,
      "the maximum number of database connections of a node"),
  /** Whether the server migrates the database. */
  DATABASE_MIGRATE(
      "database.migrate",
      "true",
      SettingFormat.BOOLEAN,
      "whether the server migrates the database when it starts"),
  /** The OpenID Connect issuer. */
  AUTH_ISSUER(
      "auth.issuer",
      described("the development issuer, which gives a token to every caller"),
      SettingFormat.ISSUER_URL,
      "the OpenID Connect issuer whose tokens the server accepts"),
  /** The audience of tokens. */
  AUTH_AUDIENCE(
      "auth.audience",
      described("the audience of a token is not checked"),
      SettingFormat.ANY,
      "the audience that a token must name"),
  /** The scopes or roles that may read. */
  POLICY_READ(
      "policy.read",
      described("every caller"),
      SettingFormat.CLAIM_NAMES,
      "the scopes or roles of which a token needs one to read"),
  /** The scopes or roles that may change. */
  POLICY_WRITE(
      "policy.write",
      described("every caller"),
      SettingFormat.CLAIM_NAMES,
      "the scopes or roles of which a token needs one to create, change and delete"),
  /** The scopes or roles that may run connections. */
  POLICY_RUN(
      "policy.run",
      described("every caller"),
      SettingFormat.CLAIM_NAMES,
      "the scopes or roles of which a token needs one to start, cancel and retry runs"),
  /** Whether the server has the development routes. */
  DEVELOPMENT(
      "development",
      "false",
      SettingFormat.BOOLEAN,
      "whether the server has the routes below `/development/` also without the development"
          + " issuer"),
  /** The rate limit of each client; 0 for no limit. */
  RATE_LIMIT_REQUESTS_PER_MINUTE(
      "rate-limit.requests-per-minute",
      "5000",
      SettingFormat.LIMIT,
      "the number of requests that a client may make in a minute"),
  /** The directory of iModels. */
  IMODELS_DIRECTORY(
      "imodels.directory", "open", SettingFormat.IMODEL_DIRECTORY, "the directory of iModels"),
  /** The URL of the iTwin Platform. */
  PLATFORM_URL(
      "platform.url",
      described("none; the directory `platform` needs it"),
      SettingFormat.PLATFORM_URL,
      "the base URL of the iTwin Platform that the directory `platform` asks"),
  /** Whether the platform is asked about Storage files. */
  PLATFORM_FILE_CHECK(
      "platform.file-check",
      "true",
      SettingFormat.BOOLEAN,
      "whether the iTwin Platform is asked about each Storage file that is mapped"),
  /** How long answers of the platform are used again; 0 to ask each time. */
  PLATFORM_CACHE(
      "platform.cache",
      "10s",
      SettingFormat.CACHE_DURATION,
      "the time for which an answer of the iTwin Platform is used again for the same caller"),
  /** The id of the server's own client. */
  PLATFORM_CLIENT_ID(
      "platform.client-id",
      described("none; connectors get no files of a platform"),
      SettingFormat.ANY,
      "the id of the client with which the server downloads files from the iTwin Platform"),
  /** The secret of the server's own client. */
  PLATFORM_CLIENT_SECRET(
      "platform.client-secret",
      described("none; connectors get no files of a platform"),
      SettingFormat.ANY,
      "the secret of the client with which the server downloads files from the iTwin Platform"),
  /** The number of workers; 0 for a node that executes no runs. */
  RUNS_WORKERS(
      "runs.workers",
      "4",
      SettingFormat.WORKERS,
      "the number of runs that a node executes at the same time"),
  /** The time limit of an attempt. */
  RUNS_TIME_LIMIT(
      "runs.time-limit",
      "1h",
      SettingFormat.DURATION,
      "the time limit of an attempt to synchronize a file"),
  /** The greatest number of attempts. */
  RUNS_ATTEMPTS(
      "runs.attempts",
      "3",
      SettingFormat.ATTEMPTS,
      "the maximum number of attempts at a file, if the errors are transient"),
  /** The time before the second attempt. */
  RUNS_BACKOFF(
      "runs.backoff",
      "30s",
      SettingFormat.DURATION,
      "the time before the second attempt, doubled before each further one"),
  /** How often a node looks for runs of other nodes. */
  RUNS_POLLING_INTERVAL(
      "runs.polling-interval",
      "1s",
      SettingFormat.DURATION,
      "the time after which a node looks for runs that other nodes have queued"),
  /** The time between two heartbeats. */
  RUNS_HEARTBEAT(
      "runs.heartbeat",
      "10s",
      SettingFormat.DURATION,
      "the time between two heartbeats of a node that executes a run"),
  /** When a node counts as dead. */
  RUNS_MISSED_HEARTBEATS(
      "runs.missed-heartbeats",
      "6",
      SettingFormat.MISSED_HEARTBEATS,
      "the number of missing heartbeats after which other nodes continue the runs of a node"),
  /** Which runs exclude each other. */
  RUNS_EXCLUSIVE_PER(
      "runs.exclusive-per",
      "imodel",
      SettingFormat.EXCLUSIVITY,
      "the scope within which one run at a time is live"),
  /** How many runs are kept. */
  RUNS_KEPT_PER_CONNECTION(
      "runs.kept-per-connection",
      "1000",
      SettingFormat.KEPT_RUNS,
      "the number of newest runs that are kept of each connection"),
  /** The connector of types without one of their own. */
  CONNECTORS_DEFAULT(
      "connectors.default",
      described("simulator with the development issuer, none with another one"),
      SettingFormat.DEFAULT_CONNECTOR,
      "the connector of each connector type for which no command is set"),
  /** The limit of connections; 0 for no limit. */
  LIMITS_CONNECTIONS_PER_IMODEL(
      "limits.connections-per-imodel",
      "0",
      SettingFormat.LIMIT,
      "the maximum number of connections of an iModel"),
  /** The limit of source files; 0 for no limit. */
  LIMITS_FILES_PER_IMODEL(
      "limits.files-per-imodel",
      "0",
      SettingFormat.LIMIT,
      "the maximum number of source files of all connections of an iModel together");

  private static final String PROPERTY_PREFIX = "storage-connections.";
  private static final String VARIABLE_PREFIX = "STORAGE_CONNECTIONS_";

  private final String path;
  private final Default byDefault;
  private final SettingFormat format;
  private final String meaning;

  Setting(String path, Default byDefault, SettingFormat format, String meaning) {
    this.path = path;
    this.byDefault = byDefault;
    this.format = format;
    this.meaning = meaning;
  }

  Setting(String path, String byDefault, SettingFormat format, String meaning) {
    this(path, new Default(byDefault, byDefault), format, meaning);
  }

  /** A default: a text, or behaviour that the server can only describe. */
  private record Default(@Nullable String text, String description) {}

  private static Default described(String description) {
    return new Default(null, description);
  }

  /** {@return the name in a file, such as {@code storage-connections.http.port}} */
  public String property() {
    return PROPERTY_PREFIX + path;
  }

  /** {@return the name in the environment, such as {@code STORAGE_CONNECTIONS_HTTP_PORT}} */
  public String variable() {
    return VARIABLE_PREFIX + name();
  }

  static Optional<Setting> ofProperty(String name) {
    return Arrays.stream(values()).filter(setting -> setting.property().equals(name)).findFirst();
  }

  static Optional<Setting> ofVariable(String name) {
    return Arrays.stream(values()).filter(setting -> setting.variable().equals(name)).findFirst();
  }

  /** Returns the text that applies if the setting is absent, or null if no text expresses it. */
  @Nullable String defaultText() {
    return byDefault.text();
  }

  /** Returns the default in words; the text itself if there is one. */
  String defaultDescription() {
    return byDefault.description();
  }

  /** Returns what the setting determines, as a noun phrase in lower case. */
  String meaning() {
    return meaning;
  }

  /**
   * Checks a value.
   *
   * @param text the value, as it was given
   * @return why the value is refused, worded to follow the setting's name; null if it is valid. The
   *     message does not contain secrets
   */
  @Nullable String violation(String text) {
    var isPassword = this == DATABASE_PASSWORD;
    if (!isPassword && TextChecks.isBlank(text)) {
      return "is empty: set it to %s, or remove it for the default (%s)"
          .formatted(meaning, byDefault.description());
    }
    if (TextChecks.hasInvisibleCharacter(text)) {
      return "has a line end, a tab or another invisible character: remove it" + quoted(text);
    }
    if (!isPassword && TextChecks.hasWhiteSpaceAtAnEnd(text)) {
      return "begins or ends with white space: remove that" + quoted(text);
    }
    try {
      format.check(text);
      return null;
    } catch (IllegalArgumentException refused) {
      return refused.getMessage() + quoted(text);
    }
  }

  /**
   * Omits a text that may contain a secret: of the database, of the client, or in a URL's user or
   * query part.
   */
  private String quoted(String text) {
    return this == DATABASE_PASSWORD
            || this == DATABASE_URL
            || this == PLATFORM_CLIENT_SECRET
            || text.contains("@")
            || text.contains("?")
        ? ""
        : "; it is \"" + TextChecks.escaped(text) + "\"";
  }
}
