package io.storageconnections.bootstrap;

import java.util.stream.Collectors;

/** What can be seen of a text, and what cannot. */
final class Text {

  private Text() {}

  /** Whether the text is empty, or white space only. */
  static boolean isBlank(String text) {
    return text.codePoints().allMatch(Text::isSpace);
  }

  /** Whether the text begins or ends with white space. */
  static boolean hasSpaceAtAnEnd(String text) {
    return !text.isEmpty()
        && (isSpace(text.codePointAt(0)) || isSpace(text.codePointBefore(text.length())));
  }

  /** Whether the text has control characters, line ends or characters without a width. */
  static boolean hasInvisible(String text) {
    return text.codePoints().anyMatch(Text::isInvisible);
  }

  /** The text with an escape for everything that is not printable ASCII. */
  static String printable(String text) {
    return text.chars()
        .mapToObj(unit ->
            unit >= ' ' && unit <= '~' ? Character.toString(unit) : "\\u%04x".formatted(unit))
        .collect(Collectors.joining());
  }

  private static boolean isSpace(int character) {
    return Character.isWhitespace(character) || Character.isSpaceChar(character);
  }

  private static boolean isInvisible(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }
}
