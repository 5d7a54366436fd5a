package io.storageconnections.domain.connection;

/**
 * The name under which users see a connection: a text of 0 to 255 characters (Unicode code points).
 * It is not trimmed and need not be unique. U+0000 and lone surrogates are invalid, because
 * databases cannot store them.
 *
 * <p>Source of the limit: the API documents no greatest length. This project uses the limit of 255
 * that Bentley's iModels and Storage APIs have for names.
 *
 * @param value 0 to {@link #LENGTH_MAX} characters, including leading and trailing spaces
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/create-storage-connection">Create
 *     Storage Connection</a>
 */
public record DisplayName(String value) {

  /** The greatest length of a name, in Unicode code points. */
  public static final int LENGTH_MAX = 255;

  /**
   * Checks the value.
   *
   * @throws InvalidValueException as {@link #parse} does
   */
  public DisplayName {
    if (value.codePointCount(0, value.length()) > LENGTH_MAX
        || !value.codePoints().allMatch(DisplayName::isStorable)) {
      throw new InvalidValueException(
          "text of at most " + LENGTH_MAX + " characters without U+0000 or lone surrogates");
    }
  }

  /**
   * Parses the text form, which is the name itself.
   *
   * @param text 0 to {@link #LENGTH_MAX} characters; not changed
   * @return the name
   * @throws InvalidValueException if {@code text} is longer than {@link #LENGTH_MAX} characters, or
   *     contains U+0000 or a lone surrogate
   */
  public static DisplayName parse(String text) {
    return new DisplayName(text);
  }

  private static boolean isStorable(int codePoint) {
    return codePoint != 0 && Character.getType(codePoint) != Character.SURROGATE;
  }

  /** {@return the name itself} */
  @Override
  public String toString() {
    return value;
  }
}
