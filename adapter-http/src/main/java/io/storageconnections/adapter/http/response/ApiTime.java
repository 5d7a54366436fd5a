package io.storageconnections.adapter.http.response;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The text form of times in bodies: UTC, with seven digits after the second, as in the
 * documentation, so that clients can sort the texts.
 */
public final class ApiTime {

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private ApiTime() {}

  /** Returns the text form of a time. */
  public static String text(Instant time) {
    return FORMAT.format(time);
  }
}
