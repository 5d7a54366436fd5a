package io.storageconnections.adapter.auth.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Base64URL;
import java.security.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Selects the keys that may have signed a token, by its {@code alg} and {@code kid}. */
public final class VerificationKeySelector extends JWSVerificationKeySelector<SecurityContext> {

  /** The signature algorithms that the server accepts. */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512,
          JWSAlgorithm.EdDSA,
          JWSAlgorithm.Ed25519);

  private final VerificationKeys keys;

  /** Makes a selector for {@code keys}. */
  public VerificationKeySelector(VerificationKeys keys) {
    super(ALGORITHMS, keys);
    this.keys = keys;
  }

  /** Returns whether the server accepts signatures of {@code algorithm}. */
  public static boolean accepts(JWSAlgorithm algorithm) {
    return ALGORITHMS.contains(algorithm);
  }

  @Override
  public List<Key> selectJWSKeys(JWSHeader header, @Nullable SecurityContext context)
      throws KeySourceException {
    return Ed25519.ALGORITHMS.contains(header.getAlgorithm())
        ? ed25519Keys(header, context)
        : super.selectJWSKeys(header, context);
  }

  // Nimbus cannot convert these keys to keys of the JDK.
  private List<Key> ed25519Keys(JWSHeader header, @Nullable SecurityContext context)
      throws KeySourceException {
    var selected = new ArrayList<Key>();
    for (var key : keys.get(new JWKSelector(createJWKMatcher(header)), context)) {
      try {
        selected.add(Ed25519.publicKey((OctetKeyPair) key));
      } catch (JOSEException impossible) {
        throw new IllegalStateException("PublishedKeys has converted this key", impossible);
      }
    }
    return selected;
  }

  @Override
  protected @Nullable JWKMatcher createJWKMatcher(JWSHeader header) {
    var matcher = super.createJWKMatcher(header);
    if (matcher == null) {
      return null;
    }
    // The server does not read certificates, so a certificate's thumbprint must not exclude a key.
    var fitting = new JWKMatcher.Builder(matcher).x509CertSHA256Thumbprints((Set<Base64URL>) null);
    if (Ed25519.ALGORITHMS.contains(header.getAlgorithm())) {
      fitting.algorithms(JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519, null).curve(Curve.Ed25519);
    } else if (JWSAlgorithm.Family.EC.contains(header.getAlgorithm())) {
      // Nimbus would try each elliptic-curve key, and fail on a curve that does not fit.
      fitting.curves(Curve.forJWSAlgorithm(header.getAlgorithm()));
    }
    return fitting.build();
  }
}
