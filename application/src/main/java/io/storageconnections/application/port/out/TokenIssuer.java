package io.storageconnections.application.port.out;

import java.time.Duration;

/** Gives out access tokens, for development without an identity provider. Thread-safe. */
public interface TokenIssuer {

  /** A signed token that {@link TokenVerifier} accepts for {@code client} until it expires. */
  AccessToken issue(String client);

  /** The public keys that verify the tokens, as a JSON Web Key Set (RFC 7517). */
  String publicKeys();

  /** What was given out. Its text form leaves the token out. */
  record AccessToken(String value, String scope, Duration lifetime) {

    @Override
    public String toString() {
      return "AccessToken[scope=" + scope + ", lifetime=" + lifetime + "]";
    }
  }
}
