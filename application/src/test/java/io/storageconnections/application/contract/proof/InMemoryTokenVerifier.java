package io.storageconnections.application.contract.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.TokenVerifier;
import java.util.HexFormat;

/** Accepts whoever asks nicely. */
class InMemoryTokenVerifier implements TokenVerifier {

  /** What every good token begins with; its client follows, in hexadecimal digits. */
  static final String PLEASE = "please, from ";

  static String goodToken(String client) {
    return PLEASE + HexFormat.of().formatHex(client.getBytes(UTF_8));
  }

  @Override
  public Verification verify(String token) {
    try {
      return token.startsWith(PLEASE)
          ? new Verification.Accepted(new Caller(client(token)))
          : new Verification.Rejected(Reason.INVALID);
    } catch (IllegalArgumentException noDigits) {
      return new Verification.Rejected(Reason.INVALID);
    }
  }

  private static String client(String token) {
    return new String(HexFormat.of().parseHex(token.substring(PLEASE.length())), UTF_8);
  }
}
