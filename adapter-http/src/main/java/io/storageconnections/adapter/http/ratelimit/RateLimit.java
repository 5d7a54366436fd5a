package io.storageconnections.adapter.http.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.TimeMeter;
import io.javalin.http.Context;
import io.storageconnections.adapter.http.error.ErrorBody;
import io.storageconnections.adapter.http.port.RateLimitObserver;
import io.storageconnections.adapter.http.port.RequestAllowance;
import io.storageconnections.adapter.http.response.Json;
import io.storageconnections.application.port.Caller;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Limits the requests of each partition (a client, or the address of an unauthenticated caller) in
 * a minute. A partition may use all its requests at once; then the server refuses requests until
 * the minute ends. The limit counts the requests to this node, or to all nodes together.
 * Thread-safe.
 */
public final class RateLimit {

  private static final Duration WINDOW = Duration.ofMinutes(1);

  /** A count without requests for longer than its minute starts again, so it can be removed. */
  private static final Duration REMOVED_AFTER = WINDOW.multipliedBy(2);

  /** Bounds the memory. An attacker needs as many valid clients or addresses to fill it. */
  private static final int PARTITIONS_MAX = 100_000;

  private static final String ADDRESS = "address ";

  private final int requestsPerMinute;
  private final Function<String, RequestCount> newCount;
  private final RateLimitObserver observer;
  private final Cache<String, RequestCount> counts;

  /**
   * Creates a limit that counts the requests to this node.
   *
   * @param requestsPerMinute the limit of each partition; 0 for no limit
   */
  public RateLimit(int requestsPerMinute, TimeMeter time) {
    this(requestsPerMinute, partition -> new OwnRequestCount(requestsPerMinute, WINDOW, time));
  }

  /**
   * Creates a limit that counts the requests of clients to all nodes together, and those of
   * unauthenticated callers to this node, because they must not cause work in the store.
   *
   * @param requestsPerMinute the limit of each partition; 0 for no limit
   */
  public RateLimit(int requestsPerMinute, TimeMeter time, RequestAllowance ofAllNodes) {
    this(
        requestsPerMinute,
        leased(
            requestsPerMinute,
            new SharedAllowance(ofAllNodes, requestsPerMinute, WINDOW, time),
            time));
  }

  private static Function<String, RequestCount> leased(
      int requestsPerMinute, SharedAllowance allowance, TimeMeter time) {
    return partition ->
        partition.startsWith(ADDRESS)
            ? new OwnRequestCount(requestsPerMinute, WINDOW, time)
            : new LeasedRequestCount(partition, allowance, time);
  }

  private RateLimit(int requestsPerMinute, Function<String, RequestCount> newCount) {
    if (requestsPerMinute < 0) {
      throw new IllegalArgumentException(
          "requestsPerMinute must not be negative: " + requestsPerMinute);
    }
    this.requestsPerMinute = requestsPerMinute;
    this.newCount = newCount;
    this.observer = isAdmitted -> {};
    this.counts =
        Caffeine.newBuilder().maximumSize(PARTITIONS_MAX).expireAfterAccess(REMOVED_AFTER).build();
  }

  private RateLimit(RateLimit other, RateLimitObserver observer) {
    this.requestsPerMinute = other.requestsPerMinute;
    this.newCount = other.newCount;
    this.counts = other.counts;
    this.observer = observer;
  }

  /**
   * Returns this limit, with an observer. Both count the same requests.
   *
   * @param told is told of each request that the new limit counts
   */
  public RateLimit observedBy(RateLimitObserver told) {
    return new RateLimit(this, told);
  }

  /** Returns the partition of an authenticated client. */
  public static String ofClient(Caller caller) {
    return "client " + caller.client();
  }

  /** Returns the partition of unauthenticated callers from an address. */
  public static String ofAddress(String address) {
    return ADDRESS + address;
  }

  /**
   * Counts one request of {@code partition} and adds the rate limit headers to the answer. If the
   * request exceeds the limit, answers it with 429 and returns false.
   */
  public boolean admits(Context ctx, String partition) {
    if (requestsPerMinute == 0) {
      return true;
    }
    var status = count(partition).take();
    observer.counted(status.isAdmitted());
    addHeaders(ctx::header, status.left(), status.nanosToReset());
    if (!status.isAdmitted()) {
      ctx.header("Retry-After", "" + wholeSeconds(status.nanosToReset()));
      Json.write(ctx, 429, ErrorBody.tooManyRequests());
    }
    return status.isAdmitted();
  }

  /**
   * Adds the rate limit headers to an answer without counting the request. The headers state the
   * latest possible end of the minute, because the exact end needs a count.
   *
   * @param headers receives a name and a value
   */
  public void addHeaders(BiConsumer<String, String> headers, String partition) {
    if (requestsPerMinute > 0) {
      addHeaders(headers, count(partition).left(), WINDOW.toNanos());
    }
  }

  private RequestCount count(String partition) {
    return counts.get(partition, newCount);
  }

  /**
   * Writes the headers of draft-ietf-httpapi-ratelimit-headers. With several nodes, the number of
   * remaining requests is an estimate from the time of this node's last lease.
   */
  private void addHeaders(BiConsumer<String, String> headers, long remaining, long nanosToReset) {
    headers.accept(
        "RateLimit-Policy", "\"default\";q=" + requestsPerMinute + ";w=" + WINDOW.toSeconds());
    headers.accept("RateLimit", "\"default\";r=" + remaining + ";t=" + wholeSeconds(nanosToReset));
  }

  private static long wholeSeconds(long nanos) {
    return Math.ceilDiv(nanos, TimeUnit.SECONDS.toNanos(1));
  }
}
