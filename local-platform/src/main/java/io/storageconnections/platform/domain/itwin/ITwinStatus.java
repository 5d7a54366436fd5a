package io.storageconnections.platform.domain.itwin;

import java.util.Arrays;

/** The status of an iTwin. */
public enum ITwinStatus {
  ACTIVE("Active"),
  INACTIVE("Inactive"),
  TRIAL("Trial");

  private final String text;

  ITwinStatus(String text) {
    this.text = text;
  }

  /**
   * Parses the text form.
   *
   * @throws IllegalArgumentException if {@code text} is not the name of a constant
   */
  public static ITwinStatus parse(String text) {
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
