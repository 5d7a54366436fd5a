package io.storageconnections.adapter.http.issuer;

/**
 * Thrown if a request to the development issuer is refused. The message is the description for
 * people; it contains no text of the request, because RFC 6749 allows only some characters there.
 */
final class OAuthException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final OAuthError error;

  /**
   * Creates a refusal.
   *
   * @param status the status of the answer
   * @param error the code
   * @param description printable ASCII without quotation marks and backslashes
   */
  OAuthException(int status, OAuthError error, String description) {
    super(description, null, false, false);
    this.status = status;
    this.error = error;
  }

  /** Creates a refusal with status 400. */
  OAuthException(OAuthError error, String description) {
    this(400, error, description);
  }

  int status() {
    return status;
  }

  OAuthError error() {
    return error;
  }

  String description() {
    return String.valueOf(getMessage());
  }
}
