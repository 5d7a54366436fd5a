package io.storageconnections.platform.domain.text;

import io.storageconnections.domain.connection.DisplayName;

/** A text of at most 255 characters that a database can store; it may be empty. */
public final class ShortText {

  /** The greatest length, in Unicode code points. */
  public static final int LENGTH_MAX = DisplayName.LENGTH_MAX;

  private ShortText() {}

  /**
   * Returns {@code text} unchanged.
   *
   * @throws IllegalArgumentException if it is longer than {@link #LENGTH_MAX} characters, or
   *     contains U+0000 or a lone surrogate
   */
  public static String parse(String text) {
    return DisplayName.parse(text).value();
  }

  /**
   * Returns {@code text} unchanged, as the name of something.
   *
   * @throws IllegalArgumentException as {@link #parse}, and if it is blank
   */
  public static String parseName(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("a text that is not blank");
    }
    return parse(text);
  }
}
