package io.storageconnections.bootstrap.settings;

import java.util.Arrays;
import java.util.Locale;

/** A settings file that contains every setting as a comment, with its default and its meaning. */
public final class SettingsTemplate {

  private static final String HEADER =
      """
      # Settings of Storage Connections. To change one, remove the # before its name and write a value.
      # The environment overrides this file. docs/configuration.md explains the settings, and
      # docs/connectors.md those of connectors: storage-connections.connectors.<type>.command, for example.
      """;

  private SettingsTemplate() {}

  /** {@return the text of the file, which sets nothing; its lines end with a line feed} */
  public static String text() {
    var text = new StringBuilder(HEADER);
    String group = "";
    for (var setting : Setting.values()) {
      text.append('\n');
      if (!group(setting).equals(group) && isGroup(group(setting))) {
        text.append("# -------- %s --------\n\n".formatted(group(setting)));
      }
      group = group(setting);
      text.append(paragraph(setting));
    }
    return text.toString();
  }

  /** Returns the first word of the name. */
  private static String group(Setting setting) {
    return setting.name().split("_", 2)[0].toLowerCase(Locale.ROOT);
  }

  private static boolean isGroup(String group) {
    return Arrays.stream(Setting.values()).filter(setting -> group(setting).equals(group)).count()
        > 1;
  }

  private static String paragraph(Setting setting) {
    var comment =
        "# %s%s.\n# Default: %s\n"
            .formatted(
                Character.toUpperCase(setting.meaning().charAt(0)),
                setting.meaning().substring(1).replace("`", ""),
                setting.defaultDescription().replace("`", ""));
    var text = setting.defaultText() == null ? "" : setting.defaultText();
    var ofFile =
        setting.isSecret()
            ? "# Or the path of a file that contains it:\n#"
                + setting.settingName().ofFile().property()
                + " =\n"
            : "";
    return comment + ("#" + setting.property() + " = " + text).stripTrailing() + "\n" + ofFile;
  }
}
