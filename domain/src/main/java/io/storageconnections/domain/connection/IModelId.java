package io.storageconnections.domain.connection;

import java.util.UUID;

/** Names an iModel. As text: a GUID in lower case, read in either case. */
public record IModelId(UUID value) {

  /**
   * Reads the text form.
   *
   * @throws InvalidValueException if {@code text} is not 8-4-4-4-12 hexadecimal digits
   */
  public static IModelId parse(String text) {
    return new IModelId(Guid.parse(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
