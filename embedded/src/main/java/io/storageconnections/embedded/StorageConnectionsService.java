package io.storageconnections.embedded;

import io.storageconnections.application.UseCases;
import io.storageconnections.application.port.StoreException;
import jakarta.validation.ValidatorFactory;
import javax.sql.DataSource;

/**
 * The use cases of storage connections on a database of the host. Thread-safe. A host keeps one
 * service for each of its databases for as long as it runs.
 *
 * <p>The service starts no thread, reads no environment variable, system property or file, and
 * keeps its state only in the database. Every request is a transaction of its own, on a connection
 * of its own, and never a part of a transaction of the host. If the host's {@code DataSource}
 * returns a connection with an open transaction, the request fails with an {@link
 * IllegalStateException}.
 */
public final class StorageConnectionsService implements AutoCloseable {

  private final UseCases useCases;
  private final ValidatorFactory validators;

  StorageConnectionsService(UseCases useCases, ValidatorFactory validators) {
    this.useCases = useCases;
    this.validators = validators;
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
    return new StorageConnectionsServiceBuilder(dataSource);
  }

  /** {@return the use cases; a host calls them only until it closes the service} */
  public UseCases useCases() {
    return useCases;
  }

  /**
   * Closes the resources that the service has created. Does not close the {@code DataSource}. A
   * second call has no effect.
   */
  @Override
  public void close() {
    validators.close();
  }
}
