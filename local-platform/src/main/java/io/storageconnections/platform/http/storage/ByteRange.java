package io.storageconnections.platform.http.storage;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an answer (RFC 9110, section 14).
 *
 * @param first the position of the first byte
 * @param length the number of bytes, 0 or more
 * @param size the number of bytes of the whole content
 */
record ByteRange(long first, long length, long size) {

  private static final Pattern SINGLE =
      Pattern.compile("(?i:bytes)\\s*=\\s*([0-9]{0,18})\\s*-\\s*([0-9]{0,18})\\s*");

  static ByteRange whole(long size) {
    return new ByteRange(0, size, size);
  }

  /**
   * Returns the bytes that the header {@code Range} asks for. A header that is malformed, or that
   * asks for several ranges, is ignored, as the RFC allows.
   *
   * @param header null if the request has none
   * @return null if the content has none of these bytes
   */
  static @Nullable ByteRange of(@Nullable String header, long size) {
    var range = SINGLE.matcher(header == null ? "" : header.strip());
    if (!range.matches()) {
      return whole(size);
    }
    var first = range.group(1);
    var last = range.group(2);
    if (first.isEmpty()) {
      return last.isEmpty() ? whole(size) : suffix(Long.parseLong(last), size);
    }
    var begin = Long.parseLong(first);
    var end = last.isEmpty() ? size - 1 : Math.min(Long.parseLong(last), size - 1);
    if (!last.isEmpty() && Long.parseLong(last) < begin) {
      return whole(size);
    }
    return begin >= size ? null : new ByteRange(begin, end - begin + 1, size);
  }

  private static @Nullable ByteRange suffix(long length, long size) {
    var available = Math.min(length, size);
    return available == 0 ? null : new ByteRange(size - available, available, size);
  }

  boolean isWhole() {
    return length == size;
  }

  /** {@return the value of the header {@code Content-Range}} */
  @Override
  public String toString() {
    return "bytes " + first + "-" + (first + length - 1) + "/" + size;
  }
}
