package io.storageconnections.bootstrap.settings;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * The text form of a duration in settings: {@code 500ms}, {@code 75s}, {@code 10m}, {@code 1h},
 * {@code 365d}.
 */
final class DurationSetting {

  private static final String FORMAT =
      "must be a duration: a whole number from 1 to 999999 and ms, s, m or h, or from 1 to 99999"
          + " and d, such as 500ms, 75s, 10m, 1h or 365d";

  /** So few digits that the longest duration still fits into a {@code long} of nanoseconds. */
  private static final Pattern DURATION =
      Pattern.compile("([1-9][0-9]{0,5})(ms|s|m|h)|([1-9][0-9]{0,4})d");

  private DurationSetting() {}

  /**
   * Parses a duration.
   *
   * @param text a whole number and a unit, without white space, sign or leading zeros
   * @return the duration, at least 1 ms
   * @throws IllegalArgumentException if {@code text} does not have this form; the message describes
   *     the form, is worded to follow a setting's name, and does not repeat the text
   */
  static Duration parse(String text) {
    var duration = DURATION.matcher(text);
    if (!duration.matches()) {
      throw new IllegalArgumentException(FORMAT);
    }
    var days = duration.group(3);
    if (days != null) {
      return Duration.ofDays(Integer.parseInt(days));
    }
    int number = Integer.parseInt(duration.group(1));
    return switch (duration.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }
}
