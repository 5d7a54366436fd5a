package io.storageconnections.domain.connection;

import java.util.UUID;

/**
 * The id of an iTwin. The text form is a GUID in lower case; {@link #parse} also accepts upper
 * case.
 *
 * @param value a GUID of any version
 */
public record ITwinId(UUID value) {

  /**
   * Parses the text form.
   *
   * @param text 36 characters: 8-4-4-4-12 hexadecimal digits, in lower or upper case
   * @return the id with this text form
   * @throws InvalidValueException if {@code text} is not 8-4-4-4-12 hexadecimal digits
   */
  public static ITwinId parse(String text) {
    return new ITwinId(Guid.parse(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
