package io.storageconnections.domain.connection;

/**
 * Says that a text is not a valid value of the type that it was parsed as. The message describes
 * the valid values and does not repeat the text.
 */
public final class InvalidValueException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param expectation describes the valid values, such as "User or Service"
   */
  public InvalidValueException(String expectation) {
    super(expectation);
  }
}
