package io.storageconnections.adapter.auth;

import io.storageconnections.application.contract.TokenVerifierContract;
import io.storageconnections.application.port.Verification;
import java.net.URI;
import java.time.Clock;

/** The verifier keeps its contract, shown with the tokens of a development issuer. */
final class JwtTokenVerifierContractTest implements TokenVerifierContract {

  private final DevelopmentIssuer issuer =
      DevelopmentIssuer.inMemory(URI.create("http://127.0.0.1:8080"), null, Clock.systemUTC());
  private final JwtTokenVerifier verifier =
      JwtTokenVerifier.forDevelopment(issuer, null, TokenPolicy.NONE, Clock.systemUTC());

  @Override
  public Verification verify(String token) {
    return verifier.verify(token);
  }

  @Override
  public String validToken(String client) {
    return issuer.issue(client).value();
  }
}
