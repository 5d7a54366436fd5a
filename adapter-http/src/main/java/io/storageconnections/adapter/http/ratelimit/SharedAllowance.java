package io.storageconnections.adapter.http.ratelimit;

import io.github.bucket4j.TimeMeter;
import io.storageconnections.adapter.http.port.RequestAllowance;
import io.storageconnections.application.port.RequestLease;
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
 * Leases requests from the allowance of all nodes, with a bounded wait: a rate limit must not make
 * a server fail. While the allowance is unavailable, this node grants leases by itself, to each
 * partition at most the limit; requests do not wait then, and once a second this node checks in the
 * background whether the allowance is available again. Thread-safe.
 */
public final class SharedAllowance {

  private static final Logger LOG = LoggerFactory.getLogger(SharedAllowance.class);

  /** A lease is one fiftieth of the limit. So much can stay unused on another node. */
  private static final int SHARES = 50;

  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

  private final RequestAllowance allowance;
  private final int limit;
  private final Duration window;
  private final TimeMeter time;
  private final int share;
  private final AtomicBoolean unavailable = new AtomicBoolean();
  private final AtomicLong nextCheckNanos = new AtomicLong();

  /**
   * Creates the access of one node.
   *
   * @param limit the number of requests of a partition in a window
   * @param window the length of a window
   */
  public SharedAllowance(RequestAllowance allowance, int limit, Duration window, TimeMeter time) {
    this.allowance = allowance;
    this.limit = limit;
    this.window = window;
    this.time = time;
    this.share = Math.max(1, limit / SHARES);
  }

  /** {@return the number of requests of a partition in a window} */
  public int limit() {
    return limit;
  }

  /** {@return the length of a window} */
  public Duration window() {
    return window;
  }

  /**
   * Leases another share for {@code partition}.
   *
   * @param leased the number of requests that this node leased before in the same window
   * @param rest the rest of the window, if the allowance is unavailable and cannot say it
   */
  public RequestLease lease(String partition, int leased, Duration rest) {
    if (unavailable.get()) {
      if (isCheckDue()) {
        // The result is not used. When the call succeeds, the allowance counts as available.
        var unused = ask(partition, 0);
      }
      return leaseOfThisNode(leased, rest);
    }
    try {
      return ask(partition, share).get(TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException failure) {
      becomeUnavailable(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return leaseOfThisNode(leased, rest);
  }

  private RequestLease leaseOfThisNode(int leased, Duration rest) {
    var left = Math.max(0, limit - leased);
    var granted = Math.min(share, left);
    return new RequestLease(granted, left - granted, rest);
  }

  /** Asks in a thread of its own, because a call that hangs cannot be interrupted reliably. */
  private CompletableFuture<RequestLease> ask(String partition, int wanted) {
    return CompletableFuture.supplyAsync(
            () -> allowance.lease(partition, wanted, limit, window),
            question -> Thread.ofVirtual().start(question))
        .whenComplete((lease, failure) -> {
          if (failure == null) {
            becomeAvailable();
          }
        });
  }

  private boolean isCheckDue() {
    var due = nextCheckNanos.get();
    var now = time.currentTimeNanos();
    return due - now <= 0 && nextCheckNanos.compareAndSet(due, now + CHECK_INTERVAL.toNanos());
  }

  private void becomeUnavailable(Exception failure) {
    nextCheckNanos.set(time.currentTimeNanos() + CHECK_INTERVAL.toNanos());
    if (unavailable.compareAndSet(false, true)) {
      LOG.warn("The requests of all nodes cannot be counted; this one counts its own", failure);
    }
  }

  private void becomeAvailable() {
    if (unavailable.compareAndSet(true, false)) {
      LOG.info("The requests of all nodes are counted together again");
    }
  }
}
