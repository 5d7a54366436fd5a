package io.storageconnections.adapter.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.storageconnections.adapter.auth.development.DevelopmentKeyFile;
import io.storageconnections.adapter.auth.development.DevelopmentVerificationKeys;
import io.storageconnections.adapter.auth.key.VerificationKeys;
import io.storageconnections.adapter.auth.token.CompactSerialization;
import io.storageconnections.application.port.Verification;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Issues access tokens to every caller, for development without an identity provider. A token is
 * signed with RS256 and a key of 2048 bits, and valid for one hour. If the key is kept in a file,
 * tokens survive a restart. Immutable, thread-safe.
 */
public final class DevelopmentIssuer {

  /**
   * The length of the longest name of a client or a user, in characters. A token contains two names
   * and must stay shorter than {@link Verification#TOKEN_LENGTH_MAX}.
   */
  public static final int NAME_LENGTH_MAX = 255;

  private static final Duration LIFETIME = Duration.ofHours(1);

  private static final String CLIENT_ID = "client_id";
  private static final String SCOPE = "scope";

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
   * Issues an access token with the scope {@code itwin-platform} to a client that calls for no
   * user.
   *
   * @param client the value of {@code client_id} and {@code sub}; not blank, at most {@link
   *     #NAME_LENGTH_MAX} characters, without control characters
   * @return the token, valid for one hour
   * @throws IllegalArgumentException if {@code client} is blank or too long, or contains a control
   *     character
   */
  public AccessToken issue(String client) {
    return issue(client, client, Verification.REQUIRED_SCOPE);
  }

  /**
   * Issues an access token.
   *
   * @param client the value of {@code client_id}; not blank, at most {@link #NAME_LENGTH_MAX}
   *     characters, without control characters
   * @param user the value of {@code sub}, with the same rules
   * @param scope the scopes, separated by spaces; the API accepts only tokens with {@code
   *     itwin-platform}
   * @return the token, valid for one hour
   * @throws IllegalArgumentException if a name is blank or too long, or contains a control
   *     character
   */
  public AccessToken issue(String client, String user, String scope) {
    requireName(client, "client");
    requireName(user, "user");
    var now = clock.instant();
    var claims =
        claims(user, now)
            .claim(CLIENT_ID, client)
            .claim(SCOPE, scope)
            .audience(audience)
            .notBeforeTime(Date.from(now))
            .jwtID(UUID.randomUUID().toString())
            .build();
    return new AccessToken(sign(claims), scope, LIFETIME);
  }

  /**
   * Issues an ID token (OpenID Connect Core, section 2). It has no scope, so the API does not
   * accept it as an access token.
   *
   * @param client the value of {@code aud}; not blank, at most {@link #NAME_LENGTH_MAX} characters,
   *     without control characters
   * @param user the value of {@code sub}, with the same rules
   * @param nonce the value of {@code nonce}; null to leave it out
   * @return the token, valid for one hour
   * @throws IllegalArgumentException if a name is blank or too long, or contains a control
   *     character
   */
  public String idToken(String client, String user, @Nullable String nonce) {
    requireName(client, "client");
    requireName(user, "user");
    return sign(claims(user, clock.instant()).audience(client).claim("nonce", nonce).build());
  }

  /**
   * Verifies an access token of this issuer. Unlike {@link JwtTokenVerifier}, it has no tolerance
   * for clocks that differ, because there is only one.
   *
   * @param accessToken any text
   * @return the content of the token; empty if this issuer did not issue it as an access token, or
   *     it has expired
   */
  public Optional<IssuedToken> verify(String accessToken) {
    if (!CompactSerialization.isCanonical(accessToken)) {
      return Optional.empty();
    }
    try {
      var token = SignedJWT.parse(accessToken);
      if (!token.verify(new RSASSAVerifier(key.toRSAPublicKey()))) {
        return Optional.empty();
      }
      return issued(token.getJWTClaimsSet());
    } catch (ParseException | JOSEException | RuntimeException invalid) {
      // A token comes from outside and may contain anything.
      return Optional.empty();
    }
  }

  private Optional<IssuedToken> issued(JWTClaimsSet claims) throws ParseException {
    var client = claims.getStringClaim(CLIENT_ID);
    var scope = claims.getStringClaim(SCOPE);
    var expiry = claims.getExpirationTime().toInstant();
    return client != null
            && scope != null
            && issuer.toString().equals(claims.getIssuer())
            && expiry.isAfter(clock.instant())
        ? Optional.of(
            new IssuedToken(
                client, claims.getSubject(), scope, claims.getIssueTime().toInstant(), expiry))
        : Optional.empty();
  }

  private JWTClaimsSet.Builder claims(String user, Instant now) {
    return new JWTClaimsSet.Builder()
        .issuer(issuer.toString())
        .subject(user)
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plus(LIFETIME)));
  }

  private static void requireName(String name, String kind) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a token needs a " + kind);
    }
    if (name.length() > NAME_LENGTH_MAX) {
      throw new IllegalArgumentException(
          "the name of a " + kind + " has at most " + NAME_LENGTH_MAX + " characters");
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "the name of a " + kind + " contains no control characters");
    }
  }

  /** {@return the clock that tells the time of issue} */
  public Clock clock() {
    return clock;
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

  /**
   * The content of a valid access token.
   *
   * @param client the value of {@code client_id}
   * @param user the value of {@code sub}
   * @param scope the scopes, separated by spaces
   * @param issuedAt the time of issue
   * @param expiry the first moment at which the token is not valid
   */
  public record IssuedToken(
      String client, String user, String scope, Instant issuedAt, Instant expiry) {}
}
