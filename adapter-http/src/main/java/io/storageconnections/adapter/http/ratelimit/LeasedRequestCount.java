package io.storageconnections.adapter.http.ratelimit;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts the requests of one partition to all nodes together. This node leases a share of the
 * window's requests, uses it without asking the other nodes, then leases another. One request at a
 * time leases; requests that find the share used up meanwhile wait for it. When no request is left,
 * this node does not ask until the window ends.
 *
 * <p>This node takes the time before it asks. So a share ends no later here than its window does
 * where it was leased, and all nodes together never serve more than the limit in a window. Requests
 * that other nodes have leased and not used are missing here.
 */
public final class LeasedRequestCount implements RequestCount {

  private final String partition;
  private final SharedAllowance allowance;
  private final TimeMeter time;
  private final Lock leasing = new ReentrantLock();
  private volatile Share share;

  /** Creates the count of one partition. */
  public LeasedRequestCount(String partition, SharedAllowance allowance, TimeMeter time) {
    this.partition = partition;
    this.allowance = allowance;
    this.time = time;
    this.share = new Share(0, 0, 0, time.currentTimeNanos());
  }

  @Override
  public RateLimitStatus take() {
    return share.take(time.currentTimeNanos()).orElseGet(this::leaseAndTake);
  }

  private RateLimitStatus leaseAndTake() {
    leasing.lock();
    try {
      // A request that had to wait may find the share that another request has leased meanwhile.
      var now = time.currentTimeNanos();
      return share.take(now).orElseGet(() -> lease(now));
    } finally {
      leasing.unlock();
    }
  }

  private RateLimitStatus lease(long now) {
    var before = share;
    var leased = before.isOver(now) ? 0 : before.leased;
    var rest = before.isOver(now) ? allowance.window() : Duration.ofNanos(before.ends - now);
    var lease = allowance.lease(partition, leased, rest);
    var ends = now + lease.ends().toNanos();
    var isAdmitted = lease.granted() > 0;
    var unused = isAdmitted ? lease.granted() - 1 : 0;
    share = new Share(unused, lease.left(), leased + lease.granted(), ends);
    return new RateLimitStatus(isAdmitted, unused + lease.left(), ends - now);
  }

  @Override
  public long left() {
    var held = share;
    return held.isOver(time.currentTimeNanos()) ? allowance.limit() : held.left();
  }

  /** The last lease. */
  private static final class Share {

    private final AtomicInteger unused;
    private final int elsewhere;
    private final int leased;
    private final long ends;

    /**
     * Creates a share.
     *
     * @param unused the number of requests that this node may still serve
     * @param elsewhere the number of requests that were left to lease
     * @param leased the number of requests that this node leased within the window
     * @param ends the end of the window, in nanoseconds of the time meter
     */
    Share(int unused, int elsewhere, int leased, long ends) {
      this.unused = new AtomicInteger(unused);
      this.elsewhere = elsewhere;
      this.leased = leased;
      this.ends = ends;
    }

    boolean isOver(long now) {
      return ends - now <= 0;
    }

    int left() {
      return Math.max(0, unused.get()) + elsewhere;
    }

    /** Counts one request; empty if only another lease can decide. */
    Optional<RateLimitStatus> take(long now) {
      if (isOver(now)) {
        return Optional.empty();
      }
      var rest = unused.get() > 0 ? unused.decrementAndGet() : -1;
      if (rest >= 0) {
        return Optional.of(new RateLimitStatus(true, rest + elsewhere, ends - now));
      }
      return elsewhere > 0
          ? Optional.empty()
          : Optional.of(new RateLimitStatus(false, 0, ends - now));
    }
  }
}
