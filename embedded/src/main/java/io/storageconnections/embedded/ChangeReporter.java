package io.storageconnections.embedded;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Tells listeners of changes in a thread of its own, so that no request waits for a listener.
 * Thread-safe.
 */
final class ChangeReporter implements AutoCloseable {

  /** The longest time for which {@link #close} waits until all changes are reported. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  /** Changes to report; an empty entry ends the thread. */
  private final BlockingQueue<Optional<Change>> unreported =
      new ArrayBlockingQueue<>(ChangeListener.UNREPORTED_MAX);

  private final AtomicLong missed = new AtomicLong();
  private final List<ChangeListener> listeners;
  private final Thread thread;

  private ChangeReporter(List<ChangeListener> listeners) {
    this.listeners = List.copyOf(listeners);
    this.thread = new Thread(this::reportAll, "storage-connections-changes");
  }

  /** Starts to report changes to {@code listeners}. */
  static ChangeReporter start(List<ChangeListener> listeners) {
    var reporter = new ChangeReporter(listeners);
    reporter.thread.setDaemon(true);
    reporter.thread.start();
    return reporter;
  }

  /** Takes a change to report. Never blocks. */
  void report(Change change) {
    if (!unreported.offer(Optional.of(change))) {
      // The queue is full, so that the thread reports another change, and this number, later.
      missed.incrementAndGet();
    }
  }

  private void reportAll() {
    try {
      for (var next = unreported.take(); next.isPresent(); next = unreported.take()) {
        var change = next.get();
        callAll(listener -> listener.changed(change));
        var count = missed.getAndSet(0);
        if (count > 0) {
          callAll(listener -> listener.missed(count));
        }
      }
    } catch (InterruptedException closed) {
      // A listener did not return in time when the service was closed.
    }
  }

  private void callAll(Consumer<ChangeListener> call) {
    for (var listener : listeners) {
      try {
        call.accept(listener);
      } catch (RuntimeException | Error failure) {
        thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
      }
    }
  }

  /** Waits up to 5 seconds until all changes are reported, and ends the thread. */
  @Override
  public void close() {
    if (Thread.currentThread() == thread) {
      // A listener closes the service, and the thread ends after the changes before this call.
      unreported.offer(Optional.empty());
      return;
    }
    var deadline = System.nanoTime() + CLOSE_TIMEOUT.toNanos();
    try {
      var ends = unreported.offer(Optional.empty(), CLOSE_TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
      if (!ends || !thread.join(Duration.ofNanos(deadline - System.nanoTime()))) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
