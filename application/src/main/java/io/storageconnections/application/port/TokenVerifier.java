package io.storageconnections.application.port;

/**
 * Tells good access tokens from bad ones. Safe for use by several threads.
 *
 * <p>A verifier logs why it refuses a token, at DEBUG, and why it cannot judge one, with what the
 * operator can do; the API answers 401 and 503 and logs neither. A verifier never logs a token.
 */
public interface TokenVerifier {

  /** The scope that a token must have. Source: create-storage-connection.txt, "Authentication". */
  String SCOPE = "itwin-platform";

  /**
   * The length of the longest token that is judged, in characters; a longer one is not good. A
   * server must let the header of such a token in.
   */
  int TOKEN_LENGTH_MAX = 16_384;

  /**
   * Judges one bearer token.
   *
   * @param token whatever was sent as a token; may be any text
   * @return whose it is, or why it is not good
   * @throws IssuerUnavailableException if it cannot be judged because the issuer's keys cannot be
   *     had
   */
  Verification verify(String token);

  /** What became of a token. */
  sealed interface Verification {

    /**
     * It is good.
     *
     * @param caller who sent it
     */
    record Accepted(Caller caller) implements Verification {}

    /**
     * It is not good.
     *
     * @param reason why
     */
    record Rejected(Reason reason) implements Verification {}
  }

  /** Why a token is not good. No finer, for a stranger is not told what to mend. */
  enum Reason {
    /**
     * It is malformed, forged, of another issuer, for another audience, expired or not yet valid.
     */
    INVALID,
    /** It is genuine but was not given the scope that this API asks for. */
    INSUFFICIENT_SCOPE
  }
}
