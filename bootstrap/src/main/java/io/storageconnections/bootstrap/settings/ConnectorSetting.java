package io.storageconnections.bootstrap.settings;

import io.storageconnections.domain.connection.ConnectorType;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings that exist for each connector type, such as {@code
 * STORAGE_CONNECTIONS_CONNECTORS_MSTN_COMMAND}. {@code docs/connectors.md} lists them.
 */
@SuppressWarnings("ImmutableEnumChecker") // A format has no state.
public enum ConnectorSetting {
  /** The program and its arguments, as a JSON array. */
  COMMAND(SettingFormat.COMMAND, "the program and its arguments, as a JSON array of strings"),
  /** The time limit of an attempt. */
  TIME_LIMIT(SettingFormat.CONNECTOR_DURATION, "the time limit of an attempt"),
  /** How long the program may print nothing. */
  SILENCE_LIMIT(
      SettingFormat.CONNECTOR_DURATION, "the time for which the program may print nothing"),
  /** How much the folder of an attempt may contain. */
  DISK_LIMIT(SettingFormat.BYTES, "the size that the folder of an attempt may have"),
  /** The variables that the program gets. */
  ENVIRONMENT(SettingFormat.VARIABLE_NAMES, "the names of the variables that the program gets"),
  /** Whether exit code 0 is enough. */
  BARE_EXIT_CODE(SettingFormat.BOOLEAN, "whether exit code 0 alone is a success");

  private static final String PREFIX = "CONNECTORS_";

  private static final Pattern NAME =
      Pattern.compile(
          PREFIX
              + "([A-Z0-9]+)_("
              + Arrays.stream(values()).map(ConnectorSetting::name).collect(Collectors.joining("|"))
              + ")");

  private final SettingFormat format;
  private final String meaning;

  ConnectorSetting(SettingFormat format, String meaning) {
    this.format = format;
    this.meaning = meaning;
  }

  /**
   * A setting of one connector type.
   *
   * @param type the text that names the type; null if no type has this name
   */
  record OfType(@Nullable ConnectorType type, ConnectorSetting setting) {}

  /** Finds the setting of this name; empty if it is not one of these. */
  static Optional<OfType> of(SettingName name) {
    var match = NAME.matcher(name.text());
    return match.matches()
        ? Optional.of(new OfType(type(match.group(1)), valueOf(match.group(2))))
        : Optional.empty();
  }

  /** Returns the names of all of these settings, of all types. */
  static Stream<SettingName> names() {
    return Arrays.stream(ConnectorType.values())
        .flatMap(type -> Arrays.stream(values()).map(setting -> setting.settingName(type)));
  }

  private static @Nullable ConnectorType type(String name) {
    return Arrays.stream(ConnectorType.values())
        .filter(type -> type.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  /** {@return the name in the environment} */
  String variable(ConnectorType type) {
    return settingName(type).variable();
  }

  private SettingName settingName(ConnectorType type) {
    return new SettingName(PREFIX + type.name() + "_" + name());
  }

  /**
   * Checks a value.
   *
   * @return why the value is refused, worded to follow the setting's name; null if it is valid
   */
  @Nullable String violation(String text) {
    if (TextChecks.isBlank(text)) {
      return "is empty: set it to " + meaning + ", or remove it";
    }
    if (TextChecks.hasInvisibleCharacter(text)) {
      return "has a line end, a tab or another invisible character: remove it";
    }
    try {
      format.check(text);
      return null;
    } catch (IllegalArgumentException refused) {
      // A command may contain a secret, although it should not.
      return this == COMMAND
          ? refused.getMessage()
          : refused.getMessage() + "; it is \"" + TextChecks.escaped(text) + "\"";
    }
  }
}
