package io.storageconnections.adapter.auth.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.crypto.impl.BaseJWSProvider;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Set;

/**
 * Ed25519 signatures (RFC 8037) by means of the JDK. Nimbus reads Ed25519 keys, but verifies
 * signatures only with the library Tink.
 */
public final class Ed25519 {

  /** The algorithm's name in RFC 8037, and the name in RFC 9864 that replaces it. */
  static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519);

  private static final String NAME = "Ed25519";

  /** The prefix of an encoded public key; the key's 32 bytes follow (RFC 8410, section 4). */
  private static final String ENCODING_PREFIX = "302a300506032b6570032100";

  private Ed25519() {}

  /**
   * Converts a key of the curve Ed25519 to a key of the JDK.
   *
   * @throws JOSEException if {@code key} is not a point of the curve
   */
  static PublicKey publicKey(OctetKeyPair key) throws JOSEException {
    try {
      var encoded =
          HexFormat.of().parseHex(ENCODING_PREFIX + HexFormat.of().formatHex(key.getDecodedX()));
      var converted = KeyFactory.getInstance(NAME).generatePublic(new X509EncodedKeySpec(encoded));
      // Only this call makes the JDK check that the point is on the curve.
      Signature.getInstance(NAME).initVerify(converted);
      return converted;
    } catch (GeneralSecurityException invalid) {
      throw new JOSEException("x is not a public key of the curve Ed25519", invalid);
    }
  }

  /** Makes signature verifiers: our own for Ed25519, those of Nimbus for all other algorithms. */
  public static final class VerifierFactory extends DefaultJWSVerifierFactory {

    @Override
    public JWSVerifier createJWSVerifier(JWSHeader header, Key key) throws JOSEException {
      return key instanceof EdECPublicKey ed
          ? new Verifier(ed)
          : super.createJWSVerifier(header, key);
    }
  }

  private static final class Verifier extends BaseJWSProvider implements JWSVerifier {

    private final PublicKey key;

    Verifier(PublicKey key) {
      super(ALGORITHMS);
      this.key = key;
    }

    @Override
    public boolean verify(JWSHeader header, byte[] signed, Base64URL signature)
        throws JOSEException {
      try {
        var verification = Signature.getInstance(NAME);
        verification.initVerify(key);
        verification.update(signed);
        return verification.verify(signature.decode());
      } catch (SignatureException malformed) {
        return false;
      } catch (GeneralSecurityException invalid) {
        throw new JOSEException("the key cannot verify Ed25519 signatures", invalid);
      }
    }
  }
}
