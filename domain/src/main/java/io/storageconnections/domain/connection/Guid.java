package io.storageconnections.domain.connection;

import java.util.Comparator;
import java.util.UUID;
import java.util.regex.Pattern;

/** The text form and the order of the GUIDs in all ids. */
public final class Guid {

  /**
   * Orders GUIDs by their 16 bytes as unsigned numbers, as databases do. {@link UUID#compareTo}
   * gives another order: it compares each half as a signed number.
   */
  public static final Comparator<UUID> BY_BYTES =
      ((Comparator<UUID>)
              (a, b) ->
                  Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits()))
          .thenComparing((a, b) ->
              Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits()));

  private static final Pattern TEXT =
      Pattern.compile(
          "\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");

  private Guid() {}

  /**
   * Parses the text form.
   *
   * @param text 36 characters: 8-4-4-4-12 hexadecimal digits, in lower or upper case
   * @return the GUID with this text form, of any version
   * @throws InvalidValueException if {@code text} is not 8-4-4-4-12 hexadecimal digits, of either
   *     case
   */
  public static UUID parse(String text) {
    // UUID.fromString also accepts shorter groups of digits, so that a GUID would have many text
    // forms.
    if (!TEXT.matcher(text).matches()) {
      throw new InvalidValueException("a GUID, such as 7dbd531d-6967-47b2-8945-a722a437ad7a");
    }
    return UUID.fromString(text);
  }
}
