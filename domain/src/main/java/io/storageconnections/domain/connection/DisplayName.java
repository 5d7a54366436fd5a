package io.storageconnections.domain.connection;

/**
 * What people call a connection: any text of 0 to 255 characters (Unicode code points), neither
 * unique nor trimmed. U+0000 and halves of surrogate pairs are refused, because databases cannot
 * keep them.
 *
 * <p>Source of the limit: api-contract.md, section 8, recommendation 11.
 *
 * @param value 0 to {@link #LENGTH_MAX} characters; spaces count like any other
 */
public record DisplayName(String value) {

  /** The most characters a name may have, counted as Unicode code points. */
  public static final int LENGTH_MAX = 255;

  /**
   * Checks the value.
   *
   * @throws InvalidValueException as {@link #parse} does
   */
  public DisplayName {
    if (value.codePointCount(0, value.length()) > LENGTH_MAX
        || !value.codePoints().allMatch(DisplayName::canBeKept)) {
      throw new InvalidValueException(
          "text of at most " + LENGTH_MAX + " characters without U+0000 or lone surrogates");
    }
  }

  /**
   * Reads the text form.
   *
   * @param text 0 to {@link #LENGTH_MAX} characters, kept as they are
   * @return the name that is spelt so
   * @throws InvalidValueException if {@code text} is longer than {@link #LENGTH_MAX} characters, or
   *     holds U+0000 or half a surrogate pair
   */
  public static DisplayName parse(String text) {
    return new DisplayName(text);
  }

  private static boolean canBeKept(int codePoint) {
    return codePoint != 0 && Character.getType(codePoint) != Character.SURROGATE;
  }

  /** {@return the name itself} */
  @Override
  public String toString() {
    return value;
  }
}
