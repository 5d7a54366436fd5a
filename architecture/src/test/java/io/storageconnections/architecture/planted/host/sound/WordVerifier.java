package io.storageconnections.architecture.planted.host.sound;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.IssuerUnavailableException;
import io.storageconnections.application.port.TokenVerifier;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.InvalidValueException;
import java.io.IOException;

final class WordVerifier implements TokenVerifier {

  @Override
  public Verification verify(String token) {
    try {
      return new Verification.Accepted(caller(token));
    } catch (InvalidValueException noWord) {
      return new Verification.Rejected(Reason.INVALID);
    }
  }

  private static Caller caller(String token) {
    if (token.equals("away")) {
      throw new IssuerUnavailableException("asking", new IOException("away"));
    }
    return new Caller(IModelId.parse(token).toString());
  }
}
