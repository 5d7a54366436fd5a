package io.storageconnections.domain.run;

import java.time.Duration;

/**
 * How often a task is attempted, and how long it waits between two attempts.
 *
 * @param attempts the greatest number of attempts at a task, 1 or more
 * @param backoff the time from the first failed attempt to the next; doubled after each further
 *     one; not negative
 */
public record RetryPolicy(int attempts, Duration backoff) {

  /** Keeps the time within the range of a {@link Duration}, and of any calendar. */
  private static final int DOUBLINGS_MAX = 16;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if {@code attempts} is less than 1, or {@code backoff} is
   *     negative
   */
  public RetryPolicy {
    if (attempts < 1 || backoff.isNegative()) {
      throw new IllegalArgumentException(
          "attempts must be 1 or more, and the backoff not negative: " + attempts + ", " + backoff);
    }
  }

  /** Returns whether a task that has had some attempts may have another one. */
  boolean allowsAnother(int attempts) {
    return attempts < this.attempts;
  }

  /** Returns the time to wait after the {@code attempts}th attempt, which is 1 or more. */
  Duration backoffAfter(int attempts) {
    return backoff.multipliedBy(1L << Math.min(attempts - 1, DOUBLINGS_MAX));
  }
}
