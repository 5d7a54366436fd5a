package io.storageconnections.application.port;

/**
 * A store could not answer: the database is away, refuses, or broke off. Whether a change took
 * effect is unknown, unless the method that threw it says otherwise.
 */
public final class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Keeps the cause, so that it is wrapped once and logged once.
   *
   * @param doing what was being done, such as "adding connection ..."
   * @param cause why there is no answer
   */
  public StoreException(String doing, Throwable cause) {
    super(doing, cause);
  }
}
