package io.storageconnections.bootstrap.settings;

import java.util.Locale;
import java.util.Optional;

/**
 * The name of a setting, in its two forms. In a file, the prefix of the environment is {@code
 * storage-connections.}, letters are in lower case, and dots replace underscores: {@code
 * STORAGE_CONNECTIONS_HTTP_PORT} is {@code storage-connections.http.port}.
 *
 * @param text the name in the environment without the prefix, such as {@code HTTP_PORT}
 */
record SettingName(String text) {

  private static final String VARIABLE_PREFIX = "STORAGE_CONNECTIONS_";
  private static final String PROPERTY_PREFIX = "storage-connections.";

  /** Returns the name in the environment. */
  String variable() {
    return VARIABLE_PREFIX + text;
  }

  /** Returns the name in a file. */
  String property() {
    return PROPERTY_PREFIX + text.toLowerCase(Locale.ROOT).replace('_', '.');
  }

  /** Returns the name of a file with the value of this setting. */
  SettingName ofFile() {
    return new SettingName(text + "_FILE");
  }

  /** Reads a name in the environment; empty if it does not have the prefix. */
  static Optional<SettingName> ofVariable(String variable) {
    return variable.startsWith(VARIABLE_PREFIX)
        ? Optional.of(new SettingName(variable.substring(VARIABLE_PREFIX.length())))
        : Optional.empty();
  }

  /** Reads a name in a file; empty if no name has this spelling. */
  static Optional<SettingName> ofProperty(String property) {
    return property.startsWith(PROPERTY_PREFIX)
        ? Optional.of(
                new SettingName(
                    property
                        .substring(PROPERTY_PREFIX.length())
                        .toUpperCase(Locale.ROOT)
                        .replace('.', '_')))
            .filter(name -> name.property().equals(property))
        : Optional.empty();
  }
}
