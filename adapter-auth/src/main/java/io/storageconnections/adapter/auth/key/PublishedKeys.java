package io.storageconnections.adapter.auth.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import io.storageconnections.adapter.auth.log.LogText;
import java.io.IOException;
import java.net.URI;
import java.security.Key;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The content of an issuer's key set: the keys that can verify a token, and those that cannot, with
 * the reason. A key that cannot be used does not affect the others (RFC 7517, section 5).
 *
 * @param usable public RSA keys of at least 2048 bits, keys of the curves P-256, P-384 and P-521,
 *     and Ed25519 keys; none is meant for encryption
 * @param skipped the others, in the order of the key set, without those with {@code use: enc}
 */
public record PublishedKeys(JWKSet usable, List<SkippedKey> skipped) {

  /**
   * A key that the server does not use.
   *
   * @param id the key's {@code kid}, safe for the log
   * @param reason the reason, safe for the log
   */
  public record SkippedKey(String id, String reason) {}

  private static final int RSA_SIZE_MIN_BITS = 2048;

  /**
   * The members that the server reads. It ignores certificates ({@code x5c}, {@code x5u}), as RFC
   * 7517 demands for unknown members, so that a broken certificate does not spoil its key.
   */
  private static final Set<String> MEMBERS =
      Set.of("kty", "kid", "use", "alg", "n", "e", "crv", "x", "y");

  /**
   * The members of private and of secret keys. Everyone who can read the key set can sign with such
   * a key.
   */
  private static final Set<String> SECRET_MEMBERS =
      Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv");

  private static final Set<String> BASE64_MEMBERS = Set.of("n", "e", "x", "y");

  /**
   * The accepted spelling of numbers. Nimbus silently skips other characters. Padding and the
   * characters {@code +} and {@code /} are accepted because some issuers write them.
   */
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9_+/-]+={0,2}");

  /** The operations of a signature key. Some issuers publish the one of the private key. */
  private static final Set<String> OPERATIONS = Set.of("verify", "sign");

  private static final Set<Curve> CURVES = Set.of(Curve.P_256, Curve.P_384, Curve.P_521);

  /**
   * Reads a key set, each key by itself.
   *
   * @param source the URL of {@code document}, for the message
   * @throws IOException if {@code document} is not a key set
   */
  public static PublishedKeys read(URI source, Map<String, Object> document) throws IOException {
    if (!(document.get("keys") instanceof Collection<?> entries)) {
      throw new IOException(source + " answered no key set: it has no array \"keys\"");
    }
    var usable = new ArrayList<JWK>();
    var skipped = new ArrayList<SkippedKey>();
    for (var entry : entries) {
      if (entry instanceof Map<?, ?> members && "enc".equals(members.get("use"))) {
        // Not worth a warning: Keycloak, for example, publishes such a key beside the others.
        continue;
      }
      try {
        usable.add(parse(entry));
      } catch (ParseException | JOSEException | RuntimeException unusable) {
        skipped.add(new SkippedKey(id(entry), LogText.causeChain(unusable)));
      }
    }
    return new PublishedKeys(new JWKSet(usable), List.copyOf(skipped));
  }

  private static String id(@Nullable Object entry) {
    return entry instanceof Map<?, ?> members && members.containsKey("kid")
        ? LogText.printable(members.get("kid"))
        : "none";
  }

  private static JWK parse(@Nullable Object entry) throws ParseException, JOSEException {
    if (!(entry instanceof Map<?, ?> members)) {
      throw new JOSEException("it is not a JSON object");
    }
    if (!Collections.disjoint(members.keySet(), SECRET_MEMBERS)) {
      throw new JOSEException(
          "its secret part is published, so that everyone can sign with it; the issuer must"
              + " replace it");
    }
    requireSignatureKey(members);
    var readMembers = new HashMap<String, Object>();
    for (var name : MEMBERS) {
      var value = members.get(name);
      if (BASE64_MEMBERS.contains(name)
          && value instanceof String text
          && !BASE64.matcher(text).matches()) {
        throw new JOSEException(name + " is not base64url");
      }
      if (value != null) {
        readMembers.put(name, value);
      }
    }
    var key = JWK.parse(readMembers);
    requireUsable(key);
    return key;
  }

  private static void requireSignatureKey(Map<?, ?> members) throws JOSEException {
    var use = members.get("use");
    if (use != null && !use.equals("sig")) {
      throw new JOSEException("its use is not \"sig\" but " + use);
    }
    var operations = members.get("key_ops");
    if (operations != null
        && !(operations instanceof Collection<?> named
            && !Collections.disjoint(named, OPERATIONS))) {
      throw new JOSEException("its key_ops do not include \"verify\" but are " + operations);
    }
  }

  /**
   * Converts the key to a key of the JDK, to prove that this is possible.
   *
   * @throws JOSEException if no accepted algorithm can use the key, or the JDK cannot convert it
   */
  private static Key requireUsable(JWK key) throws JOSEException {
    return switch (key) {
      case RSAKey rsa when rsa.size() < RSA_SIZE_MIN_BITS ->
          throw new JOSEException(
              "it has %d bits, fewer than %d".formatted(rsa.size(), RSA_SIZE_MIN_BITS));
      case RSAKey rsa -> rsa.toRSAPublicKey();
      case ECKey ec when CURVES.contains(ec.getCurve()) -> ec.toECPublicKey();
      case OctetKeyPair pair when pair.getCurve().equals(Curve.Ed25519) -> Ed25519.publicKey(pair);
      case ECKey ec -> throw new JOSEException("no accepted algorithm uses " + ec.getCurve());
      case OctetKeyPair pair ->
          throw new JOSEException("no accepted algorithm uses " + pair.getCurve());
      default -> throw new JOSEException("no accepted algorithm uses " + key.getKeyType());
    };
  }
}
