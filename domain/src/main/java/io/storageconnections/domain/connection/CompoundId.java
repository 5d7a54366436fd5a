package io.storageconnections.domain.connection;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Two GUIDs that travel as one text: the scope first, then the item within it. The text is
 * base64url without padding, 43 characters, of the 32 bytes of both GUIDs in .NET byte order.
 *
 * <p>Source: api-contract.md, section 5, where 24 GUIDs of documented ids were decoded.
 */
record CompoundId(UUID scope, UUID item) {

  private static final int TEXT_LENGTH = 43;
  private static final int BYTES = 32;

  /**
   * Reads the text form.
   *
   * @throws InvalidValueException if {@code text} is not 43 characters of base64url, or is another
   *     spelling of an id than the one {@link #toString} gives
   */
  static CompoundId parse(String text) {
    if (text.length() == TEXT_LENGTH) {
      var id = decode(text);
      // 43 characters hold two bits more than 32 bytes. The decoder ignores them; we must not, or
      // four texts would name one id.
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

  /** .NET writes the first three groups of a GUID little-endian. The swap is its own inverse. */
  private static long swapDotNetGroups(long firstHalf) {
    long group1 = Integer.toUnsignedLong(Integer.reverseBytes((int) (firstHalf >>> 32)));
    long group2 = Short.toUnsignedLong(Short.reverseBytes((short) (firstHalf >>> 16)));
    long group3 = Short.toUnsignedLong(Short.reverseBytes((short) firstHalf));
    return group1 << 32 | group2 << 16 | group3;
  }
}
