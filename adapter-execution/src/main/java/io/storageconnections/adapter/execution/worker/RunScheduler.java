package io.storageconnections.adapter.execution.worker;

import com.github.kagkarlsson.scheduler.PollingStrategyConfig;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.TaskResolver;
import com.github.kagkarlsson.scheduler.Waiter;
import com.github.kagkarlsson.scheduler.event.SchedulerListeners;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import io.storageconnections.adapter.execution.clock.DatabaseClock;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * The scheduler of one node: it polls the queue, executes runs, sends heartbeats, and revives the
 * runs of dead nodes. It has a thread for each worker, one that polls, and three for the rest; none
 * before {@link #start}. Thread-safe.
 */
public final class RunScheduler extends Scheduler {

  private static final Duration CLOCK_INTERVAL = Duration.ofSeconds(10);

  /** The part of the time for a shutdown in which workers stop without being interrupted. */
  private static final double UNINTERRUPTED_PART = 0.75;

  /** An unknown task belongs to another version of the software, and is kept for it. */
  private static final Duration NEVER = Duration.ofMillis(Long.MAX_VALUE);

  private final ExecutorService workers;
  private final ScheduledExecutorService housekeeper;
  private final RunRepository repository;
  private final DatabaseClock heartbeatClock;
  private final Leases leases;
  private final OutageLog outages;

  private RunScheduler(
      Settings settings,
      RunRepository repository,
      TaskResolver tasks,
      DatabaseClock heartbeatClock,
      Leases leases,
      OutageLog outages,
      ExecutorService workers,
      ScheduledExecutorService housekeeper) {
    super(
        heartbeatClock::instant,
        repository,
        repository,
        tasks,
        settings.workers(),
        workers,
        new SchedulerName.Fixed(settings.node()),
        // By the monotonic clock: the workers poll at the same pace when a clock is corrected, and
        // in tests when it stands still.
        new Waiter(settings.pollingInterval(), () -> Instant.EPOCH.plusNanos(System.nanoTime())),
        settings.heartbeat(),
        settings.missedHeartbeats(),
        List.of(),
        List.of(),
        pollForEachFreeWorker(settings.workers()),
        NEVER,
        // The workers have stopped before the scheduler does.
        Duration.ZERO,
        LogLevel.ERROR,
        true,
        List.of(),
        Executors.newSingleThreadExecutor(WorkerThreads.named("run-polling")),
        housekeeper);
    this.workers = workers;
    this.housekeeper = housekeeper;
    this.repository = repository;
    this.heartbeatClock = heartbeatClock;
    this.leases = leases;
    this.outages = outages;
  }

  /**
   * Creates a scheduler.
   *
   * @param dataSource the database
   * @param settings the settings
   * @param task executes runs
   * @param runClock the clock of the times at which runs are due
   * @param heartbeatClock the clock of heartbeats
   * @param leases the leases of the node
   * @return the scheduler, which has no thread yet
   */
  public static RunScheduler create(
      DataSource dataSource,
      Settings settings,
      RunTask task,
      InstantSource runClock,
      DatabaseClock heartbeatClock,
      Leases leases) {
    var tasks =
        new TaskResolver(
            new SchedulerListeners(List.of()), heartbeatClock::instant, List.of(task.definition()));
    var outages = new OutageLog(settings.node());
    var repository =
        new RunRepository(
            dataSource,
            tasks,
            new SchedulerName.Fixed(settings.node()),
            runClock,
            heartbeatClock,
            leases,
            outages);
    return new RunScheduler(
        settings,
        repository,
        tasks,
        heartbeatClock,
        leases,
        outages,
        workers(settings.workers()),
        Executors.newScheduledThreadPool(3, WorkerThreads.named("run-heartbeat")));
  }

  /**
   * Returns the threads of the workers. If they were shut down while the node picked up a run, the
   * thread that polls puts the run back.
   */
  private static ExecutorService workers(int count) {
    return new ThreadPoolExecutor(
        count,
        count,
        0,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        WorkerThreads.named("run-worker"),
        (task, pool) -> task.run());
  }

  /**
   * Returns the strategy that never picks up more runs than there are free workers, and polls again
   * as soon as one worker is free, if there may be more runs. With a lower limit that counts more
   * free workers, runs that take long would let the rest of the workers wait for the next poll.
   */
  private static PollingStrategyConfig pollForEachFreeWorker(int workers) {
    // The scheduler multiplies by the number of workers and rounds down.
    return new PollingStrategyConfig(
        PollingStrategyConfig.Type.LOCK_AND_FETCH, (workers - 0.5) / workers, 1.0);
  }

  @Override
  public void start() {
    readClock();
    super.start();
    var unused =
        housekeeper.scheduleWithFixedDelay(
            this::readClock,
            CLOCK_INTERVAL.toMillis(),
            CLOCK_INTERVAL.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private void readClock() {
    try {
      heartbeatClock.read();
    } catch (SQLException | RuntimeException failure) {
      // The executor would not call this method again after an exception.
      outages.failed(failure);
    }
  }

  /** {@return whether the last statement on the queue succeeded; true before the first one} */
  public boolean reachesQueue() {
    return !outages.isOutage();
  }

  /**
   * Stops the workers, which put their runs back into the queue, and then all threads.
   *
   * @param atMost the time for the workers; they are interrupted before it has passed
   */
  public void stop(Duration atMost) {
    leases.endAll();
    var end = System.nanoTime() + atMost.toNanos();
    var wasInterrupted = Thread.interrupted();
    try {
      repository.stop(remaining(end));
      workers.shutdown();
      var uninterrupted = Duration.ofNanos((long) (remaining(end).toNanos() * UNINTERRUPTED_PART));
      if (!workers.awaitTermination(uninterrupted.toNanos(), TimeUnit.NANOSECONDS)) {
        workers.shutdownNow();
        workers.awaitTermination(remaining(end).toNanos(), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException interrupted) {
      wasInterrupted = true;
      workers.shutdownNow();
    }
    // Otherwise a thread that has just polled would wait once more.
    triggerCheckForDueExecutions();
    stop();
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static Duration remaining(long end) {
    return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
  }

  /**
   * The settings of a scheduler.
   *
   * @param node the name of the node
   * @param workers how many runs the node executes at the same time
   * @param pollingInterval how often the node looks for runs
   * @param heartbeat the time between two heartbeats
   * @param missedHeartbeats after how many missing heartbeats a node counts as dead
   */
  public record Settings(
      String node,
      int workers,
      Duration pollingInterval,
      Duration heartbeat,
      int missedHeartbeats) {}
}
