package io.storageconnections.application.contract.proof;

import java.util.concurrent.TimeUnit;

/**
 * Forces the interleaving of threads in which a planted race condition shows: a thread waits
 * between its check and its action until enough other threads have checked too, independent of the
 * scheduler. While a thread waits, other threads can enter the adapter's monitor.
 *
 * <p>The thread that creates the latch and the adapter is the thread of the test. It runs alone
 * before and after the race, so it neither counts nor waits.
 */
final class RaceLatch {

  /** Reached only if a test fails: otherwise enough threads arrive. */
  private static final long WAIT_MAX_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Thread testThread = Thread.currentThread();
  private int missing;

  /**
   * Creates a closed latch.
   *
   * @param arrivals the number of threads that must arrive before the latch opens for good
   */
  RaceLatch(int arrivals) {
    missing = arrivals;
  }

  /** Counts the current thread as arrived, and waits until the latch is open. */
  void arriveAndAwait(Object monitor) {
    arrive(monitor);
    await(monitor);
  }

  /** Counts the current thread as arrived. */
  void arrive(Object monitor) {
    synchronized (monitor) {
      if (Thread.currentThread() != testThread) {
        missing--;
        monitor.notifyAll();
      }
    }
  }

  /** Waits until the latch is open, and releases {@code monitor} meanwhile. */
  void await(Object monitor) {
    synchronized (monitor) {
      var end = System.nanoTime() + WAIT_MAX_NANOS;
      var left = WAIT_MAX_NANOS;
      while (Thread.currentThread() != testThread && missing > 0 && left > 0) {
        try {
          TimeUnit.NANOSECONDS.timedWait(monitor, left);
        } catch (InterruptedException e) {
          throw new AssertionError("interrupted", e);
        }
        left = end - System.nanoTime();
      }
    }
  }
}
