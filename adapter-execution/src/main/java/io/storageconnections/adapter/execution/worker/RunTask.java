package io.storageconnections.adapter.execution.worker;

import com.github.kagkarlsson.scheduler.exceptions.ExecutionException;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.shaded.jdbc.SQLRuntimeException;
import io.storageconnections.adapter.execution.queue.QueueTable;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.run.ExecuteRun;
import io.storageconnections.application.run.ExecuteRun.Done;
import io.storageconnections.application.run.ExecuteRun.Next;
import io.storageconnections.application.run.ExecuteRun.Requeue;
import io.storageconnections.application.run.ExecuteRun.Worker;
import io.storageconnections.domain.run.RunKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes the run that a worker has picked up, and then removes it from the queue or puts it back.
 * If neither is possible, because the database does not answer, another node finds the run when its
 * heartbeats have stopped. Thread-safe.
 */
public final class RunTask implements ExecutionHandler<Void> {

  private static final Logger LOG = LoggerFactory.getLogger(RunTask.class);

  /** How often a change of the queue is tried. */
  private static final int TRIES = 3;

  private static final Duration PAUSE_BETWEEN_TRIES = Duration.ofMillis(200);
  private static final Duration BACKOFF_MIN = Duration.ofSeconds(1);
  private static final Duration BACKOFF_MAX = Duration.ofSeconds(30);

  private final ExecuteRun executeRun;
  private final String node;
  private final Leases leases;
  private final InstantSource runClock;
  private final Runnable leaseLost;

  /**
   * Creates the task.
   *
   * @param executeRun executes a run
   * @param node the name of the node
   * @param leases the leases of the node
   * @param runClock the clock of the times at which runs are due
   * @param leaseLost is called when a lease has ended before the worker, and not by a shutdown
   */
  public RunTask(
      ExecuteRun executeRun,
      String node,
      Leases leases,
      InstantSource runClock,
      Runnable leaseLost) {
    this.executeRun = executeRun;
    this.node = node;
    this.leases = leases;
    this.runClock = runClock;
    this.leaseLost = leaseLost;
  }

  /** {@return the task of the scheduler} */
  Task<Void> definition() {
    return Tasks.custom(QueueTable.TASK, Void.class)
        // Called after an Error only: this class handles exceptions itself.
        .onFailure((failed, queue) -> putBackLater(failed, queue))
        .onDeadExecution((dead, queue) -> putBack(dead, queue))
        .execute(this);
  }

  @Override
  public CompletionHandler<Void> execute(TaskInstance<Void> run, ExecutionContext context) {
    var execution = context.getExecution();
    var lease = leases.lease(context.getCurrentlyExecuting());
    try {
      return lease.mustStop()
          ? this::putBack
          : handler(
              executeRun.execute(
                  RunKey.parse(run.getId()), new Worker(execution.version, node, lease)));
    } catch (InterruptedException interrupted) {
      return this::putBack;
    } catch (RuntimeException failure) {
      if (lease.mustStop()) {
        LOG.debug("Node {} stopped run {}", node, run.getId(), failure);
        return this::putBack;
      }
      log(run.getId(), failure);
      return (complete, queue) -> putBackLater(failed(complete, failure), queue);
    } finally {
      if (lease.mustStop() && !leases.haveEnded()) {
        leaseLost.run();
      }
      leases.end(execution);
      // An interrupted thread gets no database connection.
      Thread.interrupted();
    }
  }

  private CompletionHandler<Void> handler(Next next) {
    return switch (next) {
      case Done done -> (complete, queue) -> change(complete, queue::remove);
      case Requeue(Instant time) when time.isAfter(runClock.instant()) ->
          (complete, queue) -> change(complete, () -> queue.reschedule(complete, time));
      case Requeue requeue -> this::putBack;
    };
  }

  /** Puts a run back at its old place, before the runs that were queued after it. */
  private void putBack(ExecutionComplete complete, ExecutionOperations<Void> queue) {
    change(complete, () -> queue.reschedule(complete, complete.getExecution().getExecutionTime()));
  }

  private void putBackLater(ExecutionComplete failed, ExecutionOperations<Void> queue) {
    change(failed, () -> queue.reschedule(failed, afterBackoff(failed)));
  }

  /** Returns the completion as a failure, which the queue counts. */
  private static ExecutionComplete failed(ExecutionComplete complete, RuntimeException cause) {
    var time = complete.getTimeDone();
    return ExecutionComplete.failure(complete.getExecution(), time, time, cause);
  }

  private void log(String run, RuntimeException failure) {
    if (failure instanceof StoreException) {
      LOG.warn("Node {} puts run {} back: {}", node, run, OutageLog.causes(failure));
    } else {
      LOG.error("Node {} puts run {} back after a defect", node, run, failure);
    }
  }

  /** Returns when a run is due that has failed: now, and later if it failed just before, too. */
  private Instant afterBackoff(ExecutionComplete failed) {
    var failuresBefore = failed.getExecution().consecutiveFailures;
    var now = runClock.instant();
    if (failuresBefore == 0) {
      return failed.getExecution().getExecutionTime();
    }
    var doubled = BACKOFF_MIN.multipliedBy(1L << Math.min(failuresBefore - 1, 10));
    return now.plus(doubled.compareTo(BACKOFF_MAX) < 0 ? doubled : BACKOFF_MAX);
  }

  /**
   * Changes the row of an execution, unless another node has changed it: this worker was fenced
   * then, which is no failure.
   */
  private static void change(ExecutionComplete complete, Runnable change) {
    Execution execution = complete.getExecution();
    for (var attempt = 1; attempt <= TRIES; attempt++) {
      try {
        change.run();
        return;
      } catch (ExecutionException fenced) {
        LOG.debug("Another node has changed {}", execution);
        return;
      } catch (SQLRuntimeException failure) {
        if (attempt == TRIES) {
          LOG.warn(
              "The queue could not be changed, so a node will find run {} by its missing"
                  + " heartbeats: {}",
              execution.getId(),
              OutageLog.causes(failure));
        } else {
          pause();
        }
      }
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_BETWEEN_TRIES.toMillis());
    } catch (InterruptedException interrupted) {
      // The flag stays cleared: an interrupted thread gets no database connection.
      LOG.debug("Interrupted while the queue is changed");
    }
  }
}
