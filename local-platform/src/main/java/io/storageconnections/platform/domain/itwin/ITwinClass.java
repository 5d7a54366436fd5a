package io.storageconnections.platform.domain.itwin;

import io.storageconnections.platform.domain.text.ConstantName;

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
    return ConstantName.parse(ITwinClass.class, text);
  }

  @Override
  public String toString() {
    return text;
  }
}
