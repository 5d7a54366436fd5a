package io.storageconnections.bootstrap;

import io.storageconnections.adapter.auth.DevelopmentIssuer;
import io.storageconnections.adapter.auth.TokenPolicy;
import io.storageconnections.adapter.http.port.TokenIssuer;
import io.storageconnections.application.port.Verification;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Lets the HTTP adapter issue tokens of the auth adapter's development issuer, because neither
 * adapter may depend on the other.
 */
record DevelopmentTokenIssuer(DevelopmentIssuer issuer, Set<String> additionalScopes)
    implements TokenIssuer {

  /** Issues a token with every permission that a policy can give, to a client without a user. */
  static DevelopmentIssuer.AccessToken withAllPermissions(
      DevelopmentIssuer issuer, TokenPolicy policy, String client) {
    var scopes = new TreeSet<>(policy.allNames());
    scopes.add(Verification.REQUIRED_SCOPE);
    return issuer.issue(client, client, String.join(" ", scopes));
  }

  @Override
  public AccessToken issue(String client, String user, String scope) {
    var token = issuer.issue(client, user, scope);
    return new AccessToken(token.value(), token.scope(), token.lifetime());
  }

  @Override
  public String idToken(String client, String user, @Nullable String nonce) {
    return issuer.idToken(client, user, nonce);
  }

  @Override
  public Optional<IssuedToken> verify(String accessToken) {
    return issuer
        .verify(accessToken)
        .map(token ->
            new IssuedToken(
                token.client(), token.user(), token.scope(), token.issuedAt(), token.expiry()));
  }

  @Override
  public int nameLengthMax() {
    return DevelopmentIssuer.NAME_LENGTH_MAX;
  }

  @Override
  public String publicKeys() {
    return issuer.publicKeys();
  }

  @Override
  public Clock clock() {
    return issuer.clock();
  }
}
