package io.storageconnections.domain.connection;

/**
 * Says that a text does not name a value of the type it was parsed as. The message says what would.
 */
public final class InvalidValueException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  InvalidValueException(String expectation) {
    super(expectation);
  }
}
