package io.storageconnections.spring;

import io.storageconnections.embedded.HostTransactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DelegatingDataSource;
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
    if (!TransactionSynchronizationManager.isActualTransactionActive()
        || !TransactionSynchronizationManager.isSynchronizationActive()) {
      return Optional.empty();
    }
    var holder = holder();
    if (holder == null) {
      return Optional.empty();
    }
    var connection = holder.getConnection();
    try {
      return connection.getAutoCommit() ? Optional.empty() : Optional.of(connection);
    } catch (SQLException e) {
      throw new CannotGetJdbcConnectionException("The transaction's connection is broken", e);
    }
  }

  /**
   * Returns what a transaction manager has bound to the data source, or to one that it delegates
   * to. Does not call {@code DataSourceUtils.getConnection}, which would take a connection from the
   * pool for a transaction of another data source, and keep it until that transaction ends.
   */
  private @Nullable ConnectionHolder holder() {
    DataSource candidate = dataSource;
    while (candidate != null) {
      if (TransactionSynchronizationManager.getResource(candidate)
          instanceof ConnectionHolder holder) {
        return holder;
      }
      candidate =
          candidate instanceof DelegatingDataSource delegating
              ? delegating.getTargetDataSource()
              : null;
    }
    return null;
  }

  @Override
  public void afterCommit(Runnable action) {
    TransactionSynchronizationManager.registerSynchronization(new AfterCommit(action));
  }

  /** Runs an action after the commit, unless the transaction returned to a savepoint before it. */
  private static final class AfterCommit implements TransactionSynchronization {

    private final Runnable action;
    private final Set<Object> laterSavepoints = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean isRolledBack;

    private AfterCommit(Runnable action) {
      this.action = action;
    }

    @Override
    public void savepoint(Object savepoint) {
      laterSavepoints.add(savepoint);
    }

    @Override
    public void savepointRollback(Object savepoint) {
      isRolledBack |= !laterSavepoints.contains(savepoint);
    }

    @Override
    public void afterCommit() {
      if (!isRolledBack) {
        action.run();
      }
    }
  }
}
