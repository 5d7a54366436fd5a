package io.storageconnections.adapter.auth;

import io.storageconnections.application.contract.TokenIssuerContract;
import io.storageconnections.application.contract.TokenVerifierContract;
import io.storageconnections.application.port.TokenIssuer;
import io.storageconnections.application.port.TokenVerifier;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contracts, kept by the development issuer and the verifier of its tokens. */
final class TokenContractsTest implements TokenVerifierContract, TokenIssuerContract {

  @TempDir private Path folder;
  private DevelopmentIssuer issuer;

  @BeforeEach
  void makeIssuer() {
    issuer =
        DevelopmentIssuer.withKeyIn(
            folder, URI.create("http://127.0.0.1:8080"), null, Clock.systemUTC());
  }

  @Override
  public TokenIssuer issuer() {
    return issuer;
  }

  @Override
  public TokenVerifier verifier() {
    return JwtTokenVerifier.forDevelopment(issuer, null, Clock.systemUTC());
  }

  @Override
  public String goodToken(String client) {
    return issuer.issue(client).value();
  }
}
