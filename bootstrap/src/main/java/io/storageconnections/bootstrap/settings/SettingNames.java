package io.storageconnections.bootstrap.settings;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Recognizes misspelt names of settings. Names are compared by their letters and digits, so that
 * case and separators do not count.
 */
final class SettingNames {

  private static final String PREFIX = "STORAGECONNECTIONS";

  private static final String SHORT_PREFIX = "STORAGECONN";

  /** The names are long, and no variable of another program is this near to one of them. */
  private static final int MISSPELT_LETTERS_MAX = 3;

  /** A hint is only read, so it may be a little further from the name than a refusal. */
  private static final int HINT_DISTANCE_MAX = 4;

  /** The names of settings, then of files with secrets. */
  private static final List<SettingName> NAMES =
      Stream.concat(
              Arrays.stream(Setting.values()).map(Setting::settingName),
              Arrays.stream(Setting.values())
                  .filter(Setting::isSecret)
                  .map(secret -> secret.settingName().ofFile()))
          .toList();

  private SettingNames() {}

  /** Returns whether a variable or a system property of this name was meant to be a setting. */
  static boolean isMeantAsSetting(String name) {
    var letters = letters(name);
    return hasPrefix(letters)
        || isIssuerWithHalfOfThePrefix(letters)
        || distanceToNearest(letters) <= MISSPELT_LETTERS_MAX;
  }

  /** Returns whether the name begins with the prefix, also if that is shortened or misspelt. */
  private static boolean hasPrefix(String letters) {
    return letters.startsWith(SHORT_PREFIX)
        || IntStream.rangeClosed(
                PREFIX.length() - MISSPELT_LETTERS_MAX, PREFIX.length() + MISSPELT_LETTERS_MAX)
            .filter(length -> length <= letters.length())
            .anyMatch(
                length -> distance(letters.substring(0, length), PREFIX) <= MISSPELT_LETTERS_MAX);
  }

  /** Without an issuer setting every caller gets a token, so its name is searched more widely. */
  private static boolean isIssuerWithHalfOfThePrefix(String letters) {
    return letters.endsWith("ISSUER")
        && (letters.startsWith("STORAGE") || letters.startsWith("CONNECTION"));
  }

  private static int distanceToNearest(String letters) {
    return NAMES.stream()
        .mapToInt(name -> distance(letters, letters(name.variable())))
        .min()
        .orElseThrow();
  }

  /**
   * Returns the setting that a name was probably meant to be: the nearest one, if the name differs
   * from it in at most four letters and in at most half of the setting's name, with or without the
   * prefix, or if the name ends with the setting's name. Empty if no setting is that near.
   */
  static Optional<SettingName> probablyMeant(String name) {
    var letters = letters(name);
    // The minimum is the first of the nearest names: settings of connectors come last.
    return Stream.concat(NAMES.stream(), ConnectorSetting.names())
        .filter(candidate -> isNear(letters, candidate))
        .min(Comparator.comparingInt(candidate -> hintDistance(letters, candidate)));
  }

  private static boolean isNear(String letters, SettingName candidate) {
    var withoutPrefix = letters(candidate.text());
    return letters.endsWith(withoutPrefix)
        || hintDistance(letters, candidate)
            <= Math.min(HINT_DISTANCE_MAX, withoutPrefix.length() / 2);
  }

  /** The prefix may be missing. */
  private static int hintDistance(String letters, SettingName candidate) {
    return Math.min(
        distance(letters, letters(candidate.variable())),
        distance(letters, letters(candidate.text())));
  }

  /** Returns whether a text is the name in another case or with other separators. */
  static boolean isSpellingOf(String text, SettingName name) {
    return letters(text).equals(letters(name.variable()));
  }

  private static String letters(String name) {
    return name.replaceAll("[^A-Za-z0-9]", "").toUpperCase(Locale.ROOT);
  }

  /** Returns the Levenshtein distance: how many letters must be added, removed or replaced. */
  private static int distance(String one, String other) {
    var row = new int[other.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
