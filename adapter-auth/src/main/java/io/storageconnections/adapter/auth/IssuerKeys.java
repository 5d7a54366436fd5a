package io.storageconnections.adapter.auth;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.OutageTolerantJWKSetSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.jwk.source.RateLimitedJWKSetSource;
import com.nimbusds.jose.jwk.source.RefreshAheadCachingJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.events.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an issuer, kept for a while. Thread-safe.
 *
 * <p>Strangers choose the key ids that are asked for, so asking must be cheap. Four layers of
 * Nimbus lie on top of each other, the innermost first:
 *
 * <ol>
 *   <li>{@link DiscoveredKeySet} reads from the issuer.
 *   <li>Outage tolerance gives the last keys for some hours while the issuer cannot be read.
 *   <li>The rate limit lets two readings through per interval. All keys come with each reading, so
 *       whoever uses one up with an unknown key id brings everybody the issuer's newest keys; and
 *       an issuer that is down costs two waits per interval, not one per request.
 *   <li>The cache answers for known keys without waiting, lets one thread at a time read, and reads
 *       in the background before it expires.
 * </ol>
 *
 * <p>Nimbus' builder would put a class of its own on top; it is replaced by {@link #get}, because
 * it fails alike for "no keys" and for "no such key, and I may not ask", and because it hides the
 * clock. There is no retrying layer: the second reading of the interval does as well, and later.
 */
final class IssuerKeys implements VerificationKeys {

  static final Duration KEPT_FOR = Duration.ofMinutes(5);
  static final Duration READ_AHEAD = Duration.ofSeconds(30);
  static final Duration LIMIT_INTERVAL = Duration.ofSeconds(30);
  static final Duration OUTAGE_MAX = Duration.ofHours(4);

  /** How long a request waits for another one's reading: two documents, and some leeway. */
  private static final Duration WAIT_MAX = Duration.ofSeconds(15);

  private final IssuerUrl issuer;
  private final Clock clock;
  private final IssuerFaultLog faults;
  private final DiscoveredKeySet discovered;
  private final JWKSetSource<SecurityContext> kept;

  IssuerKeys(IssuerUrl issuer, IssuerDocuments documents, Clock clock) {
    this.issuer = issuer;
    this.clock = clock;
    faults = new IssuerFaultLog(clock);
    discovered = new DiscoveredKeySet(issuer, documents);
    var tolerant =
        new OutageTolerantJWKSetSource<>(discovered, OUTAGE_MAX.toMillis(), this::reportOutage);
    var limited = new RateLimitedJWKSetSource<>(tolerant, LIMIT_INTERVAL.toMillis(), null);
    kept =
        new RefreshAheadCachingJWKSetSource<>(
            limited,
            KEPT_FOR.toMillis(),
            WAIT_MAX.toMillis(),
            READ_AHEAD.toMillis(),
            // Not scheduled: keys that nobody asks for need no reading.
            false,
            Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("issuer-keys").factory()),
            true,
            null);
  }

  @Override
  public String issuer() {
    var name = discovered.name();
    if (name == null) {
      throw new IllegalStateException("the issuer " + issuer + " was not read yet");
    }
    return name;
  }

  @Override
  public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context)
      throws KeySourceException {
    var known = known();
    var matching = selector.select(known);
    return matching.isEmpty() ? selector.select(newerThan(known)) : matching;
  }

  @Override
  public boolean readAgain() throws KeySourceException {
    var known = known();
    return !newerThan(known).equals(known);
  }

  @Override
  public void close() {
    try {
      kept.close();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private JWKSet known() throws KeySourceException {
    try {
      return kept.getJWKSet(JWKSetCacheRefreshEvaluator.noRefresh(), clock.millis(), null);
    } catch (KeySourceException failure) {
      // That the limit is reached says nothing about the issuer: the reading before it does.
      var read = discovered.lastFailure();
      var cause = failure instanceof RateLimitReachedException && read != null ? read : failure;
      faults.error("The server knows no keys and answers 503", cause);
      throw cause;
    }
  }

  /** The issuer's keys if they can be read now, else the {@code known} ones, which are in force. */
  private JWKSet newerThan(JWKSet known) {
    try {
      return kept.getJWKSet(
          JWKSetCacheRefreshEvaluator.referenceComparison(known), clock.millis(), null);
    } catch (KeySourceException notNow) {
      // Also when the limit is reached: a stranger's key id must not look like an issuer's outage.
      return known;
    }
  }

  private void reportOutage(
      Event<OutageTolerantJWKSetSource<SecurityContext>, SecurityContext> event) {
    if (event instanceof OutageTolerantJWKSetSource.OutageEvent<SecurityContext> outage) {
      faults.warn(
          "The server uses the keys it knows for "
              + Duration.ofMillis(outage.getRemainingTime())
              + " more",
          outage.getException());
    }
  }
}
