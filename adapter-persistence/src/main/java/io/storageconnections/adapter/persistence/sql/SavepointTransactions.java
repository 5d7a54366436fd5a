package io.storageconnections.adapter.persistence.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import org.jooq.Transaction;
import org.jooq.TransactionContext;
import org.jooq.TransactionProvider;
import org.jooq.exception.DataAccessException;

/**
 * Makes each transaction of jOOQ a savepoint in a transaction of the host. Never commits, rolls
 * back or closes the host's transaction.
 *
 * @param connection the connection on which the host's transaction is open
 */
record SavepointTransactions(Connection connection) implements TransactionProvider {

  private record AtSavepoint(Savepoint savepoint) implements Transaction {}

  /** A statement of JDBC about a savepoint. */
  @FunctionalInterface
  private interface SavepointStatement {

    void execute(Savepoint savepoint) throws SQLException;
  }

  @Override
  public void begin(TransactionContext context) {
    try {
      context.transaction(new AtSavepoint(connection.setSavepoint()));
    } catch (SQLException failure) {
      throw new DataAccessException("setting a savepoint", failure);
    }
  }

  @Override
  public void commit(TransactionContext context) {
    execute("releasing a savepoint", connection::releaseSavepoint, context);
  }

  @Override
  public void rollback(TransactionContext context) {
    execute("rolling back to a savepoint", connection::rollback, context);
  }

  private static void execute(
      String doing, SavepointStatement statement, TransactionContext context) {
    if (!(context.transaction() instanceof AtSavepoint(var savepoint))) {
      throw new IllegalStateException("no savepoint is set");
    }
    try {
      statement.execute(savepoint);
    } catch (SQLException failure) {
      throw new DataAccessException(doing, failure);
    }
  }
}
