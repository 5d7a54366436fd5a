package io.storageconnections.platform.http.storage;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an upload whose request has the header {@code Content-MD5} (RFC 1864). The stream
 * fails at its end if the bytes are not those that the client sent. Not thread-safe.
 */
final class Md5CheckedStream extends FilterInputStream {

  private static final int MD5_BYTES = 16;

  private final MessageDigest digest;
  private final byte[] expected;

  /** Says that the bytes have another MD5 than the header says. */
  static final class MismatchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MismatchException() {
      super("the bytes have another MD5 than Content-MD5 says", null, false, false);
    }
  }

  private Md5CheckedStream(InputStream bytes, MessageDigest digest, byte[] expected) {
    super(new DigestInputStream(bytes, digest));
    this.digest = digest;
    this.expected = expected;
  }

  /** Returns whether a value of the header is the base64 form of 16 bytes. */
  static boolean isMd5(String header) {
    return decoded(header) != null;
  }

  /**
   * Returns a stream that checks the bytes.
   *
   * @param header a value of the header that {@link #isMd5} accepts
   */
  static InputStream of(InputStream bytes, String header) {
    var expected = decoded(header);
    if (expected == null) {
      throw new IllegalArgumentException("not an MD5");
    }
    try {
      return new Md5CheckedStream(bytes, MessageDigest.getInstance("MD5"), expected);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  private static byte @Nullable [] decoded(String header) {
    try {
      var bytes = Base64.getDecoder().decode(header.strip());
      return bytes.length == MD5_BYTES ? bytes : null;
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }

  @Override
  public int read() throws IOException {
    return checked(super.read());
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    return checked(super.read(buffer, offset, length));
  }

  private int checked(int read) {
    if (read < 0 && !MessageDigest.isEqual(digest.digest(), expected)) {
      throw new MismatchException();
    }
    return read;
  }
}
