package io.storageconnections.application.run;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The last part of a text, of a limited number of bytes in UTF-8. Thread-safe. */
final class OutputTail {

  private final int bytesMax;
  private final StringBuilder text = new StringBuilder();
  private boolean changed;

  OutputTail(int bytesMax) {
    this.bytesMax = bytesMax;
  }

  synchronized void append(String more) {
    if (more.isEmpty()) {
      return;
    }
    changed = true;
    text.append(more.length() > bytesMax ? more.substring(more.length() - bytesMax) : more);
    // A character has at least one byte. Cutting only at twice the size keeps appending cheap.
    if (text.length() > 2 * bytesMax) {
      text.delete(0, text.length() - bytesMax);
    }
  }

  /** Returns the last part, if it has changed since the last call. */
  synchronized Optional<String> unsaved() {
    if (!changed) {
      return Optional.empty();
    }
    changed = false;
    return Optional.of(tail());
  }

  private String tail() {
    var bytes =
        text.codePoints()
            .map(OutputTail::storable)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    var from = Math.max(0, bytes.length - bytesMax);
    while (from < bytes.length && isContinuation(bytes[from])) {
      from++;
    }
    return StandardCharsets.UTF_8
        .decode(ByteBuffer.wrap(bytes, from, bytes.length - from))
        .toString();
  }

  /** Replaces what a database cannot store: U+0000, and a lone surrogate. */
  private static int storable(int codePoint) {
    return codePoint == 0 || Character.getType(codePoint) == Character.SURROGATE
        ? '\ufffd'
        : codePoint;
  }

  private static boolean isContinuation(byte unit) {
    return (unit & 0xC0) == 0x80;
  }
}
