package io.storageconnections.platform.domain.itwin;

import io.storageconnections.platform.domain.text.ConstantName;

/**
 * The subclass of an iTwin, which determines its class.
 *
 * @see <a href="https://developer.bentley.com/apis/itwins/overview/">The documented subclasses</a>
 */
public enum ITwinSubClass {
  ACCOUNT(ITwinClass.ACCOUNT, "Account"),
  ASSET(ITwinClass.THING, "Asset"),
  PORTFOLIO(ITwinClass.THING, "Portfolio"),
  PROGRAM(ITwinClass.ENDEAVOR, "Program"),
  PROJECT(ITwinClass.ENDEAVOR, "Project"),
  WORK_PACKAGE(ITwinClass.ENDEAVOR, "WorkPackage");

  private final ITwinClass iTwinClass;
  private final String text;

  ITwinSubClass(ITwinClass iTwinClass, String text) {
    this.iTwinClass = iTwinClass;
    this.text = text;
  }

  /**
   * Parses the text form.
   *
   * @throws IllegalArgumentException if no subclass has this name
   */
  public static ITwinSubClass parse(String text) {
    return ConstantName.parse(ITwinSubClass.class, text);
  }

  /** {@return the class of iTwins of this subclass} */
  public ITwinClass iTwinClass() {
    return iTwinClass;
  }

  @Override
  public String toString() {
    return text;
  }
}
