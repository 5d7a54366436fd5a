package io.storageconnections.domain.connection;

import java.util.UUID;

/**
 * Names an iModel. As text: a GUID in lower case, read in either case.
 *
 * @param value a GUID of any version
 */
public record IModelId(UUID value) {

  /**
   * Reads the text form.
   *
   * @param text 8-4-4-4-12 hexadecimal digits, of either case
   * @return the id that {@code text} spells
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
