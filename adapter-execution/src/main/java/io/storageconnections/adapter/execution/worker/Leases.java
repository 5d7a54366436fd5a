package io.storageconnections.adapter.execution.worker;

import com.github.kagkarlsson.scheduler.CurrentlyExecuting;
import com.github.kagkarlsson.scheduler.task.Execution;
import io.storageconnections.application.run.ExecuteRun.Lease;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The leases that this node has on runs. A lease begins when the node picks up a run, and each
 * heartbeat that the database has stored extends it. It ends well before the other nodes count the
 * node as dead, so that the worker has stopped before another one continues. Thread-safe.
 */
public final class Leases {

  /**
   * A lease ends after this fraction of the time after which other nodes count this one as dead.
   */
  static final double USABLE_PART = 0.75;

  private final Duration length;
  private final Map<Pick, Heartbeat> heartbeats = new ConcurrentHashMap<>();
  private volatile boolean ended;

  /**
   * Creates the leases of a node.
   *
   * @param untilDead the time without a heartbeat after which other nodes count this one as dead
   */
  public Leases(Duration untilDead) {
    this.length = Duration.ofMillis((long) (untilDead.toMillis() * USABLE_PART));
  }

  /** Ends all leases, also those that would begin later. */
  public void endAll() {
    ended = true;
  }

  /** {@return whether all leases ended because the node shuts down} */
  boolean haveEnded() {
    return ended;
  }

  void begin(Execution execution, Heartbeat picked) {
    heartbeats.put(Pick.of(execution), picked);
  }

  void extend(Execution execution, Heartbeat stored) {
    heartbeats.computeIfPresent(Pick.of(execution), (pick, previous) -> stored);
  }

  void end(Execution execution) {
    heartbeats.remove(Pick.of(execution));
  }

  Lease lease(CurrentlyExecuting executing) {
    var pick = Pick.of(executing.getExecution());
    return () ->
        ended || isTooOld(pick) || executing.getHeartbeatState().getFractionDead() >= USABLE_PART;
  }

  private boolean isTooOld(Pick pick) {
    var last = heartbeats.get(pick);
    return last == null || last.age().compareTo(length) >= 0;
  }

  /** One pick of a run: the version of the row changes with every pick. */
  private record Pick(String run, long version) {

    static Pick of(Execution execution) {
      return new Pick(execution.getId(), execution.version);
    }
  }

  /**
   * A moment before the node sent a heartbeat.
   *
   * @param nanos by the monotonic clock
   * @param millis by the clock of the node, which also counts while the machine is suspended
   */
  record Heartbeat(long nanos, long millis) {

    static Heartbeat now() {
      return new Heartbeat(System.nanoTime(), System.currentTimeMillis());
    }

    /** Returns the age by the clock that has advanced more. */
    Duration age() {
      var now = now();
      return Duration.ofNanos(
          Math.max(now.nanos - nanos, TimeUnit.MILLISECONDS.toNanos(now.millis - millis)));
    }
  }
}
