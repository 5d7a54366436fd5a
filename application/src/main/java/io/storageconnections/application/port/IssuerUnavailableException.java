package io.storageconnections.application.port;

/** The issuer's keys cannot be had, so that nobody can tell whether a token is good. */
public final class IssuerUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Keeps the cause, so that it is wrapped once and logged once.
   *
   * @param message what could not be done, for the log
   * @param cause why the keys cannot be had
   */
  public IssuerUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
