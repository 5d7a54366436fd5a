package io.storageconnections.platform.domain.itwin;

import io.storageconnections.platform.domain.text.ConstantName;

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
    return ConstantName.parse(ITwinStatus.class, text);
  }

  @Override
  public String toString() {
    return text;
  }
}
