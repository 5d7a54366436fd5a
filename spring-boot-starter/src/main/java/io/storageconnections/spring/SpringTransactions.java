package io.storageconnections.spring;

import io.storageconnections.embedded.HostTransactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The transactions that Spring manages on the application's {@code DataSource}, with JDBC or JPA,
 * such as those of {@code @Transactional} methods.
 *
 * @param dataSource the data source of the application
 */
record SpringTransactions(DataSource dataSource) implements HostTransactions {

  @Override
  public Optional<Connection> current() {
    // Not DataSourceUtils.getConnection, which would take a connection from the pool for a
    // transaction of another data source, and keep it until that transaction ends.
    if (!TransactionSynchronizationManager.isActualTransactionActive()
        || !(TransactionSynchronizationManager.getResource(dataSource)
            instanceof ConnectionHolder holder)) {
      return Optional.empty();
    }
    var connection = holder.getConnection();
    try {
      return connection.getAutoCommit() ? Optional.empty() : Optional.of(connection);
    } catch (SQLException e) {
      throw new CannotGetJdbcConnectionException("The transaction's connection is broken", e);
    }
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
