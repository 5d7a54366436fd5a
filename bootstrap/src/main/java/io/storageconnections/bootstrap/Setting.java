package io.storageconnections.bootstrap;

import io.smallrye.config.SmallRyeConfig;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The settings there are: each with its names in the environment and in a file. */
enum Setting {
  HTTP_HOST("http.host"),
  HTTP_PORT("http.port"),
  PUBLIC_URL("public-url"),
  API_URL("api-url"),
  DATA_FOLDER("data-folder"),
  DATABASE_URL("database.url"),
  DATABASE_USER("database.user"),
  DATABASE_PASSWORD("database.password"),
  DATABASE_POOL_SIZE("database.pool-size"),
  DATABASE_MIGRATE("database.migrate"),
  AUTH_ISSUER("auth.issuer"),
  AUTH_AUDIENCE("auth.audience"),
  RATE_LIMIT_REQUESTS_PER_MINUTE("rate-limit.requests-per-minute"),
  IMODELS_DIRECTORY("imodels.directory"),
  LIMITS_CONNECTIONS_PER_IMODEL("limits.connections-per-imodel"),
  LIMITS_FILES_PER_IMODEL("limits.files-per-imodel");

  private static final String PROPERTY_PREFIX = "storage-connections.";
  private static final String VARIABLE_PREFIX = "STORAGE_CONNECTIONS_";

  private static final Pattern OF_KUBERNETES =
      Pattern.compile(VARIABLE_PREFIX + "(SERVICE_HOST|SERVICE_PORT.*|PORT|PORT_[0-9].*)");

  private final String path;

  Setting(String path) {
    this.path = path;
  }

  /** Its name in a file. */
  String property() {
    return PROPERTY_PREFIX + path;
  }

  /** Its name in the environment. */
  String variable() {
    return VARIABLE_PREFIX + name();
  }

  /** Its name among the components of {@link Settings}: {@code httpPort}. */
  String component() {
    return Arrays.stream(name().split("_"))
        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
        .collect(
            Collectors.collectingAndThen(
                Collectors.joining(),
                name -> Character.toLowerCase(name.charAt(0)) + name.substring(1)));
  }

  /** Whether {@code value} can be shown: not what is secret or, in a URL, may be. */
  boolean isTellable(String value) {
    return this != DATABASE_PASSWORD && this != DATABASE_URL && !value.contains("@");
  }

  Optional<String> in(SmallRyeConfig config) {
    return config.getOptionalValue(property(), String.class);
  }

  /**
   * Whether {@code name} looks like one of ours and is none, as after a slip of the pen. Not those
   * that Kubernetes makes up for a service that is named as this one.
   */
  static boolean isUnknown(String name) {
    return (name.startsWith(PROPERTY_PREFIX) || name.startsWith(VARIABLE_PREFIX))
        && !OF_KUBERNETES.matcher(name).matches()
        && Arrays.stream(values())
            .noneMatch(
                setting -> name.equals(setting.property()) || name.equals(setting.variable()));
  }
}
