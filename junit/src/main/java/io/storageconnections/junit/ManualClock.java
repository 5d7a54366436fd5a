package io.storageconnections.junit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that stands still until a test advances it, so that an hour of synchronization, or the
 * time before a retry, passes at once. Thread-safe.
 */
public final class ManualClock extends Clock {

  private final AtomicReference<Instant> now;
  private final ZoneId zone;

  private ManualClock(AtomicReference<Instant> now, ZoneId zone) {
    this.now = now;
    this.zone = zone;
  }

  /**
   * Creates a clock.
   *
   * @param start the first time of the clock
   * @return the clock, in the time zone UTC
   */
  public static ManualClock startingAt(Instant start) {
    return new ManualClock(
        new AtomicReference<>(Objects.requireNonNull(start, "start")), ZoneOffset.UTC);
  }

  /**
   * Advances the clock.
   *
   * @param duration the time by which to advance it; not negative
   * @throws IllegalArgumentException if {@code duration} is negative
   */
  public void advance(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("the clock does not go back: " + duration);
    }
    now.updateAndGet(time -> time.plus(duration));
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  /** {@return a clock in another time zone, which is advanced with this one} */
  @Override
  public Clock withZone(ZoneId otherZone) {
    return new ManualClock(now, Objects.requireNonNull(otherZone, "zone"));
  }
}
