package io.storageconnections.adapter.execution.worker;

import com.github.kagkarlsson.scheduler.Clock;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.TaskResolver;
import com.github.kagkarlsson.scheduler.jdbc.JdbcTaskRepository;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.shaded.jdbc.SQLRuntimeException;
import io.storageconnections.adapter.execution.clock.DatabaseClock;
import io.storageconnections.adapter.execution.queue.QueueTable;
import io.storageconnections.adapter.execution.worker.Leases.Heartbeat;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

/**
 * The queue as the scheduler sees it. It keeps the leases in step with what the database has
 * stored, and reports an outage of the database once instead of at every attempt. Thread-safe.
 */
final class RunRepository extends JdbcTaskRepository {

  private final InstantSource runClock;
  private final DatabaseClock heartbeatClock;
  private final Leases leases;
  private final OutageLog outages;
  private final ReentrantLock polling = new ReentrantLock();

  /** Guarded by {@link #polling}. */
  private boolean stopped;

  RunRepository(
      DataSource dataSource,
      TaskResolver tasks,
      SchedulerName node,
      InstantSource runClock,
      DatabaseClock heartbeatClock,
      Leases leases,
      OutageLog outages) {
    super(
        dataSource,
        true,
        QueueTable.SQL,
        QueueTable.NAME,
        tasks,
        node,
        QueueTable.NO_DATA,
        true,
        (Clock) heartbeatClock::instant);
    this.runClock = runClock;
    this.heartbeatClock = heartbeatClock;
    this.leases = leases;
    this.outages = outages;
  }

  /**
   * Prevents that the node picks up more runs, and waits until it has finished doing so.
   *
   * @return whether it has finished
   * @throws InterruptedException if the thread is interrupted; the node may then pick up runs once
   */
  boolean stop(Duration atMost) throws InterruptedException {
    if (!polling.tryLock(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
      return false;
    }
    try {
      stopped = true;
      return true;
    } finally {
      polling.unlock();
    }
  }

  /** Picks up runs that are due by the clock of runs; heartbeats are of the database's clock. */
  @Override
  public List<Execution> lockAndGetDue(Instant now, int limit) {
    polling.lock();
    try {
      if (stopped || leases.haveEnded()) {
        return List.of();
      }
      if (!heartbeatClock.isRead()) {
        heartbeatClock.read();
      }
      var beforePick = Heartbeat.now();
      var picked = super.lockAndGetDue(runClock.instant(), limit);
      picked.forEach(execution -> leases.begin(execution, beforePick));
      outages.answered();
      return picked;
    } catch (SQLException | SQLRuntimeException failure) {
      outages.failed(failure);
      return List.of();
    } finally {
      polling.unlock();
    }
  }

  /**
   * Sends a heartbeat, without another try: the next one follows soon, and further runs of the node
   * wait for theirs.
   */
  @Override
  public boolean updateHeartbeatWithRetry(Execution execution, Instant time, int tries) {
    var beforeHeartbeat = Heartbeat.now();
    try {
      // Not the given time, because the heartbeats of other runs may have taken long.
      var stored = updateHeartbeat(execution, heartbeatClock.instant());
      if (stored) {
        leases.extend(execution, beforeHeartbeat);
      } else {
        // Another node has the run, or it is completed.
        leases.end(execution);
      }
      outages.answered();
      return stored;
    } catch (SQLRuntimeException failure) {
      outages.failed(failure);
      return false;
    }
  }

  @Override
  public List<Execution> getDeadExecutions(Instant olderThan) {
    if (!heartbeatClock.isRead()) {
      return List.of();
    }
    try {
      return super.getDeadExecutions(olderThan);
    } catch (SQLRuntimeException failure) {
      outages.failed(failure);
      return List.of();
    }
  }
}
