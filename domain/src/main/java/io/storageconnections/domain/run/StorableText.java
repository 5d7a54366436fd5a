package io.storageconnections.domain.run;

/** Text of connectors and callers, without what a database cannot store. */
final class StorableText {

  private StorableText() {}

  /**
   * Returns a text that every supported database can store. Text of a connector must not make a
   * write fail, because the run could then not be completed.
   *
   * @return the first {@code lengthMax} characters (Unicode code points) of {@code text}, with
   *     U+FFFD in place of U+0000 and of each lone surrogate
   */
  static String of(String text, int lengthMax) {
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
