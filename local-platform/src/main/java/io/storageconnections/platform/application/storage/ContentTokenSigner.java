package io.storageconnections.platform.application.storage;

import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.platform.application.storage.ContentToken.Verb;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Gives a {@link ContentToken} its text form, and checks it. The text has 120 characters of
 * base64url: a version, the token and its HMAC-SHA256. Each token has exactly one text form.
 * Thread-safe.
 */
public final class ContentTokenSigner {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_BYTES = 32;
  private static final byte VERSION = 1;
  private static final int SIGNED_BYTES = 1 + 1 + Long.BYTES + 3 * 2 * Long.BYTES;
  private static final int SIGNATURE_BYTES = 32;

  /** The bytes are a multiple of three, so that no character has bits that do not count. */
  private static final int TEXT_LENGTH = (SIGNED_BYTES + SIGNATURE_BYTES) / 3 * 4;

  private final SecretKeySpec key;

  /**
   * Creates a signer.
   *
   * @param key 32 bytes in hexadecimal digits
   * @throws IllegalArgumentException if {@code key} is something else
   */
  public ContentTokenSigner(String key) {
    var bytes = HexFormat.of().parseHex(key);
    if (bytes.length != KEY_BYTES) {
      throw new IllegalArgumentException("the key does not have " + KEY_BYTES + " bytes");
    }
    this.key = new SecretKeySpec(bytes, ALGORITHM);
  }

  /** Returns the text form, which stands in a URL. It is a secret. */
  public String sign(ContentToken token) {
    var signed =
        ByteBuffer.allocate(SIGNED_BYTES)
            .put(VERSION)
            .put(token.verb().code)
            .putLong(token.expiry().getEpochSecond());
    put(signed, token.file().iTwin().value());
    put(signed, token.file().file());
    put(signed, token.target());
    var all =
        ByteBuffer.allocate(SIGNED_BYTES + SIGNATURE_BYTES)
            .put(signed.array())
            .put(signature(signed.array()));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(all.array());
  }

  /**
   * Reads and checks the text form.
   *
   * @param text what stands in a URL; may be anything
   * @param verb what the request wants to do
   * @return empty if the text is not from this signer, is expired, or permits something else
   */
  public Optional<ContentToken> verify(String text, Verb verb, Instant now) {
    if (text.length() != TEXT_LENGTH) {
      return Optional.empty();
    }
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    if (bytes.length != SIGNED_BYTES + SIGNATURE_BYTES) {
      return Optional.empty();
    }
    var signed = Arrays.copyOf(bytes, SIGNED_BYTES);
    var signature = Arrays.copyOfRange(bytes, SIGNED_BYTES, bytes.length);
    // Compares every byte, so that the time does not tell how much of a signature is right.
    if (!MessageDigest.isEqual(signature, signature(signed))) {
      return Optional.empty();
    }
    return token(ByteBuffer.wrap(signed), verb).filter(token -> now.isBefore(token.expiry()));
  }

  private static Optional<ContentToken> token(ByteBuffer signed, Verb verb) {
    var version = signed.get();
    var code = signed.get();
    var expiry = signed.getLong();
    // A later version of this class may sign something else with the same key.
    return version == VERSION && code == verb.code
        ? Optional.of(
            new ContentToken(
                verb,
                new StorageFileId(new ITwinId(guid(signed)), guid(signed)),
                guid(signed),
                Instant.ofEpochSecond(expiry)))
        : Optional.empty();
  }

  private byte[] signature(byte[] signed) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(signed);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  private static void put(ByteBuffer bytes, UUID guid) {
    bytes.putLong(guid.getMostSignificantBits()).putLong(guid.getLeastSignificantBits());
  }

  private static UUID guid(ByteBuffer bytes) {
    return new UUID(bytes.getLong(), bytes.getLong());
  }
}
