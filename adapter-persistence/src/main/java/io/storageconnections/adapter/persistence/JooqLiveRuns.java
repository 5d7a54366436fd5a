package io.storageconnections.adapter.persistence;

import io.storageconnections.adapter.persistence.run.LiveRunRows;
import io.storageconnections.adapter.persistence.sql.Transactions;
import io.storageconnections.application.port.LiveRuns;
import io.storageconnections.application.port.StoreException;
import javax.sql.DataSource;

/** Counts the live runs in an SQL database, on which {@link Migrations} were run. Thread-safe. */
public final class JooqLiveRuns {

  private final Transactions transactions;

  private JooqLiveRuns(Transactions transactions) {
    this.transactions = transactions;
  }

  /**
   * Creates a counter on a database.
   *
   * @param dataSource as for {@link JooqStorageConnectionStore#on}
   * @return the counter, which need not be closed
   * @throws StoreException if the database cannot be reached to ask for its dialect
   */
  public static JooqLiveRuns on(DataSource dataSource) {
    return new JooqLiveRuns(Transactions.on(dataSource));
  }

  /**
   * Counts the live runs of all iModels, with one statement.
   *
   * @return the numbers, all of the same moment
   * @throws StoreException if the database cannot answer
   */
  public LiveRuns count() {
    return transactions.run("counting the live runs", () -> LiveRunRows.count(transactions.dsl()));
  }
}
