package io.storageconnections.application.contract.proof;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.out.TokenVerifier;

/** Accepts whoever asks nicely. */
class InMemoryTokenVerifier implements TokenVerifier {

  /** What every good token begins with; its client follows. */
  static final String PLEASE = "please, from ";

  @Override
  public Verification verify(String token) {
    return token.startsWith(PLEASE)
        ? new Verification.Accepted(new Caller(token.substring(PLEASE.length())))
        : new Verification.Rejected(Reason.INVALID);
  }
}
