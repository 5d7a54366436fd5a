package io.storageconnections.application.contract.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Verification;
import io.storageconnections.application.port.Verification.Accepted;
import io.storageconnections.application.port.Verification.Reason;
import io.storageconnections.application.port.Verification.Rejected;
import java.util.HexFormat;

/** A correct verifier of tokens that consist of a prefix and the client's name. */
class InMemoryTokenVerifier {

  /** The prefix of a valid token; the client's name follows in hexadecimal digits. */
  static final String PREFIX = "please, from ";

  static String validToken(String client) {
    return PREFIX + HexFormat.of().formatHex(client.getBytes(UTF_8));
  }

  Verification verify(String token) {
    try {
      return token.startsWith(PREFIX)
          ? new Accepted(Caller.ofClient(client(token)).withBearerToken(token))
          : new Rejected(Reason.INVALID);
    } catch (IllegalArgumentException noDigits) {
      return new Rejected(Reason.INVALID);
    }
  }

  private static String client(String token) {
    return new String(HexFormat.of().parseHex(token.substring(PREFIX.length())), UTF_8);
  }
}
