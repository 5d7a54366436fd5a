package io.storageconnections.bootstrap.settings;

import io.storageconnections.domain.connection.ConnectorType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads settings once, and collects every problem. */
final class SettingsReader {

  private static final String WHERE_LISTED = "docs/configuration.md lists the settings";

  private final List<String> problems = new ArrayList<>();
  private final Map<Setting, String> texts = new EnumMap<>(Setting.class);
  private final Map<ConnectorType, Map<ConnectorSetting, String>> connectors =
      new EnumMap<>(ConnectorType.class);

  /** The names under which the current source, the file or the environment, gives settings. */
  private final Map<Setting, SettingName> namesInSource = new EnumMap<>(Setting.class);

  /**
   * Reads the settings.
   *
   * @throws SettingsException if a name or a value is wrong; lists every problem
   */
  Settings read(
      Map<String, String> environment, Set<String> systemProperties, @Nullable Path file) {
    var isFileRead = file == null || readFile(file, property -> true);
    namesInSource.clear();
    new TreeMap<>(environment).forEach(this::readVariable);
    new TreeSet<>(systemProperties).forEach(this::refuseSystemProperty);
    var settings = new Settings(texts, connectors, environment);
    if (isFileRead) {
      problems.addAll(settings.contradictions());
    }
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
    return settings;
  }

  /**
   * Reads only some settings. It ignores all other names, and checks no rule of several values.
   *
   * @param wanted settings that are not secret
   * @throws SettingsException if a value is wrong, or the file cannot be read; lists every problem
   */
  Settings readOnly(Set<Setting> wanted, Map<String, String> environment, @Nullable Path file) {
    if (file != null) {
      readFile(
          file,
          property -> SettingName.ofProperty(property.key()).filter(isOneOf(wanted)).isPresent());
    }
    namesInSource.clear();
    new TreeMap<>(environment)
        .forEach((name, value) -> {
          if (SettingName.ofVariable(name).filter(isOneOf(wanted)).isPresent()) {
            readVariable(name, value);
          }
        });
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
    return new Settings(texts, connectors, environment);
  }

  private static Predicate<SettingName> isOneOf(Set<Setting> wanted) {
    return name -> Setting.of(name).filter(wanted::contains).isPresent();
  }

  /**
   * Reads those properties of the file that {@code isRead} accepts.
   *
   * @return whether the file could be read
   */
  private boolean readFile(Path file, Predicate<PropertiesFile.Property> isRead) {
    try {
      var properties = PropertiesFile.read(file);
      problems.addAll(properties.problems());
      problems.addAll(properties.duplicates());
      properties.properties().stream()
          .filter(isRead)
          .forEach(property -> readProperty(property, properties));
      return true;
    } catch (SettingsException unreadable) {
      problems.addAll(unreadable.problems());
      return false;
    }
  }

  private void readProperty(PropertiesFile.Property property, PropertiesFile file) {
    var name = file.place(property.line()) + ": " + TextChecks.escaped(property.key());
    if (!SettingName.ofProperty(property.key())
        .map(known -> take(known, property.value(), name, SettingName::property))
        .orElse(false)) {
      problems.add(name + notASetting(intendedName(property), "a file", SettingName::property));
    }
  }

  /** A line of a shell script is {@code export NAME=value}. */
  private static String intendedName(PropertiesFile.Property property) {
    return property.key().equals("export") ? property.value().split("=", 2)[0] : property.key();
  }

  private static String notASetting(
      String name, String place, Function<SettingName, String> spelling) {
    return " is not a setting: "
        + SettingNames.probablyMeant(name)
            .map(meant ->
                SettingNames.isSpellingOf(name, meant)
                    ? "in %s it is spelt %s".formatted(place, spelling.apply(meant))
                    : "correct or remove it; the nearest is " + spelling.apply(meant))
            .orElse("correct or remove it; " + WHERE_LISTED);
  }

  private void readVariable(String name, String value) {
    var isTaken =
        SettingName.ofVariable(name)
            .map(known -> take(known, value, name, SettingName::variable))
            .orElse(false);
    if (!isTaken
        && SettingNames.isMeantAsSetting(name)
        && !KubernetesVariables.contain(name, value)) {
      problems.add(
          TextChecks.escaped(name) + notASetting(name, "the environment", SettingName::variable));
    }
  }

  private void refuseSystemProperty(String name) {
    if (SettingNames.isMeantAsSetting(name)) {
      problems.add(
          "-D%s is a system property, which the server does not read: %s"
              .formatted(
                  TextChecks.escaped(name),
                  SettingNames.probablyMeant(name)
                      .map(meant ->
                          "set %s in the environment, or %s in the file that --config names"
                              .formatted(meant.variable(), meant.property()))
                      .orElse(
                          "set variables in the environment, or properties in the file that"
                              + " --config names; "
                              + WHERE_LISTED)));
    }
  }

  /**
   * Takes a value, and adds its problems.
   *
   * @param place the name as messages begin with it
   * @param spelling how the source spells names
   * @return false if there is no setting of this name
   */
  private boolean take(
      SettingName name, String text, String place, Function<SettingName, String> spelling) {
    var ofConnector = ConnectorSetting.of(name);
    var setting = Setting.of(name);
    var ofFile = Setting.ofFile(name);
    if (ofConnector.isPresent()) {
      take(ofConnector.get(), text, place);
    } else if (setting.isPresent()) {
      refuseSecondName(setting.get(), name, place, spelling);
      take(setting.get(), text, place);
    } else if (ofFile.isPresent()) {
      refuseSecondName(ofFile.get(), name, place, spelling);
      takeFromFile(ofFile.get(), text, place);
    } else {
      return false;
    }
    return true;
  }

  private void refuseSecondName(
      Setting setting, SettingName name, String place, Function<SettingName, String> spelling) {
    var other = namesInSource.put(setting, name);
    if (other != null && !other.equals(name)) {
      problems.add(
          place + " must not be set while " + spelling.apply(other) + " is: remove one of them");
    }
  }

  private void take(ConnectorSetting.OfType ofConnector, String text, String place) {
    var type = ofConnector.type();
    if (type == null) {
      problems.add(
          place
              + " names no connector type: the types are "
              + Arrays.stream(ConnectorType.values())
                  .map(ConnectorType::name)
                  .sorted()
                  .collect(Collectors.joining(", ")));
      return;
    }
    addViolation(place, ofConnector.setting().violation(text));
    connectors
        .computeIfAbsent(type, any -> new EnumMap<>(ConnectorSetting.class))
        .put(ofConnector.setting(), text);
  }

  private void take(Setting setting, String text, String place) {
    addViolation(place, setting.violation(text));
    texts.put(setting, text);
  }

  private void takeFromFile(Setting setting, String file, String place) {
    try {
      take(setting, SecretFile.read(file), place + " names a file whose content");
    } catch (IllegalArgumentException unusable) {
      problems.add(place + " " + unusable.getMessage());
      // The setting must not also be reported as missing.
      texts.put(setting, "");
    }
  }

  private void addViolation(String place, @Nullable String violation) {
    if (violation != null) {
      problems.add(place + " " + violation);
    }
  }
}
