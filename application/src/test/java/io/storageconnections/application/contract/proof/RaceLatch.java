package io.storageconnections.application.contract.proof;

import java.util.concurrent.TimeUnit;

/**
 * Forces the interleaving of threads in which a planted race goes wrong: a thread of the race waits
 * between its check and its action until other threads have come so far, however the machine
 * schedules them. While it waits, the other threads can have the adapter's monitor.
 *
 * <p>The thread that made the latch, and with it the adapter, is that of the test. It runs alone,
 * so it neither counts nor waits.
 */
final class RaceLatch {

  /** Bounds a failure only: in a race that the latch is meant for, enough threads arrive. */
  private static final long WAIT_MAX_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Thread testThread = Thread.currentThread();
  private int missing;

  /**
   * A closed latch.
   *
   * @param arrivals how many threads must arrive before the latch opens; it stays open then
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

  /** Waits until the latch is open, without {@code monitor} if the current thread holds it. */
  void await(Object monitor) {
    synchronized (monitor) {
      var end = System.nanoTime() + WAIT_MAX_NANOS;
      var left = WAIT_MAX_NANOS;
      while (Thread.currentThread() != testThread && missing > 0 && left > 0) {
        try {
          TimeUnit.NANOSECONDS.timedWait(monitor, left);
        } catch (InterruptedException e) {
          throw new AssertionError("a test is not interrupted", e);
        }
        left = end - System.nanoTime();
      }
    }
  }
}
