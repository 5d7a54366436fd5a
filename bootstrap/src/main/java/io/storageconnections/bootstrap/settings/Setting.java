package io.storageconnections.bootstrap.settings;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings that exist. Each is declared once: its default, its format, its meaning, and whether
 * it is a secret. The constant's name is the setting's name in the environment without the prefix;
 * its {@linkplain SettingName name in a file} follows from it. The table in {@code
 * docs/configuration.md} repeats these declarations; a test compares them.
 *
 * <p>No message and no log repeats the value of a secret setting, and {@code ..._FILE} names a file
 * that contains it.
 */
@SuppressWarnings("ImmutableEnumChecker") // A format has no state.
public enum Setting {
  /** The address to listen on. */
  HTTP_HOST("127.0.0.1", SettingFormat.HOST, "the address to listen on"),
  /** The port to listen on; 0 for any free port. */
  HTTP_PORT("8080", SettingFormat.PORT, "the port to listen on"),
  /** The idle timeout of HTTP connections. */
  HTTP_IDLE_TIMEOUT(
      "75s",
      SettingFormat.DURATION,
      "the time after which the server closes a connection without requests"),
  /** The address of the management listener. */
  MANAGEMENT_HOST("127.0.0.1", SettingFormat.HOST, "the address of the management listener"),
  /** The port of the management listener; 0 for any free port. */
  MANAGEMENT_PORT(
      described("none; the server has no management listener"),
      SettingFormat.PORT,
      "the port of the management listener"),
  /** The base URL of links. */
  PUBLIC_URL(
      described("the address that the server listens on"),
      SettingFormat.BASE_URL,
      "the base URL of the links in answers"),
  /** The base URL of links to resources that this server does not have. */
  API_URL(
      described("the URL of the iTwin Platform, or else the public URL"),
      SettingFormat.BASE_URL,
      "the base URL of links to iModels, iTwins and Storage files"),
  /** The folder in which the server keeps its files. */
  DATA_FOLDER(
      "data",
      SettingFormat.FOLDER,
      "the folder of the embedded database and of the development issuer's key"),
  /** The folder of the contents of Storage files. */
  BLOB_FOLDER(
      described(
          "the folder blobs in the data folder; a temporary folder if the database is in memory"),
      SettingFormat.FOLDER,
      "the folder of the contents of Storage files, which all nodes share"),
  /** The lifetime of an unfinished upload. */
  UPLOAD_LIFETIME(
      "1h",
      SettingFormat.DURATION,
      "the time after which an upload that is not finished is removed"),
  /** The JDBC URL of the database. A secret, because it may contain the password. */
  DATABASE_URL(
      described("an H2 file in the data folder"),
      SettingFormat.DATABASE_URL,
      "the JDBC URL of an H2 or PostgreSQL database",
      Confidentiality.SECRET),
  /** The user of the database. */
  DATABASE_USER(
      described("the user in the database URL, if any"),
      SettingFormat.ANY,
      "the user that connects to the database"),
  /** The password of the database user. The only setting that may be empty. */
  DATABASE_PASSWORD(
      described("the password in the database URL, if any"),
      SettingFormat.ANY,
      "the password of the database user",
      Confidentiality.SECRET),
  /** The size of the connection pool. */
  DATABASE_POOL_SIZE(
      "16", SettingFormat.POOL_SIZE, "the maximum number of database connections of a node"),
  /** Whether the server migrates the database. */
  DATABASE_MIGRATE(
      "true", SettingFormat.BOOLEAN, "whether the server migrates the database when it starts"),
  /** The OpenID Connect issuer. */
  AUTH_ISSUER(
      described("the development issuer, which gives a token to every caller"),
      SettingFormat.ISSUER_URL,
      "the OpenID Connect issuer whose tokens the server accepts"),
  /** The audience of tokens. */
  AUTH_AUDIENCE(
      described("the audience of a token is not checked"),
      SettingFormat.ANY,
      "the audience that a token must name"),
  /** The scopes or roles that may read. */
  POLICY_READ(
      described("every caller"),
      SettingFormat.CLAIM_NAMES,
      "the scopes or roles of which a token needs one to read"),
  /** The scopes or roles that may change. */
  POLICY_WRITE(
      described("every caller"),
      SettingFormat.CLAIM_NAMES,
      "the scopes or roles of which a token needs one to create, change and delete"),
  /** The scopes or roles that may run connections. */
  POLICY_RUN(
      described("every caller"),
      SettingFormat.CLAIM_NAMES,
      "the scopes or roles of which a token needs one to start, cancel and retry runs"),
  /** Whether the server has the development routes. */
  DEVELOPMENT(
      "false",
      SettingFormat.BOOLEAN,
      "whether the server has the routes below `/development/` also without the development"
          + " issuer"),
  /** Whether the server has the console. */
  CONSOLE(
      described("true on a loopback address, else false"),
      SettingFormat.BOOLEAN,
      "whether the server has the console at `/console`"),
  /** The client of the console at the issuer. */
  CONSOLE_CLIENT_ID(
      described("none; users of the console paste a token"),
      SettingFormat.ANY,
      "the id of the client with which users of the console sign in at the issuer"),
  /** The further origins that the console may call. */
  CONSOLE_ORIGINS(
      described("none"),
      SettingFormat.ORIGINS,
      "the origins that the console may call besides those of the server, the issuer and the"
          + " iTwin Platform"),
  /** The format of the log. */
  LOG_FORMAT(
      "text",
      SettingFormat.LOG_FORMAT,
      "the format of the log: `text`, or `json` with one object in each line"),
  /** The least level of lines of the log. */
  LOG_LEVEL("info", SettingFormat.LOG_LEVEL, "the least level of the lines of the log"),
  /** Whether the log has a line for each request. */
  LOG_REQUESTS("true", SettingFormat.BOOLEAN, "whether the log has a line for each request"),
  /** The rate limit of each client; 0 for no limit. */
  RATE_LIMIT_REQUESTS_PER_MINUTE(
      "5000", SettingFormat.LIMIT, "the number of requests that a client may make in a minute"),
  /** The directory of iModels. */
  IMODELS_DIRECTORY("open", SettingFormat.IMODEL_DIRECTORY, "the directory of iModels"),
  /** The URL of the iTwin Platform. */
  PLATFORM_URL(
      described("none; the directory `platform` needs it"),
      SettingFormat.PLATFORM_URL,
      "the base URL of the iTwin Platform that the directory `platform` asks"),
  /** Whether the platform is asked about Storage files. */
  PLATFORM_FILE_CHECK(
      "true",
      SettingFormat.BOOLEAN,
      "whether the iTwin Platform is asked about each Storage file that is mapped"),
  /** How long answers of the platform are used again; 0 to ask each time. */
  PLATFORM_CACHE(
      "10s",
      SettingFormat.CACHE_DURATION,
      "the time for which an answer of the iTwin Platform is used again for the same caller"),
  /** The id of the server's own client. */
  PLATFORM_CLIENT_ID(
      described("none; connectors get no files of a platform"),
      SettingFormat.ANY,
      "the id of the client with which the server downloads files from the iTwin Platform"),
  /** The secret of the server's own client. */
  PLATFORM_CLIENT_SECRET(
      described("none; connectors get no files of a platform"),
      SettingFormat.ANY,
      "the secret of the client with which the server downloads files from the iTwin Platform",
      Confidentiality.SECRET),
  /** The number of workers; 0 for a node that executes no runs. */
  RUNS_WORKERS(
      "4", SettingFormat.WORKERS, "the number of runs that a node executes at the same time"),
  /** The time limit of an attempt. */
  RUNS_TIME_LIMIT(
      "1h", SettingFormat.DURATION, "the time limit of an attempt to synchronize a file"),
  /** The greatest number of attempts. */
  RUNS_ATTEMPTS(
      "3",
      SettingFormat.ATTEMPTS,
      "the maximum number of attempts at a file, if the errors are transient"),
  /** The time before the second attempt. */
  RUNS_BACKOFF(
      "30s",
      SettingFormat.DURATION,
      "the time before the second attempt, doubled before each further one"),
  /** How often a node looks for runs of other nodes. */
  RUNS_POLLING_INTERVAL(
      "1s",
      SettingFormat.DURATION,
      "the time after which a node looks for runs that other nodes have queued"),
  /** The time between two heartbeats. */
  RUNS_HEARTBEAT(
      "10s",
      SettingFormat.DURATION,
      "the time between two heartbeats of a node that executes a run"),
  /** When a node counts as dead. */
  RUNS_MISSED_HEARTBEATS(
      "6",
      SettingFormat.MISSED_HEARTBEATS,
      "the number of missing heartbeats after which other nodes continue the runs of a node"),
  /** Which runs exclude each other. */
  RUNS_EXCLUSIVE_PER(
      "imodel", SettingFormat.EXCLUSIVITY, "the scope within which one run at a time is live"),
  /** How many runs are kept. */
  RUNS_KEPT_PER_CONNECTION(
      "1000",
      SettingFormat.KEPT_RUNS,
      "the number of newest runs that are kept of each connection"),
  /** How long the audit trail of a deleted iModel is kept. */
  AUDIT_RETENTION(
      "365d",
      SettingFormat.DURATION,
      "the time for which the audit trail of an iModel is kept after the deletion of the iModel"),
  /** The connector of types without one of their own. */
  CONNECTORS_DEFAULT(
      described("simulator with the development issuer, none with another one"),
      SettingFormat.DEFAULT_CONNECTOR,
      "the connector of each connector type for which no command is set"),
  /** The limit of connections; 0 for no limit. */
  LIMITS_CONNECTIONS_PER_IMODEL(
      "0", SettingFormat.LIMIT, "the maximum number of connections of an iModel"),
  /** The limit of source files; 0 for no limit. */
  LIMITS_FILES_PER_IMODEL(
      "0",
      SettingFormat.LIMIT,
      "the maximum number of source files of all connections of an iModel together");

  private final Default byDefault;
  private final SettingFormat format;
  private final String meaning;
  private final Confidentiality confidentiality;

  Setting(
      Default byDefault, SettingFormat format, String meaning, Confidentiality confidentiality) {
    this.byDefault = byDefault;
    this.format = format;
    this.meaning = meaning;
    this.confidentiality = confidentiality;
  }

  Setting(Default byDefault, SettingFormat format, String meaning) {
    this(byDefault, format, meaning, Confidentiality.PUBLIC);
  }

  Setting(String byDefault, SettingFormat format, String meaning) {
    this(new Default(byDefault, byDefault), format, meaning);
  }

  /** Whether messages may repeat a value. */
  private enum Confidentiality {
    PUBLIC,
    SECRET
  }

  /** A default: a text, or behaviour that the server can only describe. */
  private record Default(@Nullable String text, String description) {}

  private static Default described(String description) {
    return new Default(null, description);
  }

  /** {@return the name in a file, such as {@code storage-connections.http.port}} */
  public String property() {
    return settingName().property();
  }

  /** {@return the name in the environment, such as {@code STORAGE_CONNECTIONS_HTTP_PORT}} */
  public String variable() {
    return settingName().variable();
  }

  /** Returns both names. */
  SettingName settingName() {
    return new SettingName(name());
  }

  /** Returns whether messages must not repeat a value, and a file may contain it. */
  boolean isSecret() {
    return confidentiality == Confidentiality.SECRET;
  }

  /** Finds the setting of this name; empty if there is none. */
  static Optional<Setting> of(SettingName name) {
    return Arrays.stream(values())
        .filter(setting -> setting.settingName().equals(name))
        .findFirst();
  }

  /** Finds the secret setting whose value is in the file of this name; empty if there is none. */
  static Optional<Setting> ofFile(SettingName name) {
    return Arrays.stream(values())
        .filter(setting -> setting.isSecret() && setting.settingName().ofFile().equals(name))
        .findFirst();
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

  /** Omits a text that may contain a secret, also in a URL's user or query part. */
  private String quoted(String text) {
    return isSecret() || text.contains("@") || text.contains("?")
        ? ""
        : "; it is \"" + TextChecks.escaped(text) + "\"";
  }
}
