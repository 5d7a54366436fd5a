package io.storageconnections.domain.connection;

import java.util.UUID;

/**
 * Names one source file of a connection. As text: a GUID in lower case, read in either case.
 * Official clients refuse all but versions 1 to 5, so new ones are of version 4.
 *
 * <p>Source: api-contract.md, section 5.
 *
 * @param value a GUID of any version
 */
public record SourceFileId(UUID value) implements Comparable<SourceFileId> {

  /**
   * Reads the text form.
   *
   * @param text 8-4-4-4-12 hexadecimal digits, of either case
   * @return the id that {@code text} spells
   * @throws InvalidValueException if {@code text} is not 8-4-4-4-12 hexadecimal digits
   */
  public static SourceFileId parse(String text) {
    return new SourceFileId(Guid.parse(text));
  }

  /** Orders by the bytes, as the database orders them. */
  @Override
  public int compareTo(SourceFileId other) {
    return Guid.BY_BYTES.compare(value, other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
