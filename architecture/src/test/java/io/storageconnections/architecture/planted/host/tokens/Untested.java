package io.storageconnections.architecture.planted.host.tokens;

import io.storageconnections.application.port.TokenVerifier;

final class Untested implements TokenVerifier {

  @Override
  public Verification verify(String token) {
    return new Verification.Rejected(Reason.INVALID);
  }
}
