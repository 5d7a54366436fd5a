package io.storageconnections.adapter.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.storageconnections.application.port.TokenIssuer;
import io.storageconnections.application.port.TokenVerifier;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Issues access tokens to whoever asks, for development only. The tokens are signed with RS256 and
 * good for one hour. The key has 2048 bits; if it is kept in a file, they survive a restart.
 * Immutable, thread-safe.
 */
public final class DevelopmentIssuer implements TokenIssuer {

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
   * The issuer whose key is in {@code folder/development-issuer.jwk}. The first use makes folder
   * and key; the file is for its owner only, where the file system knows owners. Several processes
   * may begin at once: they get the same key.
   *
   * @param folder where the key is kept; made if it is not there
   * @param issuer what {@code iss} is; nothing needs to answer there
   * @param audience what {@code aud} is; null to leave it out
   * @param clock says when tokens are issued
   * @return the issuer
   * @throws UncheckedIOException if the file cannot be read or written, or is damaged; it is never
   *     replaced, the message asks to delete it
   */
  public static DevelopmentIssuer keptIn(
      Path folder, URI issuer, @Nullable String audience, Clock clock) {
    return new DevelopmentIssuer(
        new DevelopmentKeyFile(folder).readOrCreate(), issuer, audience, clock);
  }

  /**
   * An issuer whose key is made for it and ends with it.
   *
   * @param issuer what {@code iss} is; nothing needs to answer there
   * @param audience what {@code aud} is; null to leave it out
   * @param clock says when tokens are issued
   * @return the issuer
   */
  public static DevelopmentIssuer inMemory(URI issuer, @Nullable String audience, Clock clock) {
    return new DevelopmentIssuer(DevelopmentKeyFile.newKey(), issuer, audience, clock);
  }

  /**
   * Issues a token with scope {@code itwin-platform}.
   *
   * @param client becomes {@code client_id} and {@code sub}; not blank, at most {@link
   *     #CLIENT_LENGTH_MAX} characters
   * @return the token, good for one hour
   * @throws IllegalArgumentException if {@code client} is blank or too long
   */
  @Override
  public AccessToken issue(String client) {
    if (client.isBlank()) {
      throw new IllegalArgumentException("a token needs a client");
    }
    if (client.length() > CLIENT_LENGTH_MAX) {
      throw new IllegalArgumentException(
          "the name of a client has at most " + CLIENT_LENGTH_MAX + " characters");
    }
    var now = clock.instant();
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer.toString())
            .subject(client)
            .claim("client_id", client)
            .claim("scope", TokenVerifier.SCOPE)
            .audience(audience)
            .issueTime(Date.from(now))
            .notBeforeTime(Date.from(now))
            .expirationTime(Date.from(now.plus(LIFETIME)))
            .jwtID(UUID.randomUUID().toString())
            .build();
    return new AccessToken(signed(claims), TokenVerifier.SCOPE, LIFETIME);
  }

  @Override
  public String publicKeys() {
    return new JWKSet(key.toPublicJWK()).toString();
  }

  /** {@return the issuer and the key's id, for the log; nothing secret} */
  @Override
  public String toString() {
    return "DevelopmentIssuer[issuer=" + issuer + ", key=" + key.getKeyID() + "]";
  }

  VerificationKeys verificationKeys() {
    return new OwnKey(new JWKSet(key.toPublicJWK()), issuer.toString());
  }

  private String signed(JWTClaimsSet claims) {
    var header =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .type(JOSEObjectType.JWT)
            .keyID(key.getKeyID())
            .build();
    var token = new SignedJWT(header, claims);
    try {
      token.sign(new RSASSASigner(key));
    } catch (JOSEException impossible) {
      // The key has signed a probe when it was read.
      throw new IllegalStateException("cannot sign with the development issuer's key", impossible);
    }
    return token.serialize();
  }

  private record OwnKey(JWKSet keys, String issuer) implements VerificationKeys {

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) {
      return selector.select(keys);
    }

    @Override
    public boolean readAgain() {
      return false;
    }

    @Override
    public void close() {
      // Holds neither threads nor connections.
    }
  }
}
