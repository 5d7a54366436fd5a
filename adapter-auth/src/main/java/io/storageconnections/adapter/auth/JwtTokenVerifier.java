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
import io.storageconnections.adapter.auth.VerifiedTokens.Judgement;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.IssuerUnavailableException;
import io.storageconnections.application.port.TokenVerifier;
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
 * <p>A token is good if the issuer signed it with RS, PS or ES and SHA-256, -384 or -512, or with
 * Ed25519; {@code iss} is the issuer; {@code exp} and, if present, {@code nbf} hold, give or take
 * 60 seconds; {@code aud} contains the audience, if one is configured; and {@code scope} or {@code
 * scp}, an array or a text separated by spaces, contains {@code itwin-platform}. Its client is
 * {@code client_id}, else {@code azp}, else {@code sub}.
 *
 * <p>Keys and certificates that a token names or brings ({@code jku}, {@code jwk}, {@code x5u},
 * {@code x5c}) are ignored: they are neither fetched nor used. A token that demands an extension
 * ({@code crit}) is refused, and so is a {@code typ} other than {@code JWT}, {@code at+jwt} and
 * {@code application/at+jwt}, and a text that is not canonical base64url. Why a token is refused is
 * logged at DEBUG; the token never is.
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
  static final int LENGTH_MAX = TOKEN_LENGTH_MAX;

  private static final Logger LOG = LoggerFactory.getLogger(JwtTokenVerifier.class);

  private final VerificationKeys keys;
  private final VerifiedTokens verified;
  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

  private JwtTokenVerifier(VerificationKeys keys, @Nullable String audience, Clock clock) {
    this.keys = keys;
    verified = new VerifiedTokens(clock);
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT,
            new JOSEObjectType("at+jwt"),
            new JOSEObjectType("application/at+jwt"),
            null));
    processor.setJWSKeySelector(new VerificationKeySelector(keys));
    processor.setJWSVerifierFactory(new Ed25519.VerifierFactory());
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
    if (token.length() > LENGTH_MAX) {
      logRefusal("it has more than " + LENGTH_MAX + " characters", null);
      return new Verification.Rejected(Reason.INVALID);
    }
    return verified.verify(token, this::verifyAnew);
  }

  /** Ends the threads and connections that read keys. Closing twice does no harm. */
  @Override
  public void close() {
    keys.close();
  }

  private Judgement verifyAnew(String token) {
    if (!CompactForm.isFormOf(token)) {
      return refused("it does not consist of three base64url texts", null);
    }
    JWSHeader header = null;
    try {
      var signed = SignedJWT.parse(token);
      header = signed.getHeader();
      if (header.getCriticalParams() != null) {
        return refused("it demands an extension (crit)", header);
      }
      if (!VerificationKeySelector.ALGORITHMS.contains(header.getAlgorithm())) {
        return refused("its algorithm is not accepted", header);
      }
      return judge(claims(signed), header);
    } catch (KeySourceException unavailable) {
      throw new IssuerUnavailableException("no keys to verify a token with", unavailable);
    } catch (ParseException malformed) {
      // Without the message, which may repeat the token.
      return refused("its header or its claims are malformed, or it is not signed", header);
    } catch (JOSEException | BadJOSEException bad) {
      return refused(LogText.of(bad.getMessage()), header);
    } catch (RuntimeException bad) {
      // Strangers write the text, and no text of theirs may fail the server.
      return refused("it cannot be judged: " + bad.getClass().getSimpleName(), header);
    }
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

  private static Judgement judge(JWTClaimsSet claims, JWSHeader header) {
    var client = AccessTokenClaims.client(claims);
    if (client.isEmpty()) {
      return refused("none of client_id, azp and sub names its client", header);
    }
    if (!AccessTokenClaims.hasScope(claims, SCOPE)) {
      logRefusal("neither scope nor scp contains " + SCOPE, header);
      return new Judgement(new Verification.Rejected(Reason.INSUFFICIENT_SCOPE), Instant.MIN);
    }
    return new Judgement(
        new Verification.Accepted(new Caller(client.get())), AccessTokenClaims.end(claims));
  }

  private static Judgement refused(String why, @Nullable JWSHeader header) {
    logRefusal(why, header);
    return new Judgement(new Verification.Rejected(Reason.INVALID), Instant.MIN);
  }

  private static void logRefusal(String why, @Nullable JWSHeader header) {
    if (!LOG.isDebugEnabled()) {
      return;
    }
    if (header == null) {
      LOG.debug("A token is refused: {}", why);
    } else {
      LOG.debug(
          "A token is refused: {} (alg {}, kid {}, typ {})",
          why,
          LogText.of(header.getAlgorithm()),
          LogText.of(header.getKeyID()),
          LogText.of(header.getType()));
    }
  }
}
