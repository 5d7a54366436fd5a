package io.storageconnections.embedded;

import io.storageconnections.adapter.persistence.JooqStorageConnectionStore;
import io.storageconnections.adapter.persistence.Migrations;
import io.storageconnections.adapter.persistence.OpenIModelDirectory;
import io.storageconnections.application.UseCases;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.IModelDirectory;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.validation.RequestValidator;
import io.storageconnections.domain.connection.Limits;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.time.Clock;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.hibernate.validator.HibernateValidator;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.jspecify.annotations.Nullable;

/**
 * The use cases on a database of the host's. Thread-safe; a host has one for as long as it runs, or
 * as many as it has databases.
 *
 * <p>It starts no thread, reads no environment, system property or file, and keeps no state but in
 * the database. Every request is a transaction of its own, on a connection of its own: the host's
 * open transactions are neither joined nor disturbed. Where the host's {@code DataSource} gives out
 * a connection that a transaction is on, the request fails with an {@link IllegalStateException}.
 */
public final class StorageConnectionsService implements AutoCloseable {

  private final UseCases useCases;
  private final ValidatorFactory validators;

  private StorageConnectionsService(UseCases useCases, ValidatorFactory validators) {
    this.useCases = useCases;
    this.validators = validators;
  }

  /** Without the host's validation.xml, and without an expression language: no message is one. */
  private static ValidatorFactory validators() {
    return Validation.byProvider(HibernateValidator.class)
        .configure()
        .ignoreXmlConfiguration()
        .messageInterpolator(new ParameterMessageInterpolator())
        .buildValidatorFactory();
  }

  /**
   * Builds a service that does as {@link Builder} says of whoever says nothing else.
   *
   * @param dataSource as {@link #builder} wants it
   * @return the service, which its caller closes
   * @throws StoreException if the database cannot be reached or refuses a migration
   * @throws IllegalArgumentException if its connections are of another isolation level than READ
   *     COMMITTED
   * @throws IllegalStateException if Flyway is not on the class path, or the connections are not in
   *     auto-commit mode
   */
  public static StorageConnectionsService on(DataSource dataSource) {
    return builder(dataSource).build();
  }

  /**
   * Begins to say what a service is to be like.
   *
   * @param dataSource gives out connections to an H2 or a PostgreSQL, in auto-commit mode and of
   *     isolation level READ COMMITTED; it stays the host's, who closes it after the service
   * @return a builder of a service on it
   */
  public static Builder builder(DataSource dataSource) {
    return new Builder(dataSource);
  }

  /** {@return the use cases, usable until the service is closed} */
  public UseCases useCases() {
    return useCases;
  }

  /**
   * Closes what the service created for itself. The {@code DataSource} stays open. Closing twice
   * has no further effect.
   */
  @Override
  public void close() {
    validators.close();
  }

  /** What a service is to be like. Not for use by several threads. */
  public static final class Builder {

    private final DataSource dataSource;
    private boolean migrate = true;
    private @Nullable IModelDirectory iModels;
    private Limits limits = Limits.NONE;
    private Clock clock = Clock.systemUTC();
    private Supplier<UUID> ids = UUID::randomUUID;

    private Builder(DataSource dataSource) {
      this.dataSource = dataSource;
    }

    /**
     * Says whether to bring the tables up to date first. They have names and a history of their
     * own, beside those of the host.
     *
     * @param whether true, as if not said, to do so, which needs Flyway on the class path; false if
     *     the tables are there and up to date, which nobody checks
     * @return this builder
     */
    public Builder migrate(boolean whether) {
      migrate = whether;
      return this;
    }

    /**
     * Says which iModels there are, who sees them, and which iTwins they are in. If not said, every
     * iModel exists, every caller sees it, and its iTwin is that of the first file it is used with.
     *
     * @param directory the host's; stays the host's to close
     * @return this builder
     */
    public Builder iModels(IModelDirectory directory) {
      iModels = Objects.requireNonNull(directory, "iModels");
      return this;
    }

    /**
     * Says what an iModel may hold.
     *
     * @param ofEachIModel the limits of every iModel alike; {@link Limits#NONE} if not said
     * @return this builder
     */
    public Builder limits(Limits ofEachIModel) {
      limits = ofEachIModel;
      return this;
    }

    /**
     * Says which clock there is.
     *
     * @param ofTheHost tells when things are created; the system's clock if not said
     * @return this builder
     */
    public Builder clock(Clock ofTheHost) {
      clock = ofTheHost;
      return this;
    }

    /**
     * Says where the ids of what is created come from.
     *
     * @param source gives a new GUID of version 4 at each call, to several threads at once; random
     *     ones if not said
     * @return this builder
     */
    public Builder ids(Supplier<UUID> source) {
      ids = source;
      return this;
    }

    /**
     * Builds the service.
     *
     * @return the service, which its caller closes
     * @throws StoreException if the database cannot be reached or refuses a migration
     * @throws IllegalArgumentException if its connections are of another isolation level than READ
     *     COMMITTED
     * @throws IllegalStateException if Flyway is needed and not on the class path, or the
     *     connections are not in auto-commit mode
     */
    public StorageConnectionsService build() {
      // First, so that nothing is changed through connections that are not fit for it.
      var store = JooqStorageConnectionStore.on(dataSource);
      if (migrate) {
        bringUpToDate();
      }
      var directory = iModels == null ? OpenIModelDirectory.on(dataSource) : iModels;
      var validators = validators();
      var validator = new RequestValidator(validators.getValidator());
      return new StorageConnectionsService(
          UseCases.on(new Dependencies(store, directory, limits, validator, clock, ids)),
          validators);
    }

    private void bringUpToDate() {
      try {
        Migrations.run(dataSource);
      } catch (NoClassDefFoundError absent) {
        throw new IllegalStateException(
            "Flyway is not on the class path: add org.flywaydb:flyway-core, and for PostgreSQL"
                + " org.flywaydb:flyway-database-postgresql; or bring the tables about yourself,"
                + " and say migrate(false)",
            absent);
      }
    }
  }
}
