package io.storageconnections.adapter.http.port;

import io.storageconnections.application.port.IssuerUnavailableException;
import io.storageconnections.application.port.Verification;

/**
 * Verifies the bearer tokens of requests. Thread-safe.
 *
 * <p>The API answers 401 if the verifier rejects a token, and 503 if it throws {@link
 * IssuerUnavailableException}; it logs neither. A verifier therefore logs at DEBUG why it rejects a
 * token, and logs why it cannot verify one, with advice for the operator. It never logs a token.
 */
@FunctionalInterface
public interface TokenVerifier {

  /**
   * Verifies one bearer token.
   *
   * @param token the text that the caller sent as a token; any text, possibly empty
   * @return the caller, or the reason for the rejection
   * @throws IssuerUnavailableException if the keys of the issuer are unknown and cannot be read
   */
  Verification verify(String token);
}
