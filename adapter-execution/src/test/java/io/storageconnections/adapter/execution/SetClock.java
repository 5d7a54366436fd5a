package io.storageconnections.adapter.execution;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until the test sets it. Thread-safe. */
final class SetClock extends Clock {

  private volatile Instant time;

  SetClock(Instant time) {
    this.time = time;
  }

  void set(Instant to) {
    time = to;
  }

  void advance(Duration by) {
    time = time.plus(by);
  }

  @Override
  public Instant instant() {
    return time;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
