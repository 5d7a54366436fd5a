package io.storageconnections.adapter.http.pipeline;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The requests of one server that wait for a state (long polling). Their number is limited, because
 * each may occupy a thread. They stop waiting when the server shuts down. Thread-safe.
 */
public final class WaitingRequests {

  /** The greatest number of requests that wait at the same time. */
  public static final int REQUESTS_MAX = 100;

  private static final long PAUSE_NANOS_MIN = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long PAUSE_NANOS_MAX = TimeUnit.SECONDS.toNanos(1);

  private final Semaphore free = new Semaphore(REQUESTS_MAX);
  private final CountDownLatch released = new CountDownLatch(1);

  /**
   * The state when a request need not wait any longer.
   *
   * @param value the state that was read last
   * @param isTimeApplied whether the time to wait was applied; false if the request did not wait,
   *     because too many others do
   */
  public record Polled<T>(T value, boolean isTimeApplied) {}

  /**
   * Reads a state until it is the expected one, the time has passed, or the server shuts down. The
   * pauses between two reads grow from 100 ms to 1 s.
   *
   * @param read reads the state; its exceptions end the wait
   * @param isExpected tells whether the state is the expected one
   * @param atMost the greatest time to wait
   */
  public <T> Polled<T> poll(Supplier<T> read, Predicate<T> isExpected, Duration atMost) {
    var first = read.get();
    if (isExpected.test(first) || atMost.isZero()) {
      return new Polled<>(first, true);
    }
    if (!free.tryAcquire()) {
      return new Polled<>(first, false);
    }
    try {
      return new Polled<>(pollOn(first, read, isExpected, atMost), true);
    } finally {
      free.release();
    }
  }

  private <T> T pollOn(T first, Supplier<T> read, Predicate<T> isExpected, Duration atMost) {
    var deadline = System.nanoTime() + atMost.toNanos();
    var pause = PAUSE_NANOS_MIN;
    var value = first;
    while (!isExpected.test(value)) {
      var left = deadline - System.nanoTime();
      if (left <= 0 || isReleasedWithin(Math.min(pause, left))) {
        return value;
      }
      value = read.get();
      pause = Math.min(2 * pause, PAUSE_NANOS_MAX);
    }
    return value;
  }

  private boolean isReleasedWithin(long nanos) {
    try {
      return released.await(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      // The server of an application that embeds the API stops.
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Ends all waits, now and later, because the server shuts down. */
  public void release() {
    released.countDown();
  }
}
