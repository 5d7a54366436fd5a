package io.storageconnections.bootstrap;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings that exist. Each is declared once: its name in a file, its default, its form and its
 * meaning; the name of the constant is its name in the environment without the prefix.
 */
@SuppressWarnings("ImmutableEnumChecker") // A form has no state.
enum Setting {
  HTTP_HOST("http.host", "127.0.0.1", Form.HOST, "the address to listen at"),
  HTTP_PORT("http.port", "8080", Form.PORT, "the port to listen at, 0 for any free one"),
  HTTP_IDLE_TIMEOUT(
      "http.idle-timeout",
      "75s",
      Form.DURATION,
      "the time that a connection of a client may be idle before the server closes it"),
  PUBLIC_URL(
      "public-url", none("the address it listens at"), Form.BASE_URL, "the base of every link"),
  API_URL(
      "api-url", none("the public URL"), Form.BASE_URL, "the base of links to iModels and iTwins"),
  DATA_FOLDER(
      "data-folder",
      "data",
      Form.FOLDER,
      "the folder of the embedded database and of the development issuer's key"),
  DATABASE_URL(
      "database.url",
      none("H2 in the data folder"),
      Form.DATABASE,
      "the JDBC URL of an H2 or PostgreSQL database"),
  DATABASE_USER(
      "database.user", none("as the URL says"), Form.ANY, "the user that connects to the database"),
  /** The only one that may be empty: an empty password is one. */
  DATABASE_PASSWORD(
      "database.password", none("as the URL says"), Form.ANY, "the password of the database user"),
  DATABASE_POOL_SIZE(
      "database.pool-size",
      "16",
      Form.POOL_SIZE,
      "the most connections to the database that a node opens"),
  DATABASE_MIGRATE(
      "database.migrate",
      "true",
      Form.BOOLEAN,
      "whether the server migrates the database when it starts"),
  AUTH_ISSUER(
      "auth.issuer",
      none("the development issuer, which gives a token to every caller"),
      Form.ISSUER,
      "the OpenID Connect issuer whose tokens are accepted"),
  AUTH_AUDIENCE(
      "auth.audience",
      none("the audience of a token is not checked"),
      Form.ANY,
      "the audience that a token must name"),
  RATE_LIMIT_REQUESTS_PER_MINUTE(
      "rate-limit.requests-per-minute",
      "5000",
      Form.LIMIT,
      "the requests that a client may make in a minute"),
  IMODELS_DIRECTORY(
      "imodels.directory", "open", Form.DIRECTORY, "the directory that knows the iModels"),
  LIMITS_CONNECTIONS_PER_IMODEL(
      "limits.connections-per-imodel",
      "0",
      Form.LIMIT,
      "the most connections that an iModel may have"),
  LIMITS_FILES_PER_IMODEL(
      "limits.files-per-imodel",
      "0",
      Form.LIMIT,
      "the most source files that the connections of an iModel may have together");

  private static final String PROPERTY_PREFIX = "storage-connections.";
  private static final String VARIABLE_PREFIX = "STORAGE_CONNECTIONS_";

  private final String path;
  private final Default byDefault;
  private final Form form;
  private final String meaning;

  Setting(String path, Default byDefault, Form form, String meaning) {
    this.path = path;
    this.byDefault = byDefault;
    this.form = form;
    this.meaning = meaning;
  }

  Setting(String path, String byDefault, Form form, String meaning) {
    this(path, new Default(byDefault, byDefault), form, meaning);
  }

  /** What applies if a setting is absent: a text, or behaviour that can only be described. */
  private record Default(@Nullable String text, String description) {}

  private static Default none(String description) {
    return new Default(null, description);
  }

  /** The name in a file. */
  String property() {
    return PROPERTY_PREFIX + path;
  }

  /** The name in the environment. */
  String variable() {
    return VARIABLE_PREFIX + name();
  }

  static Optional<Setting> ofProperty(String name) {
    return Arrays.stream(values()).filter(setting -> setting.property().equals(name)).findFirst();
  }

  static Optional<Setting> ofVariable(String name) {
    return Arrays.stream(values()).filter(setting -> setting.variable().equals(name)).findFirst();
  }

  /** The text that applies if the setting is absent; null if no text says it. */
  @Nullable String defaultText() {
    return byDefault.text();
  }

  /**
   * Says what is wrong with a text, if anything.
   *
   * @param text as it was given
   * @return what follows the name of the setting; null if the text is valid
   */
  @Nullable String fault(String text) {
    var isPassword = this == DATABASE_PASSWORD;
    if (!isPassword && Text.isBlank(text)) {
      return "is empty: set it to %s, or remove it for the default (%s)"
          .formatted(meaning, byDefault.description());
    }
    if (Text.hasInvisible(text)) {
      return "has a line end, a tab or another invisible character: remove it" + shown(text);
    }
    if (!isPassword && Text.hasSpaceAtAnEnd(text)) {
      return "begins or ends with white space: remove that" + shown(text);
    }
    try {
      form.check(text);
      return null;
    } catch (IllegalArgumentException refused) {
      return refused.getMessage() + shown(text);
    }
  }

  /** Not a secret, and no URL that may hold one. */
  private String shown(String text) {
    return this == DATABASE_PASSWORD || this == DATABASE_URL || text.contains("@")
        ? ""
        : "; it is \"" + Text.printable(text) + "\"";
  }
}
