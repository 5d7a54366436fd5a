package io.storageconnections.adapter.auth;

import java.util.Base64;

/**
 * The text form of a signed token: three base64url texts, separated by dots (RFC 7515, section
 * 7.1).
 *
 * <p>Nimbus' decoder skips the characters that base64url does not have, and the bits that the last
 * character of a text leaves unused. Each token would then have many spellings. Here it has one.
 */
final class CompactForm {

  private static final int PARTS = 3;

  private CompactForm() {}

  /** Whether {@code token} consists of three canonical base64url texts, none of them empty. */
  static boolean isFormOf(String token) {
    var parts = token.split("\\.", PARTS + 1);
    return parts.length == PARTS
        && isCanonical(parts[0])
        && isCanonical(parts[1])
        && isCanonical(parts[2]);
  }

  private static boolean isCanonical(String part) {
    try {
      var decoded = Base64.getUrlDecoder().decode(part);
      return decoded.length > 0
          && Base64.getUrlEncoder().withoutPadding().encodeToString(decoded).equals(part);
    } catch (IllegalArgumentException noBase64Url) {
      return false;
    }
  }
}
