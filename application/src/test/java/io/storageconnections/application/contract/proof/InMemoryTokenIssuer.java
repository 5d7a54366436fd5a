package io.storageconnections.application.contract.proof;

import io.storageconnections.application.port.TokenIssuer;
import io.storageconnections.application.port.TokenVerifier;
import java.time.Duration;

/** Gives out what {@link InMemoryTokenVerifier} accepts, for which nobody needs a key. */
class InMemoryTokenIssuer implements TokenIssuer {

  @Override
  public AccessToken issue(String client) {
    return new AccessToken(
        InMemoryTokenVerifier.goodToken(client), TokenVerifier.SCOPE, Duration.ofHours(1));
  }

  @Override
  public String publicKeys() {
    return "{\"keys\": []}";
  }
}
