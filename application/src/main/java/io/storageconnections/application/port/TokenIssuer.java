package io.storageconnections.application.port;

import java.time.Duration;

/** Gives out access tokens, for development without an identity provider. Thread-safe. */
public interface TokenIssuer {

  /**
   * The length of the longest client name, in characters. A token contains the name twice and must
   * stay shorter than {@link TokenVerifier#TOKEN_LENGTH_MAX}.
   */
  int CLIENT_LENGTH_MAX = 255;

  /**
   * Gives out a token.
   *
   * @param client who the bearer is to be taken for; not blank, at most {@link #CLIENT_LENGTH_MAX}
   *     characters
   * @return a signed token that {@link TokenVerifier} accepts for {@code client} until it expires
   */
  AccessToken issue(String client);

  /** {@return the public keys that verify the tokens, as a JSON Web Key Set (RFC 7517)} */
  String publicKeys();

  /**
   * What was given out. Its text form leaves the token out.
   *
   * @param value the token, as it follows {@code Bearer} in a header
   * @param scope what it may be used for
   * @param lifetime how long it is good, from when it was given out
   */
  record AccessToken(String value, String scope, Duration lifetime) {

    @Override
    public String toString() {
      return "AccessToken[scope=" + scope + ", lifetime=" + lifetime + "]";
    }
  }
}
