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
 * Configures and builds a {@link StorageConnectionsService}. If a method is called twice, the last
 * call counts. Not thread-safe.
 */
public final class StorageConnectionsServiceBuilder {

  private final DataSource dataSource;
  private boolean migrate = true;
  private @Nullable IModelDirectory iModels;
  private Limits limits = Limits.NONE;
  private Clock clock = Clock.systemUTC();
  private Supplier<UUID> ids = UUID::randomUUID;

  StorageConnectionsServiceBuilder(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Sets whether {@link #build} creates and migrates the service's tables. Their names and their
   * migration history are separate from those of the host. Default: true.
   *
   * @param enabled true to migrate, which needs Flyway on the class path; false if the tables are
   *     up to date, which the service does not check
   * @return this builder
   */
  public StorageConnectionsServiceBuilder migrate(boolean enabled) {
    migrate = enabled;
    return this;
  }

  /**
   * Sets the directory of iModels: which iModels exist, which callers may see them, and the iTwin
   * of each. Default: every iModel exists, every caller sees it, and its iTwin is derived from the
   * first file that is mapped to it.
   *
   * @param directory thread-safe; the service does not close it
   * @return this builder
   */
  public StorageConnectionsServiceBuilder iModels(IModelDirectory directory) {
    iModels = Objects.requireNonNull(directory, "iModels");
    return this;
  }

  /**
   * Sets the limits of each iModel. Default: {@link Limits#NONE}.
   *
   * @param perIModel the limits, the same for every iModel
   * @return this builder
   */
  public StorageConnectionsServiceBuilder limits(Limits perIModel) {
    limits = Objects.requireNonNull(perIModel, "limits");
    return this;
  }

  /**
   * Sets the clock that dates connections. Default: the clock of the system.
   *
   * @param hostClock the clock
   * @return this builder
   */
  public StorageConnectionsServiceBuilder clock(Clock hostClock) {
    clock = Objects.requireNonNull(hostClock, "clock");
    return this;
  }

  /**
   * Sets the source of new ids. Default: random GUIDs.
   *
   * @param source thread-safe; returns a new GUID of version 4 at each call
   * @return this builder
   */
  public StorageConnectionsServiceBuilder ids(Supplier<UUID> source) {
    ids = Objects.requireNonNull(source, "ids");
    return this;
  }

  /**
   * Builds the service.
   *
   * @return the service; the caller closes it
   * @throws StoreException if the database cannot be reached or refuses a migration
   * @throws IllegalArgumentException if the database's connections have another isolation level
   *     than READ COMMITTED
   * @throws IllegalStateException if the connections are not in auto-commit mode, or if {@link
   *     #migrate} is true and Flyway is not on the class path
   */
  public StorageConnectionsService build() {
    // First, so that no migration runs on connections that the store refuses.
    var store = JooqStorageConnectionStore.on(dataSource);
    if (migrate) {
      runMigrations();
    }
    var directory = iModels == null ? OpenIModelDirectory.on(dataSource) : iModels;
    var validators = validators();
    var validator = new RequestValidator(validators.getValidator());
    return new StorageConnectionsService(
        UseCases.on(new Dependencies(store, directory, limits, validator, clock, ids)), validators);
  }

  private void runMigrations() {
    try {
      Migrations.run(dataSource);
    } catch (NoClassDefFoundError absent) {
      throw new IllegalStateException(
          "Flyway is not on the class path: add org.flywaydb:flyway-core, and for PostgreSQL"
              + " org.flywaydb:flyway-database-postgresql; or run the migrations yourself, and call"
              + " migrate(false)",
          absent);
    }
  }

  /** Ignores the host's validation.xml, and needs no expression language for messages. */
  private static ValidatorFactory validators() {
    return Validation.byProvider(HibernateValidator.class)
        .configure()
        .ignoreXmlConfiguration()
        .messageInterpolator(new ParameterMessageInterpolator())
        .buildValidatorFactory();
  }
}
