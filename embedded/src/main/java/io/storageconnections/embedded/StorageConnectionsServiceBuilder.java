package io.storageconnections.embedded;

import static java.util.Objects.requireNonNull;

import io.storageconnections.adapter.execution.RunExecutions;
import io.storageconnections.adapter.persistence.JooqRunStore;
import io.storageconnections.adapter.persistence.JooqStorageConnectionStore;
import io.storageconnections.adapter.persistence.Migrations;
import io.storageconnections.adapter.persistence.OpenIModelDirectory;
import io.storageconnections.adapter.persistence.RunQueueTable;
import io.storageconnections.application.UseCases;
import io.storageconnections.application.port.Connectors;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.IModelDirectory;
import io.storageconnections.application.port.RunDependencies;
import io.storageconnections.application.port.RunQueue;
import io.storageconnections.application.port.RunRules;
import io.storageconnections.application.port.RunStore;
import io.storageconnections.application.port.StorageConnectionStore;
import io.storageconnections.application.port.StorageFiles;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.validation.RequestValidator;
import io.storageconnections.domain.connection.Limits;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.hibernate.validator.HibernateValidator;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.jspecify.annotations.Nullable;

/**
 * Configures and builds a {@link StorageConnectionsService}. If a method is called twice, the last
 * call counts, except for {@link #onChange} and {@link #decorate}, which add. Not thread-safe.
 */
public final class StorageConnectionsServiceBuilder {

  /** Lets the store of runs write into the queue of the workers, within its own transactions. */
  static final RunQueueTable QUEUE = queueOf(new RunExecutions());

  private final @Nullable DataSource dataSource;
  private final List<ChangeListener> listeners = new ArrayList<>();
  private boolean migrate = true;
  private @Nullable StorageConnectionStore store;
  private @Nullable RunStore runStore;
  private Connectors connectors = Connectors.NONE;
  private RunRules runRules = RunRules.DEFAULT;
  private @Nullable IModelDirectory iModels;
  private StorageFiles storageFiles = StorageFiles.UNCHECKED;
  private @Nullable HostTransactions transactions;
  private UnaryOperator<UseCases> decorator = UnaryOperator.identity();
  private Limits limits = Limits.NONE;
  private Clock clock = Clock.systemUTC();
  private Duration auditRetention = Dependencies.AUDIT_RETENTION;
  private Supplier<UUID> ids = UUID::randomUUID;

  StorageConnectionsServiceBuilder(@Nullable DataSource dataSource) {
    this.dataSource = dataSource;
  }

  private static RunQueueTable queueOf(RunExecutions executions) {
    return new RunQueueTable(executions::enqueue, executions::remove);
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
   * Sets the store. Default: a store on the {@code DataSource}.
   *
   * @param hostStore thread-safe; the service does not close it. Such a service has no {@link
   *     StorageConnectionsService#within}
   * @return this builder
   */
  public StorageConnectionsServiceBuilder store(StorageConnectionStore hostStore) {
    store = requireNonNull(hostStore, "store");
    return this;
  }

  /**
   * Sets the store of runs, for a service with a {@link #store} of the host. Default: a store on
   * the {@code DataSource}; none if the host has a store of its own, so that {@link UseCases#runs}
   * is empty.
   *
   * @param hostRuns thread-safe; works on the same data as the store; the service does not close it
   * @return this builder
   */
  public StorageConnectionsServiceBuilder runStore(RunStore hostRuns) {
    runStore = requireNonNull(hostRuns, "runStore");
    return this;
  }

  /**
   * Sets the connectors that execute runs. Default: none, so that every task fails with an error
   * that says so.
   *
   * @param available thread-safe; the service does not close them
   * @return this builder
   */
  public StorageConnectionsServiceBuilder connectors(Connectors available) {
    connectors = requireNonNull(available, "connectors");
    return this;
  }

  /**
   * Sets the rules of runs: which runs exclude each other, and how many are kept. Default: {@link
   * RunRules#DEFAULT}.
   *
   * @param rules the same for every service on the database
   * @return this builder
   */
  public StorageConnectionsServiceBuilder runRules(RunRules rules) {
    runRules = requireNonNull(rules, "runRules");
    return this;
  }

  /**
   * Sets the directory of iModels: what each caller may do with which iModel, and the iTwin of each
   * iModel. Default: every iModel exists, every caller sees it, and its iTwin is derived from the
   * first file that is mapped to it.
   *
   * @param directory thread-safe; the service does not close it
   * @return this builder
   */
  public StorageConnectionsServiceBuilder iModels(IModelDirectory directory) {
    iModels = requireNonNull(directory, "iModels");
    return this;
  }

  /**
   * Sets the port that tells which Storage files a caller may map. Default: {@link
   * StorageFiles#UNCHECKED}, every file.
   *
   * @param files thread-safe; the service does not close it
   * @return this builder
   */
  public StorageConnectionsServiceBuilder storageFiles(StorageFiles files) {
    storageFiles = requireNonNull(files, "storageFiles");
    return this;
  }

  /**
   * Sets the limits of each iModel. Default: {@link Limits#NONE}.
   *
   * @param perIModel the limits, the same for every iModel
   * @return this builder
   */
  public StorageConnectionsServiceBuilder limits(Limits perIModel) {
    limits = requireNonNull(perIModel, "limits");
    return this;
  }

  /**
   * Sets how long the audit trail of an iModel is kept after the deletion of the iModel. The trail
   * of an iModel that exists is kept. The host removes what is kept no longer: it calls {@link
   * UseCases#removeExpiredAudit()}, such as once a day. Default: 365 days.
   *
   * @param time the time; positive
   * @return this builder
   * @throws IllegalArgumentException if {@code time} is not positive
   */
  public StorageConnectionsServiceBuilder auditRetention(Duration time) {
    if (!requireNonNull(time, "auditRetention").isPositive()) {
      throw new IllegalArgumentException("auditRetention is not positive: " + time);
    }
    auditRetention = time;
    return this;
  }

  /**
   * Sets the clock that dates connections and the entries of the audit trail. Default: the clock of
   * the system.
   *
   * @param hostClock the clock
   * @return this builder
   */
  public StorageConnectionsServiceBuilder clock(Clock hostClock) {
    clock = requireNonNull(hostClock, "clock");
    return this;
  }

  /**
   * Sets the source of new ids. Default: random GUIDs.
   *
   * @param source thread-safe; returns a new GUID of version 4 at each call
   * @return this builder
   */
  public StorageConnectionsServiceBuilder ids(Supplier<UUID> source) {
    ids = requireNonNull(source, "ids");
    return this;
  }

  /**
   * Sets the transactions of the host's framework. Each request of {@link
   * StorageConnectionsService#useCases()} then becomes part of the transaction of the current
   * thread, as with {@link StorageConnectionsService#within}, or a transaction of its own if the
   * thread has none. Default: every request is a transaction of its own.
   *
   * @param hostTransactions finds the transaction of the current thread
   * @return this builder
   */
  public StorageConnectionsServiceBuilder transactions(HostTransactions hostTransactions) {
    transactions = requireNonNull(hostTransactions, "transactions");
    return this;
  }

  /**
   * Adds a listener. Default: none.
   *
   * @param listener is told of the changes that callers make through the service, after they are
   *     committed
   * @return this builder
   */
  public StorageConnectionsServiceBuilder onChange(ChangeListener listener) {
    listeners.add(requireNonNull(listener, "listener"));
    return this;
  }

  /**
   * Adds behavior to use cases, such as a metric or a policy. Default: none.
   *
   * @param behavior returns use cases that call those it gets, such as {@link
   *     io.storageconnections.application.ForwardingUseCases}. The service calls it once, and again
   *     at each {@link StorageConnectionsService#within}. It gets the use cases with the behavior
   *     of earlier calls of this method
   * @return this builder
   */
  public StorageConnectionsServiceBuilder decorate(UnaryOperator<UseCases> behavior) {
    requireNonNull(behavior, "behavior");
    var earlier = decorator;
    decorator = useCases -> behavior.apply(earlier.apply(useCases));
    return this;
  }

  /**
   * Builds the service.
   *
   * @return the service; the caller closes it
   * @throws StoreException if the database cannot be reached or refuses a migration
   * @throws IllegalArgumentException if the database's connections have another isolation level
   *     than READ COMMITTED
   * @throws IllegalStateException if the connections are not in auto-commit mode; if {@link
   *     #migrate} is true and Flyway is not on the class path; if the builder has no {@code
   *     DataSource}, and no store or no directory of iModels; if it has a store of the host and
   *     {@linkplain #transactions transactions}; or if it has a {@linkplain #runStore store of
   *     runs} of the host and no store of the host
   */
  public StorageConnectionsService build() {
    if (store != null && transactions != null) {
      throw new IllegalStateException(
          "a store of the host cannot join the host's transactions; leave out store or"
              + " transactions");
    }
    if (store == null && runStore != null) {
      throw new IllegalStateException(
          "a store of runs of the host needs a store of the host, on the same data");
    }
    // First, so that no migration runs on connections that the store refuses.
    var ownStore = store == null ? JooqStorageConnectionStore.on(required("a store")) : null;
    if (migrate && (ownStore != null || iModels == null)) {
      runMigrations(required("a directory of iModels"));
    }
    var openDirectory =
        iModels == null ? OpenIModelDirectory.on(required("a directory of iModels")) : null;
    var validators = validators();
    try {
      var dependencies =
          new Dependencies(
              ownStore == null ? requireNonNull(store) : ownStore,
              openDirectory == null ? requireNonNull(iModels) : openDirectory,
              storageFiles,
              limits,
              new RequestValidator(validators.getValidator()),
              clock,
              ids,
              auditRetention);
      var reporter = listeners.isEmpty() ? null : new ChangeReporter(listeners);
      var ownRuns = ownStore == null ? null : JooqRunStore.on(required("a store"), QUEUE);
      var workers = new StartedWorkers();
      var runs = runs(ownRuns, workers);
      var factory =
          new HostTransactionUseCasesFactory(
              dependencies, ownStore, runs, ownRuns, openDirectory, reporter);
      var useCases = useCases(dependencies, runs, reporter, factory);
      var service =
          new StorageConnectionsService(useCases, factory, decorator, validators, workers);
      if (reporter != null) {
        reporter.start();
      }
      return service;
    } catch (RuntimeException failure) {
      validators.close();
      throw failure;
    }
  }

  private @Nullable RunDependencies runs(@Nullable JooqRunStore ownRuns, RunQueue queue) {
    var runs = ownRuns == null ? runStore : ownRuns;
    return runs == null ? null : new RunDependencies(runs, queue, connectors, runRules);
  }

  private UseCases useCases(
      Dependencies dependencies,
      @Nullable RunDependencies runs,
      @Nullable ChangeReporter reporter,
      HostTransactionUseCasesFactory factory) {
    var own = runs == null ? UseCases.on(dependencies) : UseCases.on(dependencies, runs);
    var reported = reporter == null ? own : new ReportingUseCases(own, reporter::report);
    var host = transactions;
    return host == null
        ? reported
        : new JoiningUseCases(
            reported, host, connection -> factory.within(connection, host::afterCommit));
  }

  private DataSource required(String part) {
    if (dataSource == null) {
      throw new IllegalStateException(
          "the builder has no DataSource, and so needs " + part + " of the host");
    }
    return dataSource;
  }

  private static void runMigrations(DataSource database) {
    try {
      Migrations.run(database);
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
