package io.storageconnections.adapter.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.BadJWSException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.storageconnections.adapter.auth.issuer.CachedIssuerKeys;
import io.storageconnections.adapter.auth.issuer.IssuerHttpClient;
import io.storageconnections.adapter.auth.key.Ed25519;
import io.storageconnections.adapter.auth.key.VerificationKeySelector;
import io.storageconnections.adapter.auth.key.VerificationKeys;
import io.storageconnections.adapter.auth.log.LogText;
import io.storageconnections.adapter.auth.token.AccessTokenClaims;
import io.storageconnections.adapter.auth.token.AccessTokenClaimsVerifier;
import io.storageconnections.adapter.auth.token.CompactSerialization;
import io.storageconnections.adapter.auth.token.VerifiedTokenCache;
import io.storageconnections.adapter.auth.token.VerifiedTokenCache.Result;
import io.storageconnections.application.port.IssuerUnavailableException;
import io.storageconnections.application.port.Verification;
import io.storageconnections.application.port.Verification.Accepted;
import io.storageconnections.application.port.Verification.Reason;
import io.storageconnections.application.port.Verification.Rejected;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies signed JSON Web Tokens of one issuer (RFC 7519, RFC 9068).
 *
 * <p>A token is accepted if
 *
 * <ul>
 *   <li>the issuer signed it with RS, PS or ES and SHA-256, -384 or -512, or with Ed25519;
 *   <li>{@code iss} is the issuer;
 *   <li>{@code exp} and, if present, {@code nbf} hold, with a tolerance of 60 seconds;
 *   <li>{@code aud} contains the audience, if one is configured;
 *   <li>{@code scope} or {@code scp}, an array or a text separated by spaces, contains {@code
 *       itwin-platform}.
 * </ul>
 *
 * The caller's client is {@code client_id}, else {@code azp}, else {@code sub}; its subject is
 * {@code sub}, else the client; its bearer token is the verified token. A {@link TokenPolicy}
 * decides about its permissions.
 *
 * <p>The verifier ignores keys and certificates that a token names or contains ({@code jku}, {@code
 * jwk}, {@code x5u}, {@code x5c}): it neither fetches nor uses them. It rejects a token that
 * requires an extension ({@code crit}), a {@code typ} other than {@code JWT}, {@code at+jwt} and
 * {@code application/at+jwt}, a {@code client_id} that is not a string, and a text that is not
 * canonical base64url. It logs the reason of a rejection at DEBUG; it never logs a token.
 *
 * <p>An accepted token is not verified again for 15 seconds, or until it expires if that is sooner.
 * After the issuer withdraws a key, the verifier rejects its tokens 5 minutes and 15 seconds later
 * at the latest, if the issuer can be read; if it cannot, the last keys stay in use for 4 hours.
 *
 * <p>Thread-safe until it is closed. Closing ends its threads and connections; a closed verifier
 * must not be used.
 */
public final class JwtTokenVerifier implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(JwtTokenVerifier.class);

  private final VerificationKeys keys;
  private final TokenPolicy policy;
  private final VerifiedTokenCache verifiedTokens;
  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

  private JwtTokenVerifier(
      VerificationKeys keys, @Nullable String audience, TokenPolicy policy, Clock clock) {
    this.keys = keys;
    this.policy = policy;
    verifiedTokens = new VerifiedTokenCache(clock);
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT,
            new JOSEObjectType("at+jwt"),
            new JOSEObjectType("application/at+jwt"),
            null));
    processor.setJWSKeySelector(new VerificationKeySelector(keys));
    processor.setJWSVerifierFactory(new Ed25519.VerifierFactory());
    processor.setJWTClaimsSetVerifier(new AccessTokenClaimsVerifier(keys, audience, clock));
  }

  /**
   * Makes a verifier for the tokens of an OpenID Connect issuer. It finds the issuer's keys by
   * discovery, and reads them for the first time when the first token arrives, so the issuer need
   * not be up yet.
   *
   * @param issuer the issuer's URL, as {@link IssuerUrl} describes it; a slash at its end may
   *     differ from the issuer's own spelling, which tokens must have
   * @param audience the text that {@code aud} must contain; null to accept any audience
   * @param policy says which permissions the caller of a token has
   * @param clock tells whether a token is in force, and the age of the keys
   * @return the verifier, which its caller closes
   * @throws IllegalArgumentException if {@code issuer} is not a URL that an issuer may have
   */
  public static JwtTokenVerifier forIssuer(
      URI issuer, @Nullable String audience, TokenPolicy policy, Clock clock) {
    return forIssuer(issuer, audience, policy, clock, new IssuerHttpClient());
  }

  static JwtTokenVerifier forIssuer(
      URI issuer,
      @Nullable String audience,
      TokenPolicy policy,
      Clock clock,
      IssuerHttpClient http) {
    var keys = new CachedIssuerKeys(new IssuerUrl(issuer).value(), http, clock);
    return new JwtTokenVerifier(keys, audience, policy, clock);
  }

  /**
   * Makes a verifier for the tokens of a development issuer in the same process. It uses no
   * network.
   *
   * @param issuer the issuer
   * @param audience the text that {@code aud} must contain; null to accept any audience
   * @param policy says which permissions the caller of a token has
   * @param clock tells whether a token is in force
   * @return the verifier; closing it has no effect
   */
  public static JwtTokenVerifier forDevelopment(
      DevelopmentIssuer issuer, @Nullable String audience, TokenPolicy policy, Clock clock) {
    return new JwtTokenVerifier(issuer.verificationKeys(), audience, policy, clock);
  }

  /**
   * Verifies one bearer token.
   *
   * @param token the text that the caller sent as a token; any text, possibly empty
   * @return the caller with this token, or the reason for the rejection
   * @throws IssuerUnavailableException if no keys of the issuer are known and none can be read; not
   *     if only the key of this token is unknown
   */
  public Verification verify(String token) {
    if (token.length() > Verification.TOKEN_LENGTH_MAX) {
      return rejected("it has more than " + Verification.TOKEN_LENGTH_MAX + " characters", null)
          .verification();
    }
    return switch (verifiedTokens.verify(token, this::verifyUncached)) {
      // Added here and not before, so that the cache contains no tokens.
      case Accepted(var caller) -> new Accepted(caller.withBearerToken(token));
      case Rejected rejected -> rejected;
    };
  }

  /**
   * Returns whether the keys of the issuer can be read, for a check of the server's health. Reads
   * nothing.
   *
   * @return the state after the last reading
   */
  public KeyState keyState() {
    if (keys.haveFailed()) {
      return keys.areKnown() ? KeyState.STALE : KeyState.UNAVAILABLE;
    }
    return keys.areKnown() ? KeyState.READ : KeyState.NOT_READ;
  }

  /** Ends the threads and connections that read keys. Closing twice has no further effect. */
  @Override
  public void close() {
    keys.close();
  }

  private Result verifyUncached(String token) {
    if (!CompactSerialization.isCanonical(token)) {
      return rejected("it does not consist of three base64url texts", null);
    }
    JWSHeader header = null;
    try {
      var signed = SignedJWT.parse(token);
      header = signed.getHeader();
      if (header.getCriticalParams() != null) {
        return rejected("it demands an extension (crit)", header);
      }
      if (!VerificationKeySelector.accepts(header.getAlgorithm())) {
        return rejected("its algorithm is not accepted", header);
      }
      var claims = verifiedClaims(signed);
      AccessTokenClaimsVerifier.requireDates(signed.getPayload().toJSONObject());
      return verifyCaller(claims, header);
    } catch (KeySourceException unavailable) {
      throw new IssuerUnavailableException("no keys to verify a token with", unavailable);
    } catch (ParseException malformed) {
      // Without the message, which may repeat the token.
      return rejected("its header or its claims are malformed, or it is not signed", header);
    } catch (JOSEException | BadJOSEException invalid) {
      return rejected(LogText.printable(invalid.getMessage()), header);
    } catch (RuntimeException invalid) {
      // A token comes from outside and may contain anything, and no token may fail the server.
      return rejected("it cannot be verified: " + invalid.getClass().getSimpleName(), header);
    }
  }

  private JWTClaimsSet verifiedClaims(SignedJWT token) throws BadJOSEException, JOSEException {
    try {
      return processor.process(token, null);
    } catch (BadJWSException invalidSignature) {
      // Without a key id, a token of a new key looks like a forged one.
      if (token.getHeader().getKeyID() == null && keys.refresh()) {
        return processor.process(token, null);
      }
      throw invalidSignature;
    }
  }

  private Result verifyCaller(JWTClaimsSet verifiedClaims, JWSHeader header) {
    var claims = new AccessTokenClaims(verifiedClaims);
    var caller = claims.caller();
    if (caller.isEmpty()) {
      return rejected("none of client_id, azp and sub names its client", header);
    }
    if (!claims.hasScope(Verification.REQUIRED_SCOPE)) {
      logRejection("neither scope nor scp contains " + Verification.REQUIRED_SCOPE, header);
      return new Result(new Rejected(Reason.INSUFFICIENT_SCOPE), Instant.MIN);
    }
    var permissions = policy.permissionsOf(claims.scopesAndRoles());
    return new Result(
        new Accepted(caller.get().withPermissions(permissions)),
        AccessTokenClaimsVerifier.expiry(verifiedClaims));
  }

  private static Result rejected(String why, @Nullable JWSHeader header) {
    logRejection(why, header);
    return new Result(new Rejected(Reason.INVALID), Instant.MIN);
  }

  private static void logRejection(String why, @Nullable JWSHeader header) {
    if (!LOG.isDebugEnabled()) {
      return;
    }
    if (header == null) {
      LOG.debug("A token is refused: {}", why);
    } else {
      LOG.debug(
          "A token is refused: {} (alg {}, kid {}, typ {})",
          why,
          LogText.printable(header.getAlgorithm()),
          LogText.printable(header.getKeyID()),
          LogText.printable(header.getType()));
    }
  }
}
