package io.storageconnections.adapter.execution;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for conditions. */
final class Await {

  /** Far more than any condition needs. */
  private static final Duration BOUND = Duration.ofSeconds(30);

  private Await() {}

  /** Returns when the condition holds. */
  static void until(String condition, BooleanSupplier holds) {
    var end = System.nanoTime() + BOUND.toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + BOUND + ": " + condition);
      }
      pause(Duration.ofMillis(2));
    }
  }

  static void pause(Duration duration) {
    try {
      TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }
}
