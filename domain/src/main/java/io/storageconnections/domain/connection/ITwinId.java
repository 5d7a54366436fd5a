package io.storageconnections.domain.connection;

import java.util.UUID;

/** Names an iTwin. As text: a GUID in lower case, read in either case. */
public record ITwinId(UUID value) {

  /**
   * Reads the text form.
   *
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
