package io.storageconnections.adapter.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;

/** Keys made anew for each run, and tokens signed with them. */
final class Keys {

  static final RSAKey RSA = rsa("rsa");
  static final RSAKey OTHER_RSA = rsa("other-rsa");
  static final ECKey P256 = ec("p256", Curve.P_256);
  static final ECKey P384 = ec("p384", Curve.P_384);
  static final ECKey P521 = ec("p521", Curve.P_521);

  private Keys() {}

  static RSAKey rsa(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static ECKey ec(String id, Curve curve) {
    try {
      return new ECKeyGenerator(curve).keyID(id).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static JWK forAlgorithm(JWSAlgorithm algorithm) {
    return switch (algorithm.getName()) {
      case "ES256" -> P256;
      case "ES384" -> P384;
      case "ES512" -> P521;
      default -> RSA;
    };
  }

  /** A header as issuers write it. */
  static JWSHeader.Builder header(JWSAlgorithm algorithm, JWK key) {
    return new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT).keyID(key.getKeyID());
  }

  static String sign(JWSHeader header, JWTClaimsSet claims, JWK key) {
    try {
      var token = new SignedJWT(header, claims);
      token.sign(signer(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static String sign(JWTClaimsSet claims, JWK key) {
    var algorithm = key instanceof RSAKey ? JWSAlgorithm.RS256 : JWSAlgorithm.ES256;
    return sign(header(algorithm, key).build(), claims, key);
  }

  /** A token with exactly this header, signed with RS256 whatever it says. */
  static String sign(String header, JWTClaimsSet claims, RSAKey key) {
    var signed = Base64URL.encode(header) + "." + Base64URL.encode(claims.toString());
    return signed + "." + signature("SHA256withRSA", privateKey(key), signed);
  }

  /** A token signed with the JDK's Ed25519. */
  static String signEd25519(String header, JWTClaimsSet claims, PrivateKey key) {
    var signed = Base64URL.encode(header) + "." + Base64URL.encode(claims.toString());
    return signed + "." + signature("Ed25519", key, signed);
  }

  private static PrivateKey privateKey(RSAKey key) {
    try {
      return key.toRSAPrivateKey();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static Base64URL signature(String algorithm, PrivateKey key, String signed) {
    try {
      var signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return Base64URL.encode(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static JWSSigner signer(JWK key) throws JOSEException {
    return key instanceof RSAKey rsa ? new RSASSASigner(rsa) : new ECDSASigner(key.toECKey());
  }
}
