package io.storageconnections.embedded;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.UseCases;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.port.TransactionConflictException;
import jakarta.validation.ValidatorFactory;
import java.sql.Connection;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/**
 * The use cases of storage connections on a database of the host. Thread-safe. A host keeps one
 * service for each of its databases for as long as it runs.
 *
 * <p>The service reads no environment variable, system property or file, and keeps its state only
 * in the database. It starts a thread only if it has a {@link ChangeListener}, and executes runs
 * only if the host starts {@linkplain #workers workers}.
 *
 * <p>Each request to {@link #useCases()} is a transaction of its own, on a connection of its own,
 * unless the service {@linkplain StorageConnectionsServiceBuilder#transactions finds} a transaction
 * of the host. A request to {@link #within} is part of a transaction of the host. The service never
 * joins one by accident: if the host's {@code DataSource} returns a connection with an open
 * transaction, the request fails with an {@link IllegalStateException}.
 */
public final class StorageConnectionsService implements AutoCloseable {

  private final UseCases useCases;
  private final HostTransactionUseCasesFactory hostTransactions;
  private final UnaryOperator<UseCases> decorator;
  private final ValidatorFactory validators;
  private final StartedWorkers workers;

  StorageConnectionsService(
      UseCases useCases,
      HostTransactionUseCasesFactory hostTransactions,
      UnaryOperator<UseCases> decorator,
      ValidatorFactory validators,
      StartedWorkers workers) {
    this.useCases = decorator.apply(useCases);
    this.hostTransactions = hostTransactions;
    this.decorator = decorator;
    this.validators = validators;
    this.workers = workers;
  }

  /**
   * Builds a service with the default configuration.
   *
   * @param dataSource meets the conditions of {@link #builder}
   * @return the service; the caller closes it
   * @throws StoreException if the database cannot be reached or refuses a migration
   * @throws IllegalArgumentException if the database's connections have another isolation level
   *     than READ COMMITTED
   * @throws IllegalStateException if the connections are not in auto-commit mode, or if Flyway is
   *     not on the class path
   */
  public static StorageConnectionsService on(DataSource dataSource) {
    return builder(dataSource).build();
  }

  /**
   * Returns a builder of a service.
   *
   * @param dataSource returns connections to an H2 or PostgreSQL database, in auto-commit mode and
   *     of isolation level READ COMMITTED; the host closes it, after the service
   * @return a new builder with the default configuration
   */
  public static StorageConnectionsServiceBuilder builder(DataSource dataSource) {
    return new StorageConnectionsServiceBuilder(requireNonNull(dataSource, "dataSource"));
  }

  /**
   * Returns a builder of a service that uses no database of its own. The host sets a {@linkplain
   * StorageConnectionsServiceBuilder#store store} and a {@linkplain
   * StorageConnectionsServiceBuilder#iModels directory of iModels}.
   *
   * @return a new builder
   */
  public static StorageConnectionsServiceBuilder builder() {
    return new StorageConnectionsServiceBuilder(null);
  }

  /** {@return the use cases; a host calls them only until it closes the service} */
  public UseCases useCases() {
    return useCases;
  }

  /**
   * Returns the use cases within a transaction of the host. They neither commit, nor roll back, nor
   * close it: what they change takes effect if and when the host commits. A request that fails, for
   * example because a file is mapped already, leaves the transaction usable. Workers find a run
   * that is started in the transaction by polling, after the commit.
   *
   * <p>After a {@link TransactionConflictException} the host rolls its transaction back and repeats
   * all of it; after a {@link StoreException} it rolls it back. A request throws an {@link
   * IllegalStateException} if an earlier statement of the host has made the transaction unusable
   * (PostgreSQL).
   *
   * <p>The isolation level READ COMMITTED has no restrictions. At REPEATABLE READ and SERIALIZABLE
   * more requests end with a {@code TransactionConflictException}, and a service with {@linkplain
   * StorageConnectionsServiceBuilder#limits limits} throws an {@link IllegalStateException},
   * because it could count outdated rows.
   *
   * @param connection a connection to the service's database, on which the host has begun a
   *     transaction
   * @return the use cases, for the thread and the transaction of {@code connection}; not
   *     thread-safe
   * @throws IllegalArgumentException if the connection is closed or in auto-commit mode, or if its
   *     isolation level is READ UNCOMMITTED on H2
   * @throws IllegalStateException if the service has a store of the host, or if it has listeners,
   *     which {@link #within(Connection, Consumer)} tells of the commit
   * @throws StoreException if the connection is broken
   */
  public UseCases within(Connection connection) {
    return decorator.apply(hostTransactions.within(requireNonNull(connection, "connection"), null));
  }

  /**
   * Returns the use cases within a transaction of the host, like {@link #within(Connection)}, for a
   * service with listeners, or with workers, which begin a run right after the commit.
   *
   * @param connection as for {@link #within(Connection)}
   * @param afterCommit gets an action for each change and for each start of a run. The host runs
   *     the action after it committed the transaction, and never if it rolled it back. The action
   *     returns at once
   * @return as {@link #within(Connection)}
   * @throws IllegalArgumentException as {@link #within(Connection)}
   * @throws IllegalStateException if the service has a store of the host
   * @throws StoreException if the connection is broken
   */
  public UseCases within(Connection connection, Consumer<Runnable> afterCommit) {
    return decorator.apply(
        hostTransactions.within(
            requireNonNull(connection, "connection"), requireNonNull(afterCommit, "afterCommit")));
  }

  /**
   * Returns a builder of the workers that execute runs on this node. Without workers, runs of this
   * service are executed by workers of other nodes on the same database, or wait for them.
   *
   * @param dataSource a pool on the database of this service, of its own, with at least four
   *     connections and one for each worker, so that workers and requests do not wait for each
   *     other; the host closes it after the workers
   * @return a new builder with the default configuration
   * @throws IllegalStateException if the service has a store of the host
   * @throws StoreException if the database cannot be reached
   */
  public RunWorkersBuilder workers(DataSource dataSource) {
    requireNonNull(dataSource, "dataSource");
    return hostTransactions.workers(dataSource, workers);
  }

  /**
   * Closes the resources that the service has created. Does not close the {@code DataSource}. If
   * the service has listeners, waits up to 5 seconds until they are told of all changes; then it
   * interrupts the listener, and the remaining changes are not reported. A second call has no
   * effect.
   */
  @Override
  public void close() {
    var reporter = hostTransactions.reporter();
    if (reporter != null) {
      reporter.close();
    }
    validators.close();
  }
}
