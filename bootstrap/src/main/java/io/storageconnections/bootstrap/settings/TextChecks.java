package io.storageconnections.bootstrap.settings;

import java.util.stream.Collectors;

/** Checks texts for white space and characters that a reader does not see. */
public final class TextChecks {

  private TextChecks() {}

  /**
   * Checks whether a text can be used as it looks.
   *
   * @param text any text
   * @return true if the text has at least one visible character, no invisible character, and no
   *     white space at either end
   */
  public static boolean isPlain(String text) {
    return !isBlank(text) && !hasInvisibleCharacter(text) && !hasWhiteSpaceAtAnEnd(text);
  }

  /** Returns whether the text is empty, or white space only. */
  static boolean isBlank(String text) {
    return text.codePoints().allMatch(TextChecks::isWhiteSpace);
  }

  /** Returns whether the text begins or ends with white space. */
  static boolean hasWhiteSpaceAtAnEnd(String text) {
    return !text.isEmpty()
        && (isWhiteSpace(text.codePointAt(0)) || isWhiteSpace(text.codePointBefore(text.length())));
  }

  /** Returns whether the text has control characters, line ends or characters without a width. */
  static boolean hasInvisibleCharacter(String text) {
    return text.codePoints().anyMatch(TextChecks::isInvisible);
  }

  /** Returns the text with an escape for every character that is not printable ASCII. */
  static String escaped(String text) {
    return text.chars()
        .mapToObj(unit ->
            unit >= ' ' && unit <= '~' ? Character.toString(unit) : "\\u%04x".formatted(unit))
        .collect(Collectors.joining());
  }

  private static boolean isWhiteSpace(int character) {
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
