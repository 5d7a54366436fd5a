package io.storageconnections.adapter.auth.token;

import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimNames;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import io.storageconnections.adapter.auth.key.VerificationKeys;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks the claims of a genuine token: issuer, audience, validity period, and the form of {@code
 * client_id}.
 */
public final class AccessTokenClaimsVerifier extends DefaultJWTClaimsVerifier<SecurityContext> {

  private static final int CLOCK_SKEW_SECONDS = 60;

  /** As milliseconds, this number of seconds is less than {@link Long#MAX_VALUE}. */
  private static final double SECONDS_MAX = 9e15;

  private final VerificationKeys keys;
  private final @Nullable String audience;
  private final Clock clock;

  /**
   * Makes a verifier.
   *
   * @param keys tells the name that {@code iss} must have
   * @param audience the text that {@code aud} must contain; null to accept any audience
   * @param clock tells whether a token is in force
   */
  public AccessTokenClaimsVerifier(VerificationKeys keys, @Nullable String audience, Clock clock) {
    super(null, Set.of(JWTClaimNames.ISSUER, JWTClaimNames.EXPIRATION_TIME));
    setMaxClockSkew(CLOCK_SKEW_SECONDS);
    this.keys = keys;
    this.audience = audience;
    this.clock = clock;
  }

  /**
   * Checks that the claims with times are in the range of dates. Nimbus does not check it when it
   * multiplies the seconds by 1,000: a number out of range would become some other date.
   *
   * @param payload the payload of a token; null if it is not a JSON object
   * @throws BadJWTException if a number is out of range
   */
  public static void requireDates(@Nullable Map<String, Object> payload) throws BadJWTException {
    if (payload == null) {
      return;
    }
    for (var claim : List.of(JWTClaimNames.EXPIRATION_TIME, JWTClaimNames.NOT_BEFORE)) {
      if (payload.get(claim) instanceof Number seconds
          && Math.abs(seconds.doubleValue()) > SECONDS_MAX) {
        throw new BadJWTException("JWT " + claim + " claim has value " + seconds + ", not a date");
      }
    }
  }

  /** Returns the first moment at which a token with the accepted {@code claims} is expired. */
  public static Instant expiry(JWTClaimsSet claims) {
    return claims.getExpirationTime().toInstant().plusSeconds(CLOCK_SKEW_SECONDS);
  }

  @Override
  public void verify(JWTClaimsSet claims, @Nullable SecurityContext context)
      throws BadJWTException {
    super.verify(claims, context);
    // Not left to Nimbus, because its message would not contain the audience, the claim that
    // operators most often configure wrongly.
    if (audience != null && !claims.getAudience().contains(audience)) {
      throw new BadJWTException(
          "JWT aud claim has value " + claims.getAudience() + ", must contain " + audience);
    }
    // Not left to Nimbus, because the issuer's own spelling is unknown until its keys are read.
    if (!keys.issuer().equals(claims.getIssuer())) {
      throw new BadJWTException(
          "JWT iss claim has value " + claims.getIssuer() + ", must be " + keys.issuer());
    }
    // Otherwise the server would take another claim for the client that the issuer meant.
    var clientId = claims.getClaim(AccessTokenClaims.CLIENT_ID);
    if (clientId != null && !(clientId instanceof String)) {
      throw new BadJWTException("JWT client_id claim has value " + clientId + ", must be a string");
    }
  }

  @Override
  protected Date currentTime() {
    return Date.from(clock.instant());
  }
}
