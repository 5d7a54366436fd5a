package io.storageconnections.adapter.http.issuer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Proof Key for Code Exchange (PKCE, RFC 7636) with the method S256: only the client that began a
 * login can exchange its code.
 *
 * @param challenge the SHA-256 of the client's secret, as 43 characters of base64url
 */
record ProofKey(String challenge) {

  /** The only method. With {@code plain}, everybody who sees the first request knows the secret. */
  static final String METHOD = "S256";

  private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");

  /**
   * Reads the challenge of an authorization request.
   *
   * @throws OAuthException if it is absent, malformed, or of another method
   */
  static ProofKey read(OAuthParameters parameters) {
    var challenge = parameters.required("code_challenge");
    if (!METHOD.equals(parameters.optional("code_challenge_method"))) {
      throw new OAuthException(
          OAuthError.INVALID_REQUEST, "code_challenge_method must be " + METHOD + ".");
    }
    if (!CHALLENGE.matcher(challenge).matches()) {
      throw new OAuthException(
          OAuthError.INVALID_REQUEST,
          "code_challenge must be a SHA-256 in base64url: 43 characters.");
    }
    return new ProofKey(challenge);
  }

  /** Returns whether a secret has this challenge. */
  boolean isProvedBy(String verifier) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII));
      return MessageDigest.isEqual(
          Base64.getUrlEncoder().withoutPadding().encode(hash), challenge.getBytes(US_ASCII));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
