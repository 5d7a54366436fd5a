package io.storageconnections.adapter.platform.exchange;

import java.time.Duration;

/** The moment at which a caller stops waiting, on the JVM's monotonic clock. Immutable. */
public final class Deadline {

  private final long endNanos;

  private Deadline(long endNanos) {
    this.endNanos = endNanos;
  }

  /** Returns the deadline that comes after {@code time}. */
  public static Deadline after(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** Returns the remaining time in nanoseconds; 0 if it is over. */
  public long remainingNanos() {
    return Math.max(0, endNanos - System.nanoTime());
  }

  /** Returns whether no time is left. */
  public boolean isOver() {
    return remainingNanos() == 0;
  }
}
