package io.storageconnections.domain.connection;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An id that consists of two GUIDs: first the scope, then the item within the scope. The text form
 * has 43 characters: the 32 bytes of both GUIDs, each in .NET byte order, in base64url without
 * padding.
 *
 * <p>Source: the API's documentation does not describe the format. The example ids in it have this
 * format, and the GUIDs in them are of version 4.
 *
 * @param scope the GUID of the iModel or the iTwin
 * @param item the GUID of the connection or the file
 */
record CompoundId(UUID scope, UUID item) {

  private static final int TEXT_LENGTH = 43;
  private static final int BYTES = 32;

  /**
   * Parses the text form. Each id has exactly one text form.
   *
   * @throws InvalidValueException if {@code text} is not 43 characters of base64url, or differs
   *     from the {@link #toString} of the id that it decodes to
   */
  static CompoundId parse(String text) {
    if (text.length() == TEXT_LENGTH) {
      var id = decode(text);
      // 43 characters encode two bits more than 32 bytes need. The decoder ignores these bits.
      // Without this comparison, four texts would be accepted for one id.
      if (id != null && id.toString().equals(text)) {
        return id;
      }
    }
    throw new InvalidValueException(
        "43 characters of base64url that hold two GUIDs, such as"
            + " t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cA");
  }

  private static @Nullable CompoundId decode(String text) {
    try {
      var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      return new CompoundId(readGuid(bytes), readGuid(bytes));
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }

  private static UUID readGuid(ByteBuffer bytes) {
    return new UUID(swapDotNetGroups(bytes.getLong()), bytes.getLong());
  }

  @Override
  public String toString() {
    var bytes =
        ByteBuffer.allocate(BYTES)
            .putLong(swapDotNetGroups(scope.getMostSignificantBits()))
            .putLong(scope.getLeastSignificantBits())
            .putLong(swapDotNetGroups(item.getMostSignificantBits()))
            .putLong(item.getLeastSignificantBits());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /**
   * .NET writes the first three groups of a GUID in little-endian order. Swapping twice gives the
   * original.
   */
  private static long swapDotNetGroups(long firstHalf) {
    long group1 = Integer.toUnsignedLong(Integer.reverseBytes((int) (firstHalf >>> 32)));
    long group2 = Short.toUnsignedLong(Short.reverseBytes((short) (firstHalf >>> 16)));
    long group3 = Short.toUnsignedLong(Short.reverseBytes((short) firstHalf));
    return group1 << 32 | group2 << 16 | group3;
  }
}
