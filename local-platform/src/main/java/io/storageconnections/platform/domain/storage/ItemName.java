package io.storageconnections.platform.domain.storage;

import java.util.Locale;
import java.util.Set;

/**
 * The name of a file or a folder: 1 to 255 characters (Unicode code points). A name is data and
 * never part of a path on a disk. Several items of one folder may have the same name.
 *
 * @param value the name, not trimmed
 * @see <a href="https://developer.bentley.com/apis/storage/operations/create-file/">The documented
 *     operation create-file</a>, which refuses invalid characters, more than 255 characters, and
 *     files that could be harmful
 */
public record ItemName(String value) {

  /** The greatest length of a name, in Unicode code points. */
  public static final int LENGTH_MAX = 255;

  /** The characters that no name contains, because file systems of clients refuse them. */
  public static final String REFUSED_CHARACTERS = "\\/:*?\"<>|";

  /**
   * The extensions of files that Windows or a shell executes. The API's documentation says that
   * executable files are not accepted and lists no extensions.
   */
  private static final Set<String> EXECUTABLE_EXTENSIONS =
      Set.of(
          "app", "bat", "cmd", "com", "cpl", "exe", "gadget", "hta", "inf", "jar", "js", "jse",
          "lnk", "msc", "msi", "msp", "mst", "pif", "ps1", "ps1xml", "ps2", "psc1", "psc2", "reg",
          "scf", "scr", "sct", "sh", "vb", "vbe", "vbs", "ws", "wsc", "wsf", "wsh");

  /**
   * Checks the name as that of a folder.
   *
   * @throws IllegalArgumentException if it is not valid
   */
  public ItemName {
    var length = value.codePointCount(0, value.length());
    if (length == 0
        || length > LENGTH_MAX
        || !value.codePoints().allMatch(ItemName::isAllowed)
        || value.codePoints().allMatch(character -> character == '.' || isSpace(character))) {
      throw new IllegalArgumentException(
          "1 to 255 characters without control characters and %s, not only dots and spaces"
              .formatted(REFUSED_CHARACTERS));
    }
  }

  /**
   * Parses the name of a folder, which is the text itself.
   *
   * @throws IllegalArgumentException if the text has no or more than {@link #LENGTH_MAX}
   *     characters, contains a control character, a lone surrogate or one of {@link
   *     #REFUSED_CHARACTERS}, or consists only of dots and spaces
   */
  public static ItemName ofFolder(String text) {
    return new ItemName(text);
  }

  /**
   * Parses the name of a file, which is the text itself.
   *
   * @throws IllegalArgumentException as {@link #ofFolder}, and if it is the name of an executable
   *     file
   */
  public static ItemName ofFile(String text) {
    if (isExecutable(text)) {
      throw new IllegalArgumentException("the name of a file that is not executable");
    }
    return new ItemName(text);
  }

  private static boolean isAllowed(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> REFUSED_CHARACTERS.indexOf(character) < 0 && !isDirectionOverride(character);
    };
  }

  /** With one of these, the name "gwd.exe" can look like "exe.dwg". */
  private static boolean isDirectionOverride(int character) {
    return (character >= 0x202A && character <= 0x202E)
        || (character >= 0x2066 && character <= 0x2069);
  }

  private static boolean isSpace(int character) {
    return Character.isWhitespace(character) || Character.isSpaceChar(character);
  }

  /** Windows ignores dots and spaces at the end of a name. */
  private static boolean isExecutable(String text) {
    var end = text.length();
    while (end > 0 && (text.charAt(end - 1) == '.' || isSpace(text.charAt(end - 1)))) {
      end--;
    }
    var extension = text.substring(text.lastIndexOf('.', end - 1) + 1, end);
    return text.lastIndexOf('.', end - 1) >= 0
        && EXECUTABLE_EXTENSIONS.contains(extension.toLowerCase(Locale.ROOT));
  }

  /** {@return the name itself} */
  @Override
  public String toString() {
    return value;
  }
}
