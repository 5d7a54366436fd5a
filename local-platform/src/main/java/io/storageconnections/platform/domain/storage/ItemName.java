package io.storageconnections.platform.domain.storage;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The name of a file or a folder: 1 to 255 characters (Unicode code points). A name is data and
 * never part of a path on a disk of the server; but clients create files of this name on their
 * disks, and people read it. Several items of one folder may have the same name.
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

  /** The rule for all names, for messages. */
  public static final String RULE =
      "1 to %d characters, without control characters, invisible characters and %s, without a dot or a space at the end, and not the name of a Windows device, such as CON"
          .formatted(LENGTH_MAX, REFUSED_CHARACTERS);

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
   * The names that open a device on Windows, also with spaces or an extension behind them. The
   * superscript digits count as digits there.
   */
  private static final Pattern WINDOWS_DEVICE =
      Pattern.compile(
          "(CON|PRN|AUX|NUL|CONIN\\$|CONOUT\\$|(COM|LPT)[0-9\u00b9\u00b2\u00b3]) *(\\..*)?",
          Pattern.CASE_INSENSITIVE);

  /** Join letters of Persian and of Indic scripts, and parts of emoji; they have no width. */
  private static final Set<Integer> JOINERS = Set.of(0x200C, 0x200D);

  /** The characters that show nothing and do not have the category {@code FORMAT}. */
  private static final Set<Integer> BLANK_CHARACTERS =
      Set.of(
          0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x2800, 0x3164,
          0xFFA0);

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
        || JOINERS.contains(value.codePointAt(0))
        || endsInDotOrSpace(value)
        || WINDOWS_DEVICE.matcher(value).matches()) {
      throw new IllegalArgumentException(RULE);
    }
  }

  /**
   * Parses the name of a folder, which is the text itself.
   *
   * @throws IllegalArgumentException if the text has no or more than {@link #LENGTH_MAX}
   *     characters; contains a control character, an invisible character, a lone surrogate or one
   *     of {@link #REFUSED_CHARACTERS}; ends in a dot or white space; or is the name of a device on
   *     Windows
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
    var name = new ItemName(text);
    var dot = text.lastIndexOf('.');
    if (dot >= 0
        && EXECUTABLE_EXTENSIONS.contains(text.substring(dot + 1).toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("the name of a file that is not executable");
    }
    return name;
  }

  /**
   * The category {@code FORMAT} contains the characters without a width, and those that change the
   * direction of text: with one of them, the name "gwd.exe" can look like "exe.dwg".
   */
  private static boolean isAllowed(int character) {
    return JOINERS.contains(character) || isVisible(character);
  }

  private static boolean isVisible(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> REFUSED_CHARACTERS.indexOf(character) < 0 && !BLANK_CHARACTERS.contains(character);
    };
  }

  /** Windows ignores dots and spaces at the end of a name. A joiner there would hide them. */
  private static boolean endsInDotOrSpace(String text) {
    var last = text.codePointBefore(text.length());
    return last == '.'
        || JOINERS.contains(last)
        || Character.isWhitespace(last)
        || Character.isSpaceChar(last);
  }

  /** {@return the name itself} */
  @Override
  public String toString() {
    return value;
  }
}
