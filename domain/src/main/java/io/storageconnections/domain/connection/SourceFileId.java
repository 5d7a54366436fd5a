package io.storageconnections.domain.connection;

import java.util.UUID;

/**
 * The id of a source file of a connection. The text form is a GUID in lower case; {@link #parse}
 * also accepts upper case. The server creates GUIDs of version 4, because Bentley's command-line
 * client rejects GUIDs of other versions than 1 to 5.
 *
 * @param value a GUID of any version
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/get-storage-connection-sourcefile">Get
 *     Storage Connection SourceFile</a>
 */
public record SourceFileId(UUID value) implements Comparable<SourceFileId> {

  /**
   * Parses the text form.
   *
   * @param text 36 characters: 8-4-4-4-12 hexadecimal digits, in lower or upper case
   * @return the id with this text form
   * @throws InvalidValueException if {@code text} is not 8-4-4-4-12 hexadecimal digits
   */
  public static SourceFileId parse(String text) {
    return new SourceFileId(Guid.parse(text));
  }

  /** Compares the bytes of the GUIDs as unsigned numbers. Databases use the same order. */
  @Override
  public int compareTo(SourceFileId other) {
    return Guid.BY_BYTES.compare(value, other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
