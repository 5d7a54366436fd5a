package io.storageconnections.domain.connection;

/**
 * Text of connectors and callers, without the characters that a database cannot store: U+0000 and
 * lone surrogates.
 */
public final class StorableText {

  private StorableText() {}

  /**
   * Returns a text that every supported database can store. Text of a connector must not make a
   * write fail, because the run could then not be completed.
   *
   * @param text any text
   * @return the text with U+FFFD in place of U+0000 and of each lone surrogate
   */
  public static String of(String text) {
    return of(text, Integer.MAX_VALUE);
  }

  /**
   * Returns the beginning of a text, as {@link #of(String)} does.
   *
   * @param text any text
   * @param lengthMax the greatest length of the result in characters (Unicode code points)
   * @return the beginning, with U+FFFD in place of U+0000 and of each lone surrogate
   */
  public static String of(String text, int lengthMax) {
    if (text.length() <= lengthMax && text.codePoints().allMatch(StorableText::isStorable)) {
      return text;
    }
    return text.codePoints()
        .limit(lengthMax)
        .map(codePoint -> isStorable(codePoint) ? codePoint : '\uFFFD')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isStorable(int codePoint) {
    return codePoint != 0 && Character.getType(codePoint) != Character.SURROGATE;
  }
}
