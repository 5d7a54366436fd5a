package io.storageconnections.bootstrap;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads settings once, and collects everything that is wrong with them. */
final class SettingsReader {

  private final List<String> problems = new ArrayList<>();
  private final Map<Setting, String> texts = new EnumMap<>(Setting.class);

  /**
   * Reads the settings.
   *
   * @throws SettingsException if anything is wrong; names everything that is
   */
  Settings read(
      Map<String, String> environment, Set<String> systemProperties, @Nullable Path file) {
    var isFileRead = file == null || readFile(file);
    new TreeMap<>(environment).forEach(this::readVariable);
    new TreeSet<>(systemProperties).forEach(this::readSystemProperty);
    var settings = new Settings(texts);
    if (isFileRead) {
      problems.addAll(settings.contradictions());
    }
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
    return settings;
  }

  /** Returns whether the file could be read at all. */
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
    var name = file.place(property.line()) + ": " + Text.printable(property.key());
    Setting.ofProperty(property.key())
        .ifPresentOrElse(
            setting -> take(setting, property.value(), name),
            () -> problems.add(name + unknown(meantBy(property), "a file", Setting::property)));
  }

  /** A shell script has {@code export NAME=value}. */
  private static String meantBy(PropertiesFile.Property property) {
    return property.key().equals("export") ? property.value().split("=", 2)[0] : property.key();
  }

  private static String unknown(String name, String place, Function<Setting, String> spelling) {
    var meant = SettingNames.nearest(name);
    return SettingNames.isSpellingOf(name, meant)
        ? " is not a setting: in %s it is spelt %s".formatted(place, spelling.apply(meant))
        : " is not a setting: correct or remove it; the nearest is " + spelling.apply(meant);
  }

  private void readVariable(String name, String value) {
    var setting = Setting.ofVariable(name);
    if (setting.isPresent()) {
      take(setting.get(), value, name);
    } else if (SettingNames.isOurs(name) && !KubernetesVariables.contain(name, value)) {
      problems.add(Text.printable(name) + unknown(name, "the environment", Setting::variable));
    }
  }

  private void readSystemProperty(String name) {
    if (SettingNames.isOurs(name)) {
      var meant = SettingNames.nearest(name);
      problems.add(
          "-D%s is a system property, which the server does not read: set %s in the environment, or"
                  .formatted(Text.printable(name), meant.variable())
              + " "
              + meant.property()
              + " in the file that --config names");
    }
  }

  private void take(Setting setting, String text, String name) {
    var fault = setting.fault(text);
    if (fault != null) {
      problems.add(name + " " + fault);
    }
    texts.put(setting, text);
  }
}
