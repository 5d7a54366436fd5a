package io.storageconnections.adapter.http.port;

import java.time.Duration;

/**
 * Issues access tokens to every client, for development without an identity provider. Thread-safe.
 */
public interface TokenIssuer {

  /**
   * Issues a token.
   *
   * @param client the name of the client that the token identifies; not blank, at most {@link
   *     #clientLengthMax} characters, without control characters
   * @return a signed token that the server accepts as one of {@code client} until it expires
   * @throws IllegalArgumentException if {@code client} is blank or too long
   */
  AccessToken issue(String client);

  /** {@return the length of the longest client name that a token can contain, in characters} */
  int clientLengthMax();

  /** {@return the public keys that verify the tokens, as a JSON Web Key Set (RFC 7517)} */
  String publicKeys();

  /**
   * An issued token. Its text form leaves the token out.
   *
   * @param value the token, as it follows {@code Bearer} in a header
   * @param scope the scopes of the token, separated by spaces
   * @param lifetime the time from the issue of the token to its expiry
   */
  record AccessToken(String value, String scope, Duration lifetime) {

    @Override
    public String toString() {
      return "AccessToken[scope=" + scope + ", lifetime=" + lifetime + "]";
    }
  }
}
