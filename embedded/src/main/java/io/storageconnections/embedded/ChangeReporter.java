package io.storageconnections.embedded;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Tells listeners of changes in a thread of its own, so that no request waits for a listener.
 * Thread-safe.
 */
final class ChangeReporter implements AutoCloseable {

  /** The longest time for which {@link #close} waits until all changes are reported. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  /** Changes to report; an empty entry only wakes the thread. */
  private final BlockingQueue<Optional<ChangeEvent>> unreported =
      new ArrayBlockingQueue<>(ChangeListener.UNREPORTED_MAX);

  private final AtomicLong missed = new AtomicLong();
  private final List<ChangeListener> listeners;
  private final Thread thread;

  private volatile boolean closed;
  private volatile boolean aborted;

  /** Creates a reporter, which keeps changes until it starts. */
  ChangeReporter(List<ChangeListener> listeners) {
    this.listeners = List.copyOf(listeners);
    this.thread = new Thread(this::reportAll, "storage-connections-changes");
    this.thread.setDaemon(true);
  }

  /** Starts to report changes. */
  void start() {
    thread.start();
  }

  /** Takes a change to report. Never blocks. */
  void report(ChangeEvent change) {
    if (!unreported.offer(Optional.of(change))) {
      // The queue is full, so that the thread reports another change, and this number, later.
      missed.incrementAndGet();
    }
  }

  private void reportAll() {
    while (!aborted && (!closed || !unreported.isEmpty())) {
      try {
        unreported.take().ifPresent(this::tell);
      } catch (InterruptedException interrupted) {
        // A listener has interrupted its own thread, or the reporter was aborted.
      }
    }
  }

  private void tell(ChangeEvent change) {
    callAll(listener -> listener.changed(change));
    var count = missed.getAndSet(0);
    if (count > 0) {
      callAll(listener -> listener.missed(count));
    }
  }

  private void callAll(Consumer<ChangeListener> call) {
    for (var listener : listeners) {
      try {
        call.accept(listener);
      } catch (Throwable failure) {
        handOver(failure);
      }
    }
  }

  private void handOver(Throwable failure) {
    try {
      thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
    } catch (Throwable failureOfHandler) {
      // The JVM ignores what such a handler throws, too.
    }
  }

  /**
   * Waits up to 5 seconds until all changes are reported, and ends the thread. If a listener calls
   * it, the thread ends after it has reported the changes so far.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    // Wakes the thread if it waits. If the queue is full, the thread does not wait.
    var unused = unreported.offer(Optional.empty());
    if (Thread.currentThread() == thread) {
      return;
    }
    try {
      if (!thread.join(CLOSE_TIMEOUT)) {
        abort();
      }
    } catch (InterruptedException e) {
      abort();
      Thread.currentThread().interrupt();
    }
  }

  private void abort() {
    aborted = true;
    thread.interrupt();
  }
}
