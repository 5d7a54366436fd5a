package io.storageconnections.adapter.auth.issuer;

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
import io.storageconnections.adapter.auth.key.VerificationKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an issuer, read by discovery and cached. Thread-safe.
 *
 * <p>Callers choose the key ids that the server looks up, so a lookup must be cheap. Four layers of
 * Nimbus are stacked, the innermost first:
 *
 * <ol>
 *   <li>{@link DiscoveredKeySetSource} reads the keys from the issuer.
 *   <li>Outage tolerance returns the last keys for some hours while the issuer cannot be read.
 *   <li>The rate limit admits two readings per interval. Each reading returns all keys, so a
 *       reading that an unknown key id causes also brings the issuer's newest keys. An issuer that
 *       is down costs two waits per interval, not one per request.
 *   <li>The cache answers for known keys without waiting, lets one thread at a time read, and
 *       refreshes in the background before it expires.
 * </ol>
 *
 * <p>{@link #get} replaces the outermost class of Nimbus' builder, because that class hides the
 * clock, and because it fails alike if there are no keys and if the rate limit forbids to look for
 * an unknown key. There is no retry layer: the second reading of an interval is the retry.
 */
public final class CachedIssuerKeys implements VerificationKeys {

  /** The time after which cached keys are read again. */
  public static final Duration CACHE_TIME = Duration.ofMinutes(5);

  /** The time before the end of {@link #CACHE_TIME} at which a background refresh may begin. */
  public static final Duration REFRESH_AHEAD = Duration.ofSeconds(30);

  /** The interval in which the issuer is read twice at most. */
  public static final Duration RATE_LIMIT_INTERVAL = Duration.ofSeconds(30);

  /** The time for which the last keys are used while the issuer cannot be read. */
  public static final Duration OUTAGE_TOLERANCE = Duration.ofHours(4);

  /** The time a request waits for the reading of another request: two documents, and leeway. */
  private static final Duration WAIT_MAX = Duration.ofSeconds(15);

  private final URI issuer;
  private final Clock clock;
  private final IssuerFailureLog failures;
  private final DiscoveredKeySetSource discovered;
  private final JWKSetSource<SecurityContext> cached;

  /** Whether the last lookup found no keys, not even old ones. */
  private volatile boolean hasNone;

  /**
   * Makes an empty cache. The first lookup reads the keys.
   *
   * @param issuer the issuer's URL
   * @param http reads the issuer's documents; closed with this object
   * @param clock tells the age of the keys
   */
  public CachedIssuerKeys(URI issuer, IssuerHttpClient http, Clock clock) {
    this.issuer = issuer;
    this.clock = clock;
    failures = new IssuerFailureLog(clock);
    discovered = new DiscoveredKeySetSource(issuer, http);
    var outageTolerant =
        new OutageTolerantJWKSetSource<>(discovered, OUTAGE_TOLERANCE.toMillis(), this::logOutage);
    var rateLimited =
        new RateLimitedJWKSetSource<>(outageTolerant, RATE_LIMIT_INTERVAL.toMillis(), null);
    cached =
        new RefreshAheadCachingJWKSetSource<>(
            rateLimited,
            CACHE_TIME.toMillis(),
            WAIT_MAX.toMillis(),
            REFRESH_AHEAD.toMillis(),
            // Not scheduled: keys that no request needs are not read.
            false,
            Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("issuer-keys").factory()),
            true,
            null);
  }

  @Override
  public String issuer() {
    var name = discovered.issuerName();
    if (name == null) {
      throw new IllegalStateException("the keys of issuer " + issuer + " were not read yet");
    }
    return name;
  }

  @Override
  public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context)
      throws KeySourceException {
    var known = cachedKeys();
    var matching = selector.select(known);
    return matching.isEmpty() ? selector.select(newerThan(known)) : matching;
  }

  @Override
  public boolean refresh() throws KeySourceException {
    var known = cachedKeys();
    return !newerThan(known).equals(known);
  }

  @Override
  public boolean areKnown() {
    return discovered.issuerName() != null && !(hasNone && haveFailed());
  }

  @Override
  public boolean haveFailed() {
    return discovered.lastFailure() != null;
  }

  @Override
  public void close() {
    try {
      cached.close();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private JWKSet cachedKeys() throws KeySourceException {
    try {
      var known = cached.getJWKSet(JWKSetCacheRefreshEvaluator.noRefresh(), clock.millis(), null);
      hasNone = false;
      return known;
    } catch (KeySourceException failure) {
      // A reached rate limit says nothing about the issuer; the failed reading before it does.
      var lastFailure = discovered.lastFailure();
      var cause =
          failure instanceof RateLimitReachedException && lastFailure != null
              ? lastFailure
              : failure;
      hasNone = true;
      failures.error("The server knows no keys and answers 503", cause);
      throw cause;
    }
  }

  /** Returns the issuer's current keys; the {@code known} ones if they cannot be read now. */
  private JWKSet newerThan(JWKSet known) {
    try {
      return cached.getJWKSet(
          JWKSetCacheRefreshEvaluator.referenceComparison(known), clock.millis(), null);
    } catch (KeySourceException notNow) {
      // Also if the rate limit is reached: an unknown key id must not look like an outage.
      return known;
    }
  }

  private void logOutage(
      Event<OutageTolerantJWKSetSource<SecurityContext>, SecurityContext> event) {
    if (event instanceof OutageTolerantJWKSetSource.OutageEvent<SecurityContext> outage) {
      failures.warn(
          "The server uses the keys it knows for "
              + Duration.ofMillis(outage.getRemainingTime())
              + " more",
          outage.getException());
    }
  }
}
