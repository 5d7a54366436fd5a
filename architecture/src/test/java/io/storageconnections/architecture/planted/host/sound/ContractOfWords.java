package io.storageconnections.architecture.planted.host.sound;

import io.storageconnections.application.contract.TokenVerifierContract;
import io.storageconnections.application.port.TokenVerifier;

/** What its subclass inherits counts as its own. */
abstract class ContractOfWords implements TokenVerifierContract {

  @Override
  public TokenVerifier verifier() {
    return new WordVerifier();
  }

  static final class OfOneWord extends ContractOfWords {

    @Override
    public String goodToken(String client) {
      return client;
    }
  }
}
