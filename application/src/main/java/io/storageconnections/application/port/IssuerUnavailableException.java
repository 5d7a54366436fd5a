package io.storageconnections.application.port;

/** A token cannot be verified, because the keys of its issuer are unknown and cannot be read. */
public final class IssuerUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Keeps the cause, so that it is wrapped once and logged once.
   *
   * @param message the operation that failed, for the log; must not contain a token
   * @param cause the reason why the keys cannot be read
   */
  public IssuerUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
