package io.storageconnections.platform.domain.storage;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

  /** What is wrong with a text that is not a name. */
  public enum Fault {
    /** It has no character, or more than {@link #LENGTH_MAX}. */
    LENGTH,
    /** It has a control character, a lone surrogate, or one of {@link #REFUSED_CHARACTERS}. */
    CHARACTERS,
    /** It consists only of dots and spaces. */
    DOTS_ONLY,
    /** It is the name of an executable file. */
    EXECUTABLE
  }

  /**
   * Checks the name as that of a folder.
   *
   * @throws IllegalArgumentException if {@link #faultOfFolder} finds a fault
   */
  public ItemName {
    if (faultOfFolder(value) != null) {
      throw new IllegalArgumentException("not a name of a file or a folder");
    }
  }

  /** Returns what is wrong with the name of a folder; null if it is valid. */
  public static @Nullable Fault faultOfFolder(String text) {
    var length = text.codePointCount(0, text.length());
    if (length == 0 || length > LENGTH_MAX) {
      return Fault.LENGTH;
    }
    if (!text.codePoints().allMatch(ItemName::isAllowed)) {
      return Fault.CHARACTERS;
    }
    return text.codePoints().allMatch(character -> character == '.' || isSpace(character))
        ? Fault.DOTS_ONLY
        : null;
  }

  /** Returns what is wrong with the name of a file; null if it is valid. */
  public static @Nullable Fault faultOfFile(String text) {
    var fault = faultOfFolder(text);
    return fault == null && isExecutable(text) ? Fault.EXECUTABLE : fault;
  }

  private static boolean isAllowed(int character) {
    return switch (Character.getType(character)) {
      // Control characters include line breaks; format characters include those that reverse the
      // direction of text, so that "exe.dwg" can look like "gwd.exe".
      case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR ->
          false;
      case Character.PARAGRAPH_SEPARATOR -> false;
      default -> REFUSED_CHARACTERS.indexOf(character) < 0 && !isDirectionOverride(character);
    };
  }

  private static boolean isDirectionOverride(int character) {
    return character >= 0x202A && character <= 0x202E || character >= 0x2066 && character <= 0x2069;
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
