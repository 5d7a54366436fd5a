package io.storageconnections.platform.seed;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that a misspelt one was probably meant to be. */
final class NearestName {

  private static final int DISTANCE_MAX = 4;

  private NearestName() {}

  /**
   * Returns the nearest of some names, unless all of them differ in more than four letters, or in
   * more than half of their letters. Case does not count.
   */
  static Optional<String> of(String misspelt, Collection<String> names) {
    var letters = misspelt.toLowerCase(Locale.ROOT);
    return names.stream()
        .filter(name ->
            distance(letters, name.toLowerCase(Locale.ROOT))
                <= Math.min(DISTANCE_MAX, name.length() / 2))
        .min(Comparator.comparingInt(name -> distance(letters, name.toLowerCase(Locale.ROOT))));
  }

  /** Returns the Levenshtein distance: how many letters must be added, removed or replaced. */
  private static int distance(String one, String other) {
    // A longer text is no misspelt name, and would take time.
    if (one.length() > other.length() + DISTANCE_MAX) {
      return Integer.MAX_VALUE;
    }
    var row = new int[other.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int above = row[j];
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[other.length()];
  }
}
