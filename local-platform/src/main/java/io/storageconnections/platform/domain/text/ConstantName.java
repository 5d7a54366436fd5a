package io.storageconnections.platform.domain.text;

import java.util.Arrays;

/** Finds the constants of an enumeration by their text forms. */
public final class ConstantName {

  private ConstantName() {}

  /**
   * Returns the constant whose text form is exactly {@code text}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static <E extends Enum<E>> E parse(Class<E> type, String text) {
    var constants = type.getEnumConstants();
    return Arrays.stream(constants)
        .filter(constant -> constant.toString().equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("one of " + Arrays.toString(constants)));
  }
}
