package io.storageconnections.adapter.persistence;

import io.storageconnections.domain.run.RunKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/**
 * The queue of runs, within the transactions of a {@link JooqRunStore}, so that a run and its place
 * in the queue are stored together. An implementation neither commits, nor rolls back, nor closes
 * the connection. Thread-safe.
 */
public interface RunQueueTable {

  /** A queue whose runs are never executed: for services that only read runs. */
  RunQueueTable NONE =
      new RunQueueTable() {
        @Override
        public void add(Connection transaction, RunKey run, int priority, Instant now) {}

        @Override
        public void remove(Connection transaction, RunKey run) {}
      };

  /**
   * Adds a run, for a worker of any node.
   *
   * @param transaction the connection on which the transaction is open
   * @param run the run
   * @param priority workers pick up runs of a higher priority first; 0 or less
   * @param now the current time, from which on the run is due
   * @throws SQLException if the database refuses it
   */
  void add(Connection transaction, RunKey run, int priority, Instant now) throws SQLException;

  /**
   * Removes a run that is completed, unless a worker has picked it up; that worker removes it.
   *
   * @param transaction the connection on which the transaction is open
   * @param run the run
   * @throws SQLException if the database refuses it
   */
  void remove(Connection transaction, RunKey run) throws SQLException;
}
