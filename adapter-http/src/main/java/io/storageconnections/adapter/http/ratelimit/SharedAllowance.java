package io.storageconnections.adapter.http.ratelimit;

import io.github.bucket4j.TimeMeter;
import io.storageconnections.application.port.RequestAllowance;
import io.storageconnections.application.port.RequestAllowance.Lease;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The allowance of all nodes, as this one reaches it. A limit must not be what makes a server fail:
 * whoever asks here waits a moment at most and is always answered. While the allowance is away,
 * this node grants by itself, to each partition the limit at most; nobody waits then, and now and
 * then somebody is sent to see whether it is back. Thread-safe.
 */
public final class SharedAllowance {

  private static final Logger LOG = LoggerFactory.getLogger(SharedAllowance.class);

  /** A share is so small a part of the limit: that much may lie unused at another node. */
  private static final int SHARES = 50;

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final RequestAllowance allowance;
  private final int limit;
  private final Duration window;
  private final TimeMeter time;
  private final int share;
  private final AtomicBoolean away = new AtomicBoolean();
  private final AtomicLong lookAgainAt = new AtomicLong();

  public SharedAllowance(RequestAllowance allowance, int limit, Duration window, TimeMeter time) {
    this.allowance = allowance;
    this.limit = limit;
    this.window = window;
    this.time = time;
    this.share = Math.max(1, limit / SHARES);
  }

  public int limit() {
    return limit;
  }

  public Duration window() {
    return window;
  }

  /**
   * Takes another share for {@code partition}.
   *
   * @param leased what this node took before in the same window
   * @param rest how long the window lasts, should nobody say otherwise
   */
  public Lease lease(String partition, int leased, Duration rest) {
    if (away.get()) {
      if (isTimeToLook()) {
        // Whether it is answered is all that matters, and heard of there.
        var unused = ask(partition, 0);
      }
      return ofItsOwn(leased, rest);
    }
    try {
      return ask(partition, share).get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException failure) {
      lost(failure);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    return ofItsOwn(leased, rest);
  }

  private Lease ofItsOwn(int leased, Duration rest) {
    var left = Math.max(0, limit - leased);
    var granted = Math.min(share, left);
    return new Lease(granted, left - granted, rest);
  }

  /** In a thread of its own, because what hangs there cannot be told to stop. */
  private CompletableFuture<Lease> ask(String partition, int wanted) {
    return CompletableFuture.supplyAsync(
            () -> allowance.lease(partition, wanted, limit, window),
            question -> Thread.ofVirtual().start(question))
        .whenComplete((lease, failure) -> {
          if (failure == null) {
            found();
          }
        });
  }

  private boolean isTimeToLook() {
    var due = lookAgainAt.get();
    var now = time.currentTimeNanos();
    return due - now <= 0 && lookAgainAt.compareAndSet(due, now + PAUSE.toNanos());
  }

  private void lost(Exception failure) {
    lookAgainAt.set(time.currentTimeNanos() + PAUSE.toNanos());
    if (away.compareAndSet(false, true)) {
      LOG.warn("The requests of all nodes cannot be counted; this one counts its own", failure);
    }
  }

  private void found() {
    if (away.compareAndSet(true, false)) {
      LOG.info("The requests of all nodes are counted together again");
    }
  }
}
