package io.storageconnections.adapter.execution;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.exceptions.DbSchedulerException;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.storageconnections.adapter.execution.queue.BorrowedConnection;
import io.storageconnections.adapter.execution.queue.QueueTable;
import io.storageconnections.domain.run.RunKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * Adds runs to the queue and removes them, in the transaction of the caller: the store of runs
 * calls it when it starts or completes a run, so that the queue always agrees with the runs. It
 * starts no thread and needs no {@link RunEngine}. H2 and PostgreSQL. Thread-safe; the connection
 * is used by the calling thread only.
 */
public final class RunExecutions {

  private static final String REMOVE =
      "delete from "
          + QueueTable.NAME
          + " where task_name = ? and task_instance = ? and picked = false";

  /** Creates the queue's side of transactions. It has no state. */
  public RunExecutions() {}

  /**
   * Adds a run to the queue, with one INSERT. A worker can pick it up as soon as the caller has
   * committed the transaction; {@link RunEngine#wake} lets the workers of this node look at once.
   *
   * @param transaction the connection of the caller; is neither committed nor closed
   * @param run the run; was never in the queue before
   * @param priority runs with a higher priority are picked up first; among equal ones, those that
   *     were queued earlier. In the range of a {@code short}
   * @param now the current time. It may be later than the workers' time by up to ten minutes
   * @throws IllegalArgumentException if {@code priority} is out of range
   * @throws SQLException if the database cannot add the run
   */
  public void enqueue(Connection transaction, RunKey run, int priority, Instant now)
      throws SQLException {
    if (priority != (short) priority) {
      throw new IllegalArgumentException("the priority must be a short: " + priority);
    }
    var client =
        SchedulerClient.Builder.create(new BorrowedConnection(transaction))
            .tableName(QueueTable.NAME)
            .jdbcCustomization(QueueTable.SQL)
            .serializer(QueueTable.NO_DATA)
            .enablePriority()
            .build();
    var execution =
        new TaskInstance.Builder<Void>(QueueTable.TASK, run.toString()).priority(priority).build();
    try {
      // Another method would read the row before, and again after an error.
      client.scheduleBatch(List.of(execution), QueueTable.dueNow(now));
    } catch (DbSchedulerException failure) {
      throw sqlException(failure);
    }
  }

  /**
   * Removes a run from the queue if no worker has picked it up. A worker that has the run removes
   * it when it is done.
   *
   * @param transaction the connection of the caller; is neither committed nor closed
   * @param run the run; need not be in the queue
   * @throws SQLException if the database cannot remove the run
   */
  public void remove(Connection transaction, RunKey run) throws SQLException {
    try (var statement = transaction.prepareStatement(REMOVE)) {
      statement.setString(1, QueueTable.TASK);
      statement.setString(2, run.toString());
      statement.executeUpdate();
    }
  }

  /** Returns the failure of the database, which tells the caller whether a retry makes sense. */
  private static SQLException sqlException(DbSchedulerException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return sql;
      }
    }
    throw failure;
  }
}
