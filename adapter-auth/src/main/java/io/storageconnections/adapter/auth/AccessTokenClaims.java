package io.storageconnections.adapter.auth;

import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimNames;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the claims of a genuine token must be, and where its client and its scopes stand. */
final class AccessTokenClaims extends DefaultJWTClaimsVerifier<SecurityContext> {

  private static final int SKEW_SECONDS = 60;

  private final VerificationKeys keys;
  private final @Nullable String audience;
  private final Clock clock;

  AccessTokenClaims(VerificationKeys keys, @Nullable String audience, Clock clock) {
    super(null, Set.of(JWTClaimNames.ISSUER, JWTClaimNames.EXPIRATION_TIME));
    setMaxClockSkew(SKEW_SECONDS);
    this.keys = keys;
    this.audience = audience;
    this.clock = clock;
  }

  /** The first moment at which {@code claims} that held are not in force any more. */
  static Instant end(JWTClaimsSet claims) {
    return claims.getExpirationTime().toInstant().plusSeconds(SKEW_SECONDS);
  }

  /** The client: {@code client_id}, else {@code azp}, else {@code sub}; empty if none is text. */
  static Optional<String> client(JWTClaimsSet claims) {
    return Stream.of("client_id", "azp", JWTClaimNames.SUBJECT)
        .map(claims::getClaim)
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .filter(text -> !text.isBlank())
        .findFirst();
  }

  /** Whether {@code scope} or {@code scp}, each a text or an array, names {@code scope}. */
  static boolean hasScope(JWTClaimsSet claims, String scope) {
    return Stream.of("scope", "scp")
        .anyMatch(name -> scopes(claims.getClaim(name)).contains(scope));
  }

  private static Collection<?> scopes(@Nullable Object claim) {
    return switch (claim) {
      case String text -> List.of(text.split(" ", -1));
      case Collection<?> scopes -> scopes;
      case null, default -> List.of();
    };
  }

  @Override
  public void verify(JWTClaimsSet claims, @Nullable SecurityContext context)
      throws BadJWTException {
    super.verify(claims, context);
    // Nimbus would not say which audience it is, and an operator mistakes it most often of all.
    if (audience != null && !claims.getAudience().contains(audience)) {
      throw new BadJWTException(
          "JWT aud claim has value " + claims.getAudience() + ", must contain " + audience);
    }
    // Not one of Nimbus' fixed claims, because the issuer's own spelling is known only by now.
    if (!keys.issuer().equals(claims.getIssuer())) {
      throw new BadJWTException(
          "JWT iss claim has value " + claims.getIssuer() + ", must be " + keys.issuer());
    }
  }

  @Override
  protected Date currentTime() {
    return Date.from(clock.instant());
  }
}
