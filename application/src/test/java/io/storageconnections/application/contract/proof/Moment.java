package io.storageconnections.application.contract.proof;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

/** The moment between looking and doing, in which the world may change. */
final class Moment {

  /** Long enough for all runners of a race to come by, short enough for those who run alone. */
  private static final long MILLIS = 20;

  private Moment() {}

  /** Lets a moment pass. */
  static void pass() {
    try {
      MILLISECONDS.sleep(MILLIS);
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts a test", e);
    }
  }

  /** Lets a moment pass in which others have the lock, as if nobody had ever held it. */
  static void passWithout(Object lock) {
    try {
      synchronized (lock) {
        MILLISECONDS.timedWait(lock, MILLIS);
      }
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts a test", e);
    }
  }
}
