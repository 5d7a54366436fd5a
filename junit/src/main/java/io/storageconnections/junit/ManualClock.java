package io.storageconnections.junit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;

/**
 * A clock that stands still until a test advances it, so that an hour of synchronization, or the
 * time before a retry, passes at once. Thread-safe.
 */
public final class ManualClock extends Clock {

  /** The time of a clock, and of the clocks in other time zones that were made from it. */
  private static final class Time {

    private Instant now;

    Time(Instant start) {
      now = start;
    }

    synchronized Instant get() {
      return now;
    }

    synchronized void advance(Duration duration) {
      now = now.plus(duration);
    }
  }

  private final Time time;
  private final ZoneId zone;

  private ManualClock(Time time, ZoneId zone) {
    this.time = time;
    this.zone = zone;
  }

  /**
   * Creates a clock.
   *
   * @param start the first time of the clock
   * @return the clock, in the time zone UTC
   */
  public static ManualClock startingAt(Instant start) {
    return new ManualClock(new Time(Objects.requireNonNull(start, "start")), ZoneOffset.UTC);
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
    time.advance(duration);
  }

  @Override
  public Instant instant() {
    return time.get();
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  /** {@return a clock in another time zone, which is advanced with this one} */
  @Override
  public Clock withZone(ZoneId otherZone) {
    return new ManualClock(time, Objects.requireNonNull(otherZone, "zone"));
  }
}
