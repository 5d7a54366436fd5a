package io.storageconnections.bootstrap;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.IntStream;

/** Names that were meant for a setting: how to notice them, and which setting was meant. */
final class SettingNames {

  private static final String BEGINNING = "STORAGECONNECTIONS";

  private static final String BEGINNING_SHORT = "STORAGECONN";

  /** How many letters of a whole name may be wrong: the names are long, and no other's is near. */
  private static final int SLIPS_MAX = 3;

  private SettingNames() {}

  /** Whether a variable or a system property of this name was meant for this server. */
  static boolean isOurs(String name) {
    var letters = letters(name);
    return beginsLikeOurs(letters)
        || endsLikeAnIssuer(letters)
        || distance(name, nearest(name)) <= SLIPS_MAX;
  }

  /** Whether the prefix is ours, shortened or with slips, whatever follows it. */
  private static boolean beginsLikeOurs(String letters) {
    return letters.startsWith(BEGINNING_SHORT)
        || IntStream.rangeClosed(BEGINNING.length() - SLIPS_MAX, BEGINNING.length() + SLIPS_MAX)
            .filter(length -> length <= letters.length())
            .anyMatch(length -> distance(letters.substring(0, length), BEGINNING) <= SLIPS_MAX);
  }

  /**
   * Whether it names an issuer for a half of our prefix: without one, every caller gets a token.
   */
  private static boolean endsLikeAnIssuer(String letters) {
    return letters.endsWith("ISSUER")
        && (letters.startsWith("STORAGE") || letters.startsWith("CONNECTION"));
  }

  /** The setting whose name is most like this one, in whichever spelling. */
  static Setting nearest(String name) {
    return Arrays.stream(Setting.values())
        .min(
            Comparator.comparingInt((Setting setting) ->
                    Math.min(
                        distance(name, setting),
                        // The prefix may have been forgotten.
                        distance(letters(name), letters(setting.name()))))
                .thenComparing(Comparator.naturalOrder()))
        .orElseThrow();
  }

  /** Whether the name is that of the setting but for case and separators. */
  static boolean isSpellingOf(String name, Setting setting) {
    return distance(name, setting) == 0;
  }

  private static int distance(String name, Setting setting) {
    return distance(letters(name), letters(setting.variable()));
  }

  /** Letters and digits in upper case: what all spellings of a name have in common. */
  private static String letters(String name) {
    return name.replaceAll("[^A-Za-z0-9]", "").toUpperCase(Locale.ROOT);
  }

  /** The Levenshtein distance: how many letters must be added, removed or replaced. */
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
