package io.storageconnections.domain.connection;

import java.util.UUID;

/**
 * The id of a run of a connection. The text form is a GUID in lower case; {@link #parse} also
 * accepts upper case. The server creates GUIDs of version 4.
 *
 * @param value a GUID of any version
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/get-storage-connection-run">Get
 *     Storage Connection Run</a>
 */
public record RunId(UUID value) {

  /**
   * Parses the text form.
   *
   * @param text 36 characters: 8-4-4-4-12 hexadecimal digits, in lower or upper case
   * @return the id with this text form
   * @throws InvalidValueException if {@code text} is not 8-4-4-4-12 hexadecimal digits
   */
  public static RunId parse(String text) {
    return new RunId(Guid.parse(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
