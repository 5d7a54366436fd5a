package io.storageconnections.adapter.auth.token;

import java.util.Base64;

/**
 * The text form of a signed token: three base64url texts, separated by dots (RFC 7515, section
 * 7.1).
 *
 * <p>Nimbus' decoder ignores characters outside base64url, and the unused bits of the last
 * character of a text. With Nimbus alone, each token would have many spellings. This class admits
 * one.
 */
public final class CompactSerialization {

  private static final int PARTS = 3;

  private CompactSerialization() {}

  /** Returns whether {@code token} consists of three non-empty canonical base64url texts. */
  public static boolean isCanonical(String token) {
    var parts = token.split("\\.", PARTS + 1);
    return parts.length == PARTS
        && isCanonicalBase64(parts[0])
        && isCanonicalBase64(parts[1])
        && isCanonicalBase64(parts[2]);
  }

  private static boolean isCanonicalBase64(String part) {
    try {
      var decoded = Base64.getUrlDecoder().decode(part);
      return decoded.length > 0
          && Base64.getUrlEncoder().withoutPadding().encodeToString(decoded).equals(part);
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }
}
