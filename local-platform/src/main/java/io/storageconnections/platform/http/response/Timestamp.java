package io.storageconnections.platform.http.response;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * The text form of times in answers: UTC with seven digits of fractions, as the APIs print them.
 */
public final class Timestamp {

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSS'Z'").withZone(ZoneOffset.UTC);

  private Timestamp() {}

  /** Returns the text form. */
  public static String text(Instant instant) {
    return FORMAT.format(instant);
  }
}
