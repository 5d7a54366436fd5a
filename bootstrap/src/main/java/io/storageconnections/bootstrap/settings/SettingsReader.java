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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads settings once, and collects every problem. */
final class SettingsReader {

  private static final String WHERE_LISTED = "docs/configuration.md lists the settings";

  private final List<String> problems = new ArrayList<>();
  private final Map<Setting, String> texts = new EnumMap<>(Setting.class);
  private final Map<ConnectorType, Map<ConnectorSetting, String>> connectors =
      new EnumMap<>(ConnectorType.class);

  /**
   * Reads the settings.
   *
   * @throws SettingsException if a name or a value is wrong; lists every problem
   */
  Settings read(
      Map<String, String> environment, Set<String> systemProperties, @Nullable Path file) {
    var isFileRead = file == null || readFile(file);
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

  /** Returns whether the file could be read. */
  private boolean readFile(Path file) {
    try {
      var properties = PropertiesFile.read(file);
      problems.addAll(properties.problems());
      problems.addAll(properties.duplicates());
      properties.properties().forEach(property -> readProperty(property, properties));
      return true;
    } catch (SettingsException unreadable) {
      problems.addAll(unreadable.problems());
      return false;
    }
  }

  private void readProperty(PropertiesFile.Property property, PropertiesFile file) {
    var name = file.place(property.line()) + ": " + TextChecks.escaped(property.key());
    var ofConnector = ConnectorSetting.ofProperty(property.key());
    if (ofConnector.isPresent()) {
      take(ofConnector.get(), property.value(), name);
      return;
    }
    Setting.ofProperty(property.key())
        .ifPresentOrElse(
            setting -> take(setting, property.value(), name),
            () ->
                problems.add(
                    name + notASetting(intendedName(property), "a file", Setting::property)));
  }

  /** A line of a shell script is {@code export NAME=value}. */
  private static String intendedName(PropertiesFile.Property property) {
    return property.key().equals("export") ? property.value().split("=", 2)[0] : property.key();
  }

  private static String notASetting(String name, String place, Function<Setting, String> spelling) {
    return " is not a setting: "
        + SettingNames.probablyMeant(name)
            .map(meant ->
                SettingNames.isSpellingOf(name, meant)
                    ? "in %s it is spelt %s".formatted(place, spelling.apply(meant))
                    : "correct or remove it; the nearest is " + spelling.apply(meant))
            .orElse("correct or remove it; " + WHERE_LISTED);
  }

  private void readVariable(String name, String value) {
    var setting = Setting.ofVariable(name);
    var ofConnector = ConnectorSetting.ofVariable(name);
    if (ofConnector.isPresent()) {
      take(ofConnector.get(), value, name);
    } else if (setting.isPresent()) {
      take(setting.get(), value, name);
    } else if (SettingNames.isMeantAsSetting(name) && !KubernetesVariables.contain(name, value)) {
      problems.add(
          TextChecks.escaped(name) + notASetting(name, "the environment", Setting::variable));
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

  private void take(ConnectorSetting.OfType ofConnector, String text, String name) {
    var type = ofConnector.type();
    if (type == null) {
      problems.add(
          name
              + " names no connector type: the types are "
              + Arrays.stream(ConnectorType.values())
                  .map(ConnectorType::name)
                  .sorted()
                  .collect(Collectors.joining(", ")));
      return;
    }
    var violation = ofConnector.setting().violation(text);
    if (violation != null) {
      problems.add(name + " " + violation);
    }
    connectors
        .computeIfAbsent(type, any -> new EnumMap<>(ConnectorSetting.class))
        .put(ofConnector.setting(), text);
  }

  private void take(Setting setting, String text, String name) {
    var violation = setting.violation(text);
    if (violation != null) {
      problems.add(name + " " + violation);
    }
    texts.put(setting, text);
  }
}
