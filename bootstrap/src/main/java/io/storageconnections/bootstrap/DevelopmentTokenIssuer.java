package io.storageconnections.bootstrap;

import io.storageconnections.adapter.auth.DevelopmentIssuer;
import io.storageconnections.adapter.http.port.TokenIssuer;

/**
 * Lets the HTTP adapter issue tokens of the auth adapter's development issuer, because neither
 * adapter may depend on the other.
 */
record DevelopmentTokenIssuer(DevelopmentIssuer issuer) implements TokenIssuer {

  @Override
  public AccessToken issue(String client) {
    var token = issuer.issue(client);
    return new AccessToken(token.value(), token.scope(), token.lifetime());
  }

  @Override
  public int clientLengthMax() {
    return DevelopmentIssuer.CLIENT_LENGTH_MAX;
  }

  @Override
  public String publicKeys() {
    return issuer.publicKeys();
  }
}
