package io.storageconnections.adapter.http.port;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Issues tokens to every client, for development without an identity provider. Names of clients and
 * users are not blank, have at most {@link #nameLengthMax} characters, and contain no control
 * characters. Thread-safe.
 */
public interface TokenIssuer {

  /**
   * Issues an access token.
   *
   * @param client the name of the client that the token identifies
   * @param user the name of the user for whom the client calls; equal to {@code client} if it calls
   *     for no user
   * @param scope the scopes of the token, separated by spaces
   * @return a signed token that the server accepts as one of {@code client} and {@code user} until
   *     it expires
   * @throws IllegalArgumentException if a name is blank or too long, or contains a control
   *     character
   */
  AccessToken issue(String client, String user, String scope);

  /**
   * Issues an ID token (OpenID Connect Core, section 2).
   *
   * @param client the name of the client for which the token is
   * @param user the name of the user who has logged in
   * @param nonce the value that the token repeats; null for none
   * @return a signed token, which the server does not accept as an access token
   * @throws IllegalArgumentException as {@link #issue} does
   */
  String idToken(String client, String user, @Nullable String nonce);

  /**
   * Verifies an access token of this issuer.
   *
   * @param accessToken any text
   * @return the content of the token; empty if this issuer did not issue it, or it has expired
   */
  Optional<IssuedToken> verify(String accessToken);

  /**
   * {@return the scopes that clients get if they ask for them, besides {@code itwin-platform} and
   * those of OpenID Connect; unmodifiable}
   */
  Set<String> additionalScopes();

  /** {@return the length of the longest name that a token can contain, in characters} */
  int nameLengthMax();

  /** {@return the public keys that verify the tokens, as a JSON Web Key Set (RFC 7517)} */
  String publicKeys();

  /** {@return the clock by which tokens expire} */
  Clock clock();

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

  /**
   * The content of a valid access token.
   *
   * @param client the name of the client
   * @param user the name of the user, or of the client if it calls for no user
   * @param scope the scopes, separated by spaces
   * @param issuedAt the time of issue
   * @param expiry the first moment at which the token is not valid
   */
  record IssuedToken(String client, String user, String scope, Instant issuedAt, Instant expiry) {}
}
