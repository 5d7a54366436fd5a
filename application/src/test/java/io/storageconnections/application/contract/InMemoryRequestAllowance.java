package io.storageconnections.application.contract;

import io.storageconnections.application.port.RequestLease;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** An allowance that nodes within one JVM share. */
public class InMemoryRequestAllowance {

  private final Map<String, Window> windows = new HashMap<>();
  private final LongSupplier nanos;

  /** An allowance whose windows are measured by the clock of this JVM. */
  public InMemoryRequestAllowance() {
    this(System::nanoTime);
  }

  /** An allowance whose windows are measured by {@code nanos}. */
  public InMemoryRequestAllowance(LongSupplier nanos) {
    this.nanos = nanos;
  }

  private record Window(int left, long ends) {}

  /** Leases requests, as {@link RequestAllowanceContract} says. */
  public synchronized RequestLease lease(String partition, int wanted, int limit, Duration window) {
    var now = nanos.getAsLong();
    var known = windows.get(partition);
    var running =
        known == null || known.ends - now <= 0 ? new Window(limit, now + window.toNanos()) : known;
    var granted = Math.min(wanted, running.left);
    var left = running.left - granted;
    windows.put(partition, new Window(left, running.ends));
    return new RequestLease(granted, left, Duration.ofNanos(running.ends - now));
  }
}
