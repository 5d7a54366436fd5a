package io.storageconnections.platform.domain.itwin;

import java.util.Arrays;

/** The class of an iTwin. */
public enum ITwinClass {
  ACCOUNT("Account"),
  THING("Thing"),
  ENDEAVOR("Endeavor");

  private final String text;

  ITwinClass(String text) {
    this.text = text;
  }

  /**
   * Parses the text form.
   *
   * @throws IllegalArgumentException if {@code text} is not the name of a constant
   */
  public static ITwinClass parse(String text) {
    for (var each : values()) {
      if (each.text.equals(text)) {
        return each;
      }
    }
    throw new IllegalArgumentException("one of " + Arrays.toString(values()));
  }

  @Override
  public String toString() {
    return text;
  }
}
