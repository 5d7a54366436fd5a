package io.storageconnections.adapter.http;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that advances only when the test advances it. Thread-safe. */
final class SettableTime implements TimeMeter {

  private final AtomicLong nanos = new AtomicLong(1);

  void pass(Duration duration) {
    nanos.addAndGet(duration.toNanos());
  }

  @Override
  public long currentTimeNanos() {
    return nanos.get();
  }

  @Override
  public boolean isWallClockBased() {
    return false;
  }
}
