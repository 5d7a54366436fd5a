package io.storageconnections.adapter.http.requestlog;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Keeps the beginning of a body while it is streamed, and counts its bytes. One thread at a time
 * adds bytes.
 */
public final class BodyCapture {

  /** The number of bytes that are kept of each body. */
  public static final int KEPT_BYTES_MAX = 16 * 1024;

  private static final byte[] NOTHING = {};

  private final boolean keepsBytes;
  private byte[] kept = NOTHING;
  private long bytes;

  /**
   * Creates a capture of an empty body.
   *
   * @param keepsBytes false to count the bytes only
   */
  BodyCapture(boolean keepsBytes) {
    this.keepsBytes = keepsBytes;
  }

  /** Adds the remaining bytes of a buffer, whose position does not change. */
  public void add(ByteBuffer content) {
    bytes += content.remaining();
    var count = keepsBytes ? Math.min(content.remaining(), KEPT_BYTES_MAX - kept.length) : 0;
    if (count > 0) {
      var before = kept.length;
      kept = Arrays.copyOf(kept, before + count);
      content.duplicate().get(kept, before, count);
    }
  }

  /** Returns the number of bytes of the body so far. */
  long bytes() {
    return bytes;
  }

  /** Returns the number of bytes that are kept. */
  int keptBytes() {
    return kept.length;
  }

  /** Returns the kept bytes, which the caller must not change. */
  byte[] kept() {
    return kept;
  }

  /** Returns whether the body has more bytes than are kept. */
  boolean isCut() {
    return bytes > kept.length;
  }
}
