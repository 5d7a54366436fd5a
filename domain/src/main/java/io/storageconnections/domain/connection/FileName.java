package io.storageconnections.domain.connection;

import org.jspecify.annotations.Nullable;

/**
 * The name of a file in Storage, as another system reported it: 1 to 255 characters (Unicode code
 * points), not blank. The name is shown to users and never used as a path.
 *
 * @param value 1 to {@link #LENGTH_MAX} characters, without U+0000 and lone surrogates
 */
public record FileName(String value) {

  /** The greatest length of a name, in Unicode code points. */
  public static final int LENGTH_MAX = DisplayName.LENGTH_MAX;

  /**
   * Checks the value.
   *
   * @throws InvalidValueException if {@code value} is blank, is longer than {@link #LENGTH_MAX}
   *     characters, or contains U+0000 or a lone surrogate
   */
  public FileName {
    if (value.isBlank()) {
      throw new InvalidValueException("text that is not blank");
    }
    // The characters that a database can store, and the greatest length, are the same.
    var unused = new DisplayName(value);
  }

  /**
   * Returns the name that another system reported, without what cannot be stored.
   *
   * @param text any text; null if the system reported no name
   * @return the first {@link #LENGTH_MAX} characters of {@code text}; null if {@code text} is null
   *     or blank, or contains a character that cannot be stored
   */
  public static @Nullable FileName of(@Nullable String text) {
    if (text == null) {
      return null;
    }
    var end =
        text.codePointCount(0, text.length()) > LENGTH_MAX
            ? text.offsetByCodePoints(0, LENGTH_MAX)
            : text.length();
    try {
      return new FileName(text.substring(0, end));
    } catch (InvalidValueException unusable) {
      return null;
    }
  }

  /** {@return the name itself} */
  @Override
  public String toString() {
    return value;
  }
}
