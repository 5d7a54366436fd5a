package io.storageconnections.adapter.http.ratelimit;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts what all nodes together are asked. This node leases a share of the window's requests, uses
 * it up without asking anybody, then leases another. One request at a time does that; those that
 * find nothing to use meanwhile wait for it. When nothing is left, nobody is asked until the window
 * ends.
 *
 * <p>A share ends no later than its window does where it was leased, because time is taken before
 * the question. So never more than the limit is used in a window; but what other nodes have leased
 * and not used is missing here.
 */
public final class LeasedRequestCount implements RequestCount {

  private final String partition;
  private final SharedAllowance allowance;
  private final TimeMeter time;
  private final Lock leasing = new ReentrantLock();
  private volatile Share share;

  public LeasedRequestCount(String partition, SharedAllowance allowance, TimeMeter time) {
    this.partition = partition;
    this.allowance = allowance;
    this.time = time;
    this.share = new Share(0, 0, 0, time.currentTimeNanos());
  }

  @Override
  public Standing take() {
    return share.take(time.currentTimeNanos()).orElseGet(this::takeOfMore);
  }

  private Standing takeOfMore() {
    leasing.lock();
    try {
      // Whoever had to wait finds what another has leased meanwhile.
      var now = time.currentTimeNanos();
      return share.take(now).orElseGet(() -> lease(now));
    } finally {
      leasing.unlock();
    }
  }

  private Standing lease(long now) {
    var before = share;
    var leased = before.isOver(now) ? 0 : before.leased;
    var rest = before.isOver(now) ? allowance.window() : Duration.ofNanos(before.ends - now);
    var lease = allowance.lease(partition, leased, rest);
    var ends = now + lease.ends().toNanos();
    var isAdmitted = lease.granted() > 0;
    var unused = isAdmitted ? lease.granted() - 1 : 0;
    share = new Share(unused, lease.left(), leased + lease.granted(), ends);
    return new Standing(isAdmitted, unused + lease.left(), ends - now);
  }

  @Override
  public long left() {
    var held = share;
    return held.isOver(time.currentTimeNanos()) ? allowance.limit() : held.left();
  }

  /** What was leased last. */
  private static final class Share {

    private final AtomicInteger unused;
    private final int elsewhere;
    private final int leased;
    private final long ends;

    /**
     * A share.
     *
     * @param elsewhere what was left to lease
     * @param leased all that was leased here within the window
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

    /** Empty if it takes another share to tell. */
    Optional<Standing> take(long now) {
      if (isOver(now)) {
        return Optional.empty();
      }
      var rest = unused.get() > 0 ? unused.decrementAndGet() : -1;
      if (rest >= 0) {
        return Optional.of(new Standing(true, rest + elsewhere, ends - now));
      }
      return elsewhere > 0 ? Optional.empty() : Optional.of(new Standing(false, 0, ends - now));
    }
  }
}
