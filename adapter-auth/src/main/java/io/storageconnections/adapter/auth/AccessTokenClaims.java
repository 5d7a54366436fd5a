package io.storageconnections.adapter.auth;

import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimNames;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the claims of a genuine token must be: its issuer, its audience and its time. */
final class AccessTokenClaims extends DefaultJWTClaimsVerifier<SecurityContext> {

  private static final int SKEW_SECONDS = 60;

  private final VerificationKeys keys;
  private final Clock clock;

  AccessTokenClaims(VerificationKeys keys, @Nullable String audience, Clock clock) {
    super(audience, null, Set.of(JWTClaimNames.ISSUER, JWTClaimNames.EXPIRATION_TIME));
    setMaxClockSkew(SKEW_SECONDS);
    this.keys = keys;
    this.clock = clock;
  }

  /** The first moment at which {@code claims} that held are not in force any more. */
  static Instant end(JWTClaimsSet claims) {
    return claims.getExpirationTime().toInstant().plusSeconds(SKEW_SECONDS);
  }

  @Override
  public void verify(JWTClaimsSet claims, @Nullable SecurityContext context)
      throws BadJWTException {
    super.verify(claims, context);
    // Not one of Nimbus' fixed claims, because the issuer's own spelling is known only by now.
    if (!keys.issuer().equals(claims.getIssuer())) {
      throw new BadJWTException("another issuer");
    }
  }

  @Override
  protected Date currentTime() {
    return Date.from(clock.instant());
  }
}
