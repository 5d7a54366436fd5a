package io.storageconnections.platform.domain.id;

import java.util.UUID;
import java.util.function.Supplier;

/**
 * New GUIDs of iTwins and iModels. The ids of connections, files and folders begin with the bytes
 * of the iModel or the iTwin, in base64url. None may begin with {@code -}, because the iTwin CLI
 * would take it for an option.
 */
public final class ScopeId {

  /** In base64url, 62 is the minus sign. */
  private static final int MINUS = 62;

  private ScopeId() {}

  /**
   * Returns a new GUID.
   *
   * @param random returns random GUIDs of version 4
   */
  public static UUID next(Supplier<UUID> random) {
    var id = random.get();
    while (beginsWithMinus(id)) {
      id = random.get();
    }
    return id;
  }

  /** In .NET byte order, the first byte of an id's text is the fourth byte of the GUID. */
  private static boolean beginsWithMinus(UUID id) {
    var firstByte = (int) (id.getMostSignificantBits() >>> 32) & 0xff;
    return firstByte >> 2 == MINUS;
  }
}
