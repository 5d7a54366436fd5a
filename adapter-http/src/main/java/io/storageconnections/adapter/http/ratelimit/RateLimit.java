package io.storageconnections.adapter.http.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.TimeMeter;
import io.javalin.http.Context;
import io.storageconnections.adapter.http.error.ErrorBody;
import io.storageconnections.adapter.http.response.Json;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.RequestAllowance;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Lets each partition (a client, or the address of whoever has not said who it is) make so many
 * requests a minute. The first so many are served whatever their pace; then none until the minute
 * is over. Counted is what this node is asked, or what all nodes together are asked. Thread-safe.
 */
public final class RateLimit {

  private static final Duration WINDOW = Duration.ofMinutes(1);

  /** A count untouched for longer than its minute begins anew, so that forgetting it is safe. */
  private static final Duration FORGOTTEN_AFTER = WINDOW.multipliedBy(2);

  /** Bounds the memory. Whoever fills it needs as many valid clients or addresses. */
  private static final int PARTITIONS_MAX = 100_000;

  private static final String ADDRESS = "address ";

  private final int requestsPerMinute;
  private final Function<String, RequestCount> newCount;
  private final Cache<String, RequestCount> counts =
      Caffeine.newBuilder().maximumSize(PARTITIONS_MAX).expireAfterAccess(FORGOTTEN_AFTER).build();

  /**
   * A limit to what this node is asked.
   *
   * @param requestsPerMinute for each partition; 0 for no limit
   */
  public RateLimit(int requestsPerMinute, TimeMeter time) {
    this(requestsPerMinute, partition -> new OwnRequestCount(requestsPerMinute, WINDOW, time));
  }

  /**
   * A limit to what clients ask all nodes together, and strangers this one: what strangers send
   * must not cost the store anything.
   *
   * @param requestsPerMinute for each partition; 0 for no limit
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
      throw new IllegalArgumentException("fewer than no requests: " + requestsPerMinute);
    }
    this.requestsPerMinute = requestsPerMinute;
    this.newCount = newCount;
  }

  /** The partition of a client that has shown who it is. */
  public static String ofClient(Caller caller) {
    return "client " + caller.client();
  }

  /** The partition of whoever asks from an address and has not. */
  public static String ofAddress(String address) {
    return ADDRESS + address;
  }

  /**
   * Counts one request of {@code partition} and says so in the headers of the answer. If it is one
   * too many, answers it and returns false.
   */
  public boolean admits(Context ctx, String partition) {
    if (requestsPerMinute == 0) {
      return true;
    }
    var standing = count(partition).take();
    announce(ctx::header, standing.left(), standing.nanosToReset());
    if (!standing.isAdmitted()) {
      ctx.header("Retry-After", "" + wholeSeconds(standing.nanosToReset()));
      Json.write(ctx, 429, ErrorBody.tooManyRequests());
    }
    return standing.isAdmitted();
  }

  /**
   * Says in the headers of an answer how matters stand, without counting the request. When the
   * minute is over is told as its latest possible moment: whoever is not counted need not know it.
   *
   * @param headers takes a name and a value
   */
  public void addHeaders(BiConsumer<String, String> headers, String partition) {
    if (requestsPerMinute > 0) {
      announce(headers, count(partition).left(), WINDOW.toNanos());
    }
  }

  private RequestCount count(String partition) {
    return counts.get(partition, newCount);
  }

  /**
   * As draft-ietf-httpapi-ratelimit-headers words them. What remains for all nodes is an estimate,
   * for it was true when this one leased last: others may have leased since.
   */
  private void announce(BiConsumer<String, String> headers, long remaining, long nanosToReset) {
    headers.accept(
        "RateLimit-Policy", "\"default\";q=" + requestsPerMinute + ";w=" + WINDOW.toSeconds());
    headers.accept("RateLimit", "\"default\";r=" + remaining + ";t=" + wholeSeconds(nanosToReset));
  }

  private static long wholeSeconds(long nanos) {
    return Math.ceilDiv(nanos, TimeUnit.SECONDS.toNanos(1));
  }
}
