package io.storageconnections.architecture.planted.host.tokens;

import io.storageconnections.application.contract.TokenVerifierContract;
import io.storageconnections.application.port.TokenVerifier;

final class TestedByNobody implements TokenVerifier {

  @Override
  public Verification verify(String token) {
    return new Verification.Rejected(Reason.INVALID);
  }

  /** Of no use, as long as nobody extends it. */
  abstract static class Contract implements TokenVerifierContract {

    @Override
    public TokenVerifier verifier() {
      return new TestedByNobody();
    }
  }

  /** Knows it, but holds it to nothing. */
  static final class Bystander {

    TokenVerifier verifier() {
      return new TestedByNobody();
    }
  }
}
