package io.storageconnections.adapter.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.storageconnections.adapter.auth.development.DevelopmentKeyFile;
import io.storageconnections.adapter.auth.development.DevelopmentVerificationKeys;
import io.storageconnections.adapter.auth.key.VerificationKeys;
import io.storageconnections.application.port.Verification;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Issues access tokens to every caller, for development without an identity provider. A token is
 * signed with RS256 and a key of 2048 bits, and valid for one hour. If the key is kept in a file,
 * tokens survive a restart. Immutable, thread-safe.
 */
public final class DevelopmentIssuer {

  /**
   * The length of the longest client name, in characters. A token contains the name twice and must
   * stay shorter than {@link Verification#TOKEN_LENGTH_MAX}.
   */
  public static final int CLIENT_LENGTH_MAX = 255;

  private static final Duration LIFETIME = Duration.ofHours(1);

  private final RSAKey key;
  private final URI issuer;
  private final @Nullable String audience;
  private final Clock clock;

  private DevelopmentIssuer(RSAKey key, URI issuer, @Nullable String audience, Clock clock) {
    this.key = key;
    this.issuer = issuer;
    this.audience = audience;
    this.clock = clock;
  }

  /**
   * Makes an issuer whose key is in {@code folder/development-issuer.jwk}. The first use creates
   * folder and key. Only the file's owner can read it, if the file system supports that. Processes
   * that start at the same time get the same key.
   *
   * @param folder the folder of the key; created if it does not exist
   * @param issuer the value of {@code iss}; no server needs to answer there
   * @param audience the value of {@code aud}; null to leave it out
   * @param clock tells the time of issue
   * @return the issuer
   * @throws UncheckedIOException if the file cannot be read or written, or is damaged. A damaged
   *     file is not replaced; the message asks the operator to delete it
   */
  public static DevelopmentIssuer withKeyIn(
      Path folder, URI issuer, @Nullable String audience, Clock clock) {
    return new DevelopmentIssuer(
        new DevelopmentKeyFile(folder).readOrCreate(), issuer, audience, clock);
  }

  /**
   * Makes an issuer with a new key that is kept in memory only.
   *
   * @param issuer the value of {@code iss}; no server needs to answer there
   * @param audience the value of {@code aud}; null to leave it out
   * @param clock tells the time of issue
   * @return the issuer
   */
  public static DevelopmentIssuer inMemory(URI issuer, @Nullable String audience, Clock clock) {
    return new DevelopmentIssuer(DevelopmentKeyFile.generateKey(), issuer, audience, clock);
  }

  /**
   * Issues a token with the scope {@code itwin-platform}.
   *
   * @param client the value of {@code client_id} and {@code sub}; not blank, at most {@link
   *     #CLIENT_LENGTH_MAX} characters, without control characters
   * @return the token, valid for one hour
   * @throws IllegalArgumentException if {@code client} is blank or too long, or contains a control
   *     character
   */
  public AccessToken issue(String client) {
    if (client.isBlank()) {
      throw new IllegalArgumentException("a token needs a client");
    }
    if (client.length() > CLIENT_LENGTH_MAX) {
      throw new IllegalArgumentException(
          "the name of a client has at most " + CLIENT_LENGTH_MAX + " characters");
    }
    if (client.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("the name of a client contains no control characters");
    }
    var now = clock.instant();
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer.toString())
            .subject(client)
            .claim("client_id", client)
            .claim("scope", Verification.REQUIRED_SCOPE)
            .audience(audience)
            .issueTime(Date.from(now))
            .notBeforeTime(Date.from(now))
            .expirationTime(Date.from(now.plus(LIFETIME)))
            .jwtID(UUID.randomUUID().toString())
            .build();
    return new AccessToken(sign(claims), Verification.REQUIRED_SCOPE, LIFETIME);
  }

  /** {@return the public keys that verify the tokens, as a JSON Web Key Set (RFC 7517)} */
  public String publicKeys() {
    return publicKeySet().toString();
  }

  /** {@return the issuer and the id of its key, without a secret} */
  @Override
  public String toString() {
    return "DevelopmentIssuer[issuer=" + issuer + ", key=" + key.getKeyID() + "]";
  }

  VerificationKeys verificationKeys() {
    return new DevelopmentVerificationKeys(publicKeySet(), issuer.toString());
  }

  private JWKSet publicKeySet() {
    return new JWKSet(key.toPublicJWK());
  }

  private String sign(JWTClaimsSet claims) {
    var header =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .type(JOSEObjectType.JWT)
            .keyID(key.getKeyID())
            .build();
    var token = new SignedJWT(header, claims);
    try {
      token.sign(new RSASSASigner(key));
    } catch (JOSEException impossible) {
      // A key from a file has signed a probe when it was read.
      throw new IllegalStateException("cannot sign with the development issuer's key", impossible);
    }
    return token.serialize();
  }

  /**
   * An issued token. Its text form leaves the token out.
   *
   * @param value the token, as it follows {@code Bearer} in a header
   * @param scope the scope of the token
   * @param lifetime the time from the issue of the token to its expiry
   */
  public record AccessToken(String value, String scope, Duration lifetime) {

    @Override
    public String toString() {
      return "AccessToken[scope=" + scope + ", lifetime=" + lifetime + "]";
    }
  }
}
