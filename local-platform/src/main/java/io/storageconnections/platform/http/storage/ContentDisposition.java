package io.storageconnections.platform.http.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The header {@code Content-Disposition} of a download (RFC 6266). */
final class ContentDisposition {

  /** The characters that RFC 8187 allows without encoding. */
  private static final String UNENCODED = "!#$&+-.^_`|~";

  private ContentDisposition() {}

  /**
   * Returns the value of the header.
   *
   * @param fileName any text; no character of it can end the value or the header
   */
  static String attachment(String fileName) {
    return "attachment; filename=\""
        + ascii(fileName)
        + "\"; filename*=UTF-8''"
        + encoded(fileName);
  }

  /** For clients that do not know {@code filename*}. */
  private static String ascii(String text) {
    var ascii = new StringBuilder();
    text.codePoints()
        .map(character ->
            character < 0x20 || character > 0x7E || "\"\\%/".indexOf(character) >= 0
                ? '_'
                : character)
        .forEach(ascii::appendCodePoint);
    return ascii.toString();
  }

  private static String encoded(String text) {
    var encoded = new StringBuilder();
    for (var unit : text.getBytes(UTF_8)) {
      var character = (char) (unit & 0xFF);
      if (isAlphanumeric(character) || UNENCODED.indexOf(character) >= 0) {
        encoded.append(character);
      } else {
        encoded.append(String.format("%%%02X", (int) character));
      }
    }
    return encoded.toString();
  }

  private static boolean isAlphanumeric(char character) {
    return (character >= '0' && character <= '9')
        || (character >= 'A' && character <= 'Z')
        || (character >= 'a' && character <= 'z');
  }
}
