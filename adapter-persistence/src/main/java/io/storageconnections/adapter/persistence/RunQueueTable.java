package io.storageconnections.adapter.persistence;

import static java.util.Objects.requireNonNull;

import io.storageconnections.domain.run.RunKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/**
 * The queue of runs, within the transactions of a {@link JooqRunStore}, so that a run and its place
 * in the queue are stored together. Neither function commits, rolls back or closes the connection.
 * Both are thread-safe.
 *
 * @param addition adds a run
 * @param removal removes a run
 */
public record RunQueueTable(Addition addition, Removal removal) {

  /** A queue whose runs are never executed: for services that only read runs. */
  public static final RunQueueTable NONE =
      new RunQueueTable((transaction, run, priority, now) -> {}, (transaction, run) -> {});

  /** Checks that neither function is null. */
  public RunQueueTable {
    requireNonNull(addition, "addition");
    requireNonNull(removal, "removal");
  }

  /** Adds a run, for a worker of any node. */
  @FunctionalInterface
  public interface Addition {

    /**
     * Adds a run.
     *
     * @param transaction the connection on which the transaction is open
     * @param run the run
     * @param priority workers pick up runs of a higher priority first; 0 or less
     * @param now the current time, from which on the run is due
     * @throws SQLException if the database refuses it
     */
    void add(Connection transaction, RunKey run, int priority, Instant now) throws SQLException;
  }

  /** Removes a run that is completed, unless a worker has picked it up; that worker removes it. */
  @FunctionalInterface
  public interface Removal {

    /**
     * Removes a run.
     *
     * @param transaction the connection on which the transaction is open
     * @param run the run
     * @throws SQLException if the database refuses it
     */
    void remove(Connection transaction, RunKey run) throws SQLException;
  }
}
