package io.storageconnections.adapter.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.javalin.http.Context;
import io.storageconnections.application.port.Caller;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Lets each partition (a client, or the address of whoever has not said who it is) make so many
 * requests a minute. The first so many are served whatever their pace; then none until the minute
 * is over. The minutes follow each other from the partition's first request. Thread-safe.
 */
final class RateLimit {

  private static final Duration WINDOW = Duration.ofMinutes(1);

  /** A bucket untouched for longer than its minute is full again, so that forgetting it is safe. */
  private static final Duration FORGOTTEN_AFTER = WINDOW.multipliedBy(2);

  /** Bounds the memory. Whoever fills it needs as many valid clients or addresses. */
  private static final int PARTITIONS_MAX = 100_000;

  private final int requestsPerMinute;
  private final TimeMeter time;
  private final Cache<String, Bucket> buckets =
      Caffeine.newBuilder().maximumSize(PARTITIONS_MAX).expireAfterAccess(FORGOTTEN_AFTER).build();

  /**
   * A limit.
   *
   * @param requestsPerMinute for each partition; 0 for no limit
   */
  RateLimit(int requestsPerMinute, TimeMeter time) {
    this.requestsPerMinute = requestsPerMinute;
    this.time = time;
  }

  /** The partition of a client that has shown who it is. */
  static String ofClient(Caller caller) {
    return "client " + caller.client();
  }

  /** The partition of whoever asks from an address and has not. */
  static String ofAddress(String address) {
    return "address " + address;
  }

  /**
   * Counts one request of {@code partition} and says so in the headers of the answer. If it is one
   * too many, answers it and returns false.
   */
  boolean admits(Context ctx, String partition) {
    if (requestsPerMinute == 0) {
      return true;
    }
    var probe = bucket(partition).tryConsumeAndReturnRemaining(1);
    announce(ctx::header, probe.getRemainingTokens(), probe.getNanosToWaitForReset());
    if (!probe.isConsumed()) {
      ctx.header("Retry-After", "" + wholeSeconds(probe.getNanosToWaitForRefill()));
      Json.write(ctx, 429, ErrorBody.tooManyRequests());
    }
    return probe.isConsumed();
  }

  /**
   * Says in the headers of an answer how matters stand, without counting the request. When the
   * minute is over is told as its latest possible moment: whoever is not counted need not know it.
   *
   * @param headers takes a name and a value
   */
  void tell(BiConsumer<String, String> headers, String partition) {
    if (requestsPerMinute > 0) {
      var probe = bucket(partition).estimateAbilityToConsume(1);
      announce(headers, probe.getRemainingTokens(), WINDOW.toNanos());
    }
  }

  private Bucket bucket(String partition) {
    return buckets.get(partition, unknown -> newBucket());
  }

  private Bucket newBucket() {
    return Bucket.builder()
        .addLimit(
            Bandwidth.builder()
                .capacity(requestsPerMinute)
                .refillIntervally(requestsPerMinute, WINDOW)
                .build())
        .withCustomTimePrecision(time)
        .build();
  }

  /** As draft-ietf-httpapi-ratelimit-headers words them. */
  private void announce(BiConsumer<String, String> headers, long remaining, long nanosToReset) {
    headers.accept(
        "RateLimit-Policy", "\"default\";q=" + requestsPerMinute + ";w=" + WINDOW.toSeconds());
    headers.accept("RateLimit", "\"default\";r=" + remaining + ";t=" + wholeSeconds(nanosToReset));
  }

  private static long wholeSeconds(long nanos) {
    return Math.ceilDiv(nanos, TimeUnit.SECONDS.toNanos(1));
  }
}
