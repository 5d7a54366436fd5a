package io.storageconnections.adapter.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.BadJWSException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.storageconnections.adapter.auth.VerifiedTokens.Judgement;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.IssuerUnavailableException;
import io.storageconnections.application.port.out.TokenVerifier;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verifies signed JSON Web Tokens of one issuer (RFC 7519, RFC 9068).
 *
 * <p>A token is good if the issuer signed it with RS, PS or ES and SHA-256, -384 or -512; {@code
 * iss} is the issuer; {@code exp} and, if present, {@code nbf} hold, give or take 60 seconds;
 * {@code aud} contains the audience, if one is configured; and {@code scope}, an array or a text
 * separated by spaces, contains {@code itwin-platform}. Its client is {@code client_id}, else
 * {@code sub}. A token that names or brings a key of its own ({@code jku}, {@code jwk}, {@code
 * x5u}, {@code x5c}) or demands an extension ({@code crit}) is refused, genuine or not. A {@code
 * typ} other than {@code JWT} and {@code at+jwt} is refused.
 *
 * <p>A good token is not verified again for 15 seconds, or until it expires if that is sooner. When
 * the issuer withdraws a key, its tokens are refused 5 minutes and 15 seconds later at the latest,
 * if the issuer can be read; if it cannot, the keys known last serve for 4 hours.
 *
 * <p>Thread-safe until it is closed; closing ends its threads and connections, and a closed one
 * must not be asked any more.
 */
public final class JwtTokenVerifier implements TokenVerifier, AutoCloseable {

  /** No issuer's token is nearly as long; what is longer is not worth parsing. */
  static final int LENGTH_MAX = 16_384;

  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private final VerificationKeys keys;
  private final VerifiedTokens verified;
  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

  private JwtTokenVerifier(VerificationKeys keys, @Nullable String audience, Clock clock) {
    this.keys = keys;
    verified = new VerifiedTokens(clock);
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    processor.setJWSKeySelector(new KeysOfTheRightCurve(keys));
    processor.setJWTClaimsSetVerifier(new AccessTokenClaims(keys, audience, clock));
  }

  /**
   * Makes a verifier for the tokens of an OpenID Connect issuer, whose keys are found by discovery.
   * The issuer is first asked when the first token comes, so it need not be up yet.
   *
   * @param issuer as in {@link IssuerUrl}; a slash at its end may differ from the issuer's own
   *     spelling, which is the one that tokens must have
   * @param audience what {@code aud} must contain; null if any audience will do
   * @param clock tells whether a token is in force and how old the keys are
   * @return the verifier, which its caller closes
   * @throws IllegalArgumentException if {@code issuer} is no address an issuer may have
   */
  public static JwtTokenVerifier forIssuer(URI issuer, @Nullable String audience, Clock clock) {
    return forIssuer(issuer, audience, clock, new IssuerDocuments());
  }

  static JwtTokenVerifier forIssuer(
      URI issuer, @Nullable String audience, Clock clock, IssuerDocuments documents) {
    var keys = new IssuerKeys(new IssuerUrl(issuer), documents, clock);
    return new JwtTokenVerifier(keys, audience, clock);
  }

  /**
   * Makes a verifier for the tokens of a development issuer in the same process; it uses no
   * network.
   *
   * @param issuer the one whose tokens are good
   * @param audience what {@code aud} must contain; null if any audience will do
   * @param clock tells whether a token is in force
   * @return the verifier, which has nothing to close
   */
  public static JwtTokenVerifier forDevelopment(
      DevelopmentIssuer issuer, @Nullable String audience, Clock clock) {
    return new JwtTokenVerifier(issuer.verificationKeys(), audience, clock);
  }

  /**
   * Judges one bearer token.
   *
   * @param token whatever was sent as a token; may be any text
   * @return whose it is, or why it is not good
   * @throws IssuerUnavailableException if no keys of the issuer are known and none can be read; not
   *     if merely this token's key is unknown
   */
  @Override
  public Verification verify(String token) {
    return token.length() > LENGTH_MAX
        ? new Verification.Rejected(Reason.INVALID)
        : verified.verify(token, this::verifyAnew);
  }

  /** Ends the threads and connections that read keys. Closing twice does no harm. */
  @Override
  public void close() {
    keys.close();
  }

  private Judgement verifyAnew(String token) {
    try {
      var signed = SignedJWT.parse(token);
      return isPresumptuous(signed.getHeader()) ? rejected(Reason.INVALID) : judge(claims(signed));
    } catch (KeySourceException unavailable) {
      throw new IssuerUnavailableException("no keys to verify a token with", unavailable);
    } catch (ParseException | JOSEException | BadJOSEException | RuntimeException bad) {
      // Unchecked ones too: strangers write the text, and no text of theirs may fail the server.
      return rejected(Reason.INVALID);
    }
  }

  /** Whether the token tells its judge which key to use, or what to understand. */
  private static boolean isPresumptuous(JWSHeader header) {
    return header.getJWK() != null
        || header.getJWKURL() != null
        || header.getX509CertURL() != null
        || header.getX509CertChain() != null
        || header.getCriticalParams() != null;
  }

  private JWTClaimsSet claims(SignedJWT token) throws BadJOSEException, JOSEException {
    try {
      return processor.process(token, null);
    } catch (BadJWSException notTheirs) {
      // Without a key id, a token of a key that is new to us looks just like a forged one.
      if (token.getHeader().getKeyID() == null && keys.readAgain()) {
        return processor.process(token, null);
      }
      throw notTheirs;
    }
  }

  private static Judgement judge(JWTClaimsSet claims) {
    var client =
        text(claims.getClaim("client_id")).or(() -> text(claims.getSubject())).orElse(null);
    if (client == null) {
      return rejected(Reason.INVALID);
    }
    return scopes(claims.getClaim("scope")).contains(SCOPE)
        ? new Judgement(
            new Verification.Accepted(new Caller(client)), AccessTokenClaims.end(claims))
        : rejected(Reason.INSUFFICIENT_SCOPE);
  }

  private static Judgement rejected(Reason reason) {
    return new Judgement(new Verification.Rejected(reason), Instant.MIN);
  }

  private static Optional<String> text(@Nullable Object claim) {
    return claim instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
  }

  private static Collection<?> scopes(@Nullable Object claim) {
    return switch (claim) {
      case String text -> List.of(text.split(" ", -1));
      case Collection<?> scopes -> scopes;
      case null, default -> List.of();
    };
  }

  /** Nimbus would try any elliptic key, and fail on a curve that the algorithm does not go with. */
  private static final class KeysOfTheRightCurve
      extends JWSVerificationKeySelector<SecurityContext> {

    KeysOfTheRightCurve(VerificationKeys keys) {
      super(ALGORITHMS, keys);
    }

    @Override
    protected @Nullable JWKMatcher createJWKMatcher(JWSHeader header) {
      var matcher = super.createJWKMatcher(header);
      var curves = Curve.forJWSAlgorithm(header.getAlgorithm());
      return matcher == null || curves == null
          ? matcher
          : new JWKMatcher.Builder(matcher).curves(curves).build();
    }
  }
}
