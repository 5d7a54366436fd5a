package io.storageconnections.adapter.platform.exchange;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the header {@code Retry-After} (RFC 9110, section 10.2.3). */
final class RetryAfter {

  /** A longer time is cut, so that a wrong answer cannot keep clients away for days. */
  static final Duration MAX = Duration.ofHours(1);

  private static final Pattern SECONDS = Pattern.compile("\\d{1,15}");

  private RetryAfter() {}

  /**
   * Returns the time that the header names, from 0 to {@link #MAX}; 0 if its date is over.
   *
   * @param value a number of seconds or an HTTP date; null if there is no header
   * @return null if {@code value} is null or neither
   */
  static @Nullable Duration parse(@Nullable String value, Instant now) {
    if (value == null) {
      return null;
    }
    var text = value.strip();
    if (SECONDS.matcher(text).matches()) {
      return bounded(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      var date = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
      return bounded(Duration.between(now, date));
    } catch (DateTimeParseException garbled) {
      return null;
    }
  }

  private static Duration bounded(Duration time) {
    if (time.isNegative()) {
      return Duration.ZERO;
    }
    return time.compareTo(MAX) > 0 ? MAX : time;
  }
}
