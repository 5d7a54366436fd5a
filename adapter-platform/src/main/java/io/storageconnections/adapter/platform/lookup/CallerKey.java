package io.storageconnections.adapter.platform.lookup;

import io.storageconnections.application.port.Caller;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Identifies a caller with one token, without containing the token: two keys are equal if client,
 * subject and token are. The size does not depend on them. Immutable.
 *
 * @param digest the SHA-256 digest of client, subject and token
 */
public record CallerKey(ByteBuffer digest) {

  /**
   * Returns the key of a caller.
   *
   * @param caller the caller, whose own token is not read
   * @param token the token with which the platform is asked
   */
  public static CallerKey of(Caller caller, String token) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var text : new String[] {caller.client(), caller.subject(), token}) {
        // The characters themselves, because encoders replace each unpaired surrogate by the same
        // character.
        var bytes = ByteBuffer.allocate(Character.BYTES * text.length());
        bytes.asCharBuffer().put(text);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, text.length()));
        digest.update(bytes);
      }
      return new CallerKey(ByteBuffer.wrap(digest.digest()).asReadOnlyBuffer());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
