package io.storageconnections.adapter.auth;

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

/** Ed25519 (RFC 8037) as the JDK has it. Nimbus has the key, but verifies only with Tink. */
final class Ed25519 {

  /** The name of RFC 8037, and the one of RFC 9864 that replaces it. */
  static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519);

  private static final String NAME = "Ed25519";

  /** What an encoded public key begins with; the key's 32 bytes follow (RFC 8410, section 4). */
  private static final String ENCODING = "302a300506032b6570032100";

  private Ed25519() {}

  /**
   * Converts a key of the curve Ed25519.
   *
   * @throws JOSEException if {@code key} is not a point of the curve
   */
  static PublicKey publicKey(OctetKeyPair key) throws JOSEException {
    try {
      var encoded = HexFormat.of().parseHex(ENCODING + HexFormat.of().formatHex(key.getDecodedX()));
      var converted = KeyFactory.getInstance(NAME).generatePublic(new X509EncodedKeySpec(encoded));
      // Only now does the JDK look whether there is such a point.
      Signature.getInstance(NAME).initVerify(converted);
      return converted;
    } catch (GeneralSecurityException invalid) {
      throw new JOSEException("x is not a public key of the curve Ed25519", invalid);
    }
  }

  /** Makes verifiers for Ed25519 beside those that Nimbus makes. */
  static final class VerifierFactory extends DefaultJWSVerifierFactory {

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
