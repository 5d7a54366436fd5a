package io.storageconnections.spring;

import io.storageconnections.embedded.HostTransactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The transactions that Spring manages on the application's {@code DataSource}, such as those of
 * {@code @Transactional} methods.
 *
 * @param dataSource the data source of the application
 */
record SpringTransactions(DataSource dataSource) implements HostTransactions {

  @Override
  public Optional<Connection> current() {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      return Optional.empty();
    }
    var connection = DataSourceUtils.getConnection(dataSource);
    try {
      if (!connection.getAutoCommit()) {
        // Spring releases the connection at the end of the transaction.
        return Optional.of(connection);
      }
    } catch (SQLException e) {
      throw new CannotGetJdbcConnectionException("The transaction's connection is broken", e);
    }
    // The current transaction is one of another data source.
    DataSourceUtils.releaseConnection(connection, dataSource);
    return Optional.empty();
  }

  @Override
  public void afterCommit(Runnable action) {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            action.run();
          }
        });
  }
}
