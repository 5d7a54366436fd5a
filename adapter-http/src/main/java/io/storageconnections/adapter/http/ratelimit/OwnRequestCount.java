package io.storageconnections.adapter.http.ratelimit;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/** Counts the requests to this node only. The first window begins with the first request. */
public final class OwnRequestCount implements RequestCount {

  private final Bucket bucket;

  /** Creates the count of one partition. */
  public OwnRequestCount(int limit, Duration window, TimeMeter time) {
    this.bucket =
        Bucket.builder()
            .addLimit(Bandwidth.builder().capacity(limit).refillIntervally(limit, window).build())
            .withCustomTimePrecision(time)
            .build();
  }

  @Override
  public RateLimitStatus take() {
    var probe = bucket.tryConsumeAndReturnRemaining(1);
    return new RateLimitStatus(
        probe.isConsumed(), probe.getRemainingTokens(), probe.getNanosToWaitForReset());
  }

  @Override
  public long left() {
    return bucket.estimateAbilityToConsume(1).getRemainingTokens();
  }
}
