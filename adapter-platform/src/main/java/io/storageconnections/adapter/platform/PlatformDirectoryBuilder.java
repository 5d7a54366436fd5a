package io.storageconnections.adapter.platform;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Ticker;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Clock;
import java.time.Duration;

/** A builder of {@link PlatformDirectory}. Not thread-safe. */
public final class PlatformDirectoryBuilder {

  /** The longest time for which answers may be used again: one hour. */
  public static final Duration CACHE_MAX = Duration.ofHours(1);

  private static final Duration TIMEOUT_MAX = Duration.ofMinutes(10);

  final PlatformUrl url;
  boolean isFileCheckOn = true;
  Duration cacheDuration = Duration.ofSeconds(10);
  Duration timeout = Duration.ofSeconds(10);
  int requestsMax = 64;
  Clock clock = Clock.systemUTC();
  OpenTelemetry openTelemetry = OpenTelemetry.noop();
  PlatformObserver observer = failure -> {};
  Ticker ticker = Ticker.systemTicker();

  PlatformDirectoryBuilder(PlatformUrl url) {
    this.url = url;
  }

  /**
   * Sets whether the platform is asked about Storage files. Without it, every file of the iModel's
   * iTwin is usable, and has no name.
   *
   * @param isOn true, which is the default, to ask
   * @return this builder
   */
  public PlatformDirectoryBuilder fileCheck(boolean isOn) {
    isFileCheckOn = isOn;
    return this;
  }

  /**
   * Sets the time for which an answer of the platform is used again for the same caller with the
   * same token. A negative answer is used for a fifth of it. The default is ten seconds.
   *
   * @param duration at most {@link #CACHE_MAX}; zero to ask each time
   * @return this builder
   * @throws NullPointerException if {@code duration} is null
   * @throws IllegalArgumentException if {@code duration} is negative or longer than {@link
   *     #CACHE_MAX}
   */
  public PlatformDirectoryBuilder cacheDuration(Duration duration) {
    if (duration.isNegative() || duration.compareTo(CACHE_MAX) > 0) {
      throw new IllegalArgumentException("the cache duration must be from 0 to " + CACHE_MAX);
    }
    cacheDuration = duration;
    return this;
  }

  /**
   * Sets the time that one request of a caller may wait for the platform, in all calls of the
   * directory together. The default is ten seconds. A look-up of an iModel takes two fifths of it
   * at most, a look-up of files three fifths.
   *
   * @param time at most ten minutes
   * @return this builder
   * @throws NullPointerException if {@code time} is null
   * @throws IllegalArgumentException if {@code time} is not positive or longer than ten minutes
   */
  public PlatformDirectoryBuilder timeout(Duration time) {
    if (!time.isPositive() || time.compareTo(TIMEOUT_MAX) > 0) {
      throw new IllegalArgumentException("the timeout must be positive and at most " + TIMEOUT_MAX);
    }
    timeout = time;
    return this;
  }

  /**
   * Sets the maximum number of simultaneous requests to the platform, which is also that of
   * connections. The default is 64.
   *
   * @param requests at least 1
   * @return this builder
   * @throws IllegalArgumentException if {@code requests} is less than 1
   */
  public PlatformDirectoryBuilder simultaneousRequests(int requests) {
    if (requests < 1) {
      throw new IllegalArgumentException("at least one simultaneous request is necessary");
    }
    requestsMax = requests;
    return this;
  }

  /**
   * Sets the clock that tells how long it is until a date that the platform sends.
   *
   * @param newClock the clock
   * @return this builder
   * @throws NullPointerException if {@code newClock} is null
   */
  public PlatformDirectoryBuilder clock(Clock newClock) {
    clock = requireNonNull(newClock, "clock");
    return this;
  }

  /** {@return the URL of the platform} */
  public PlatformUrl url() {
    return url;
  }

  /**
   * Sets where the spans of requests go, which have the kind {@code CLIENT} and the current span as
   * their parent. Default: no spans; the platform is still told the trace of the current span.
   *
   * @param receiver such as {@code GlobalOpenTelemetry.get()}; thread-safe
   * @return this builder
   */
  public PlatformDirectoryBuilder openTelemetry(OpenTelemetry receiver) {
    openTelemetry = requireNonNull(receiver, "openTelemetry");
    return this;
  }

  /**
   * Sets what is told the outcome of each request to the platform. Default: nothing.
   *
   * @param told the observer; thread-safe
   * @return this builder
   * @throws NullPointerException if {@code told} is null
   */
  public PlatformDirectoryBuilder observer(PlatformObserver told) {
    observer = requireNonNull(told, "observer");
    return this;
  }

  /** Sets what measures the age of cached answers. */
  PlatformDirectoryBuilder ticker(Ticker newTicker) {
    ticker = newTicker;
    return this;
  }

  /**
   * Creates the directory. It does not ask the platform yet.
   *
   * @return the directory, which the caller closes
   */
  public PlatformDirectory build() {
    return new PlatformDirectory(this);
  }
}
