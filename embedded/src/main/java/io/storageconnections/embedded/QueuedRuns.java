package io.storageconnections.embedded;

import io.storageconnections.adapter.execution.RunExecutions;
import io.storageconnections.adapter.persistence.RunQueueTable;
import io.storageconnections.domain.run.RunKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/**
 * Lets the store of runs write into the queue of the workers, within its own transactions: the two
 * adapters do not know each other.
 */
record QueuedRuns(RunExecutions executions) implements RunQueueTable {

  @Override
  public void add(Connection transaction, RunKey run, int priority, Instant now)
      throws SQLException {
    executions.enqueue(transaction, run, priority, now);
  }

  @Override
  public void remove(Connection transaction, RunKey run) throws SQLException {
    executions.remove(transaction, run);
  }
}
