package io.storageconnections.adapter.http;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A time that passes when it is told to. Thread-safe. */
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
