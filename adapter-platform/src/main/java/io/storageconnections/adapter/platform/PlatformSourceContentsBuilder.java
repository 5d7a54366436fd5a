package io.storageconnections.adapter.platform;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Ticker;
import io.opentelemetry.api.OpenTelemetry;
import io.storageconnections.adapter.platform.exchange.SecureUrl;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;

/** A builder of {@link PlatformSourceContents}. Not thread-safe. */
public final class PlatformSourceContentsBuilder {

  private static final Duration TIMEOUT_MAX = Duration.ofMinutes(10);

  final PlatformUrl url;
  final URI issuer;
  final String clientId;
  final String clientSecret;
  Duration timeout = Duration.ofSeconds(30);
  Duration silenceLimit = Duration.ofSeconds(30);
  Clock clock = Clock.systemUTC();
  OpenTelemetry openTelemetry = OpenTelemetry.noop();
  Ticker ticker = Ticker.systemTicker();

  PlatformSourceContentsBuilder(PlatformUrl url, URI issuer, String clientId, String clientSecret) {
    var violation = SecureUrl.violation(issuer);
    if (violation == null && (issuer.getRawQuery() != null || issuer.getRawFragment() != null)) {
      violation = "must not have a query or a fragment";
    }
    if (violation != null) {
      throw new IllegalArgumentException("an issuer's URL " + violation);
    }
    if (clientId.isBlank() || clientSecret.isBlank()) {
      throw new IllegalArgumentException("the id or the secret of the client is blank");
    }
    this.url = url;
    this.issuer = issuer;
    this.clientId = clientId;
    this.clientSecret = clientSecret;
  }

  /**
   * Sets the time until the first byte of a content, in all requests together that are necessary
   * for it. The default is 30 seconds.
   *
   * @param time at most ten minutes
   * @return this builder
   * @throws NullPointerException if {@code time} is null
   * @throws IllegalArgumentException if {@code time} is not positive or longer than ten minutes
   */
  public PlatformSourceContentsBuilder timeout(Duration time) {
    timeout = checked(time);
    return this;
  }

  /**
   * Sets how long a content may pause while it is read. The default is 30 seconds.
   *
   * @param time at most ten minutes
   * @return this builder
   * @throws NullPointerException if {@code time} is null
   * @throws IllegalArgumentException if {@code time} is not positive or longer than ten minutes
   */
  public PlatformSourceContentsBuilder silenceLimit(Duration time) {
    silenceLimit = checked(time);
    return this;
  }

  private static Duration checked(Duration time) {
    if (!time.isPositive() || time.compareTo(TIMEOUT_MAX) > 0) {
      throw new IllegalArgumentException("the time must be positive and at most " + TIMEOUT_MAX);
    }
    return time;
  }

  /**
   * Sets the clock that tells how long it is until a date that the platform sends.
   *
   * @param newClock the clock
   * @return this builder
   * @throws NullPointerException if {@code newClock} is null
   */
  public PlatformSourceContentsBuilder clock(Clock newClock) {
    clock = requireNonNull(newClock, "clock");
    return this;
  }

  /**
   * Sets where the spans of requests go, which have the kind {@code CLIENT} and the current span as
   * their parent. Default: no spans; the platform is still told the trace of the current span.
   *
   * @param receiver such as {@code GlobalOpenTelemetry.get()}; thread-safe
   * @return this builder
   */
  public PlatformSourceContentsBuilder openTelemetry(OpenTelemetry receiver) {
    openTelemetry = requireNonNull(receiver, "openTelemetry");
    return this;
  }

  /** Sets what measures the age of the token. */
  PlatformSourceContentsBuilder ticker(Ticker newTicker) {
    ticker = newTicker;
    return this;
  }

  /**
   * Creates the contents. Neither the issuer nor the platform is asked yet.
   *
   * @return the contents, which the caller closes
   */
  public PlatformSourceContents build() {
    return new PlatformSourceContents(this);
  }
}
