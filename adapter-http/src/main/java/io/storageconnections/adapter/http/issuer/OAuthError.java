package io.storageconnections.adapter.http.issuer;

import java.util.Locale;

/** The error codes of RFC 6749 and RFC 6750 that the development issuer uses. */
enum OAuthError {
  INVALID_CLIENT,
  INVALID_GRANT,
  INVALID_REQUEST,
  INVALID_SCOPE,
  INVALID_TOKEN,
  SERVER_ERROR,
  TEMPORARILY_UNAVAILABLE,
  UNSUPPORTED_GRANT_TYPE,
  UNSUPPORTED_RESPONSE_TYPE;

  /** {@return the code as it stands in answers} */
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
