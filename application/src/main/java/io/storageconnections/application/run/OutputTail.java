package io.storageconnections.application.run;

import io.storageconnections.domain.connection.StorableText;
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

  /** Returns the last part if it has changed since the last call, and counts it as saved. */
  synchronized Optional<String> unsaved() {
    if (!changed) {
      return Optional.empty();
    }
    changed = false;
    return Optional.of(tail());
  }

  /** Counts the last part as not saved, because the store could not save it. */
  synchronized void markUnsaved() {
    changed = true;
  }

  private String tail() {
    var bytes = StorableText.of(text.toString()).getBytes(StandardCharsets.UTF_8);
    var from = Math.max(0, bytes.length - bytesMax);
    while (from < bytes.length && isContinuation(bytes[from])) {
      from++;
    }
    return StandardCharsets.UTF_8
        .decode(ByteBuffer.wrap(bytes, from, bytes.length - from))
        .toString();
  }

  private static boolean isContinuation(byte unit) {
    return (unit & 0xC0) == 0x80;
  }
}
