package io.storageconnections.embedded;

import io.storageconnections.adapter.persistence.JooqRunStore;
import io.storageconnections.adapter.persistence.JooqStorageConnectionStore;
import io.storageconnections.adapter.persistence.OpenIModelDirectory;
import io.storageconnections.application.UseCases;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.RunDependencies;
import io.storageconnections.application.port.RunQueue;
import java.sql.Connection;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Creates the use cases within transactions of the host.
 *
 * @param dependencies the dependencies of the ordinary use cases
 * @param store the store on the database; null if the host has a store of its own
 * @param runs the dependencies of the use cases of runs; null if there is no store of runs
 * @param runStore the store of runs on the database; null if the host has a store of its own
 * @param openDirectory the directory on the database; null if the host has one of its own
 * @param reporter reports changes after the commit; null if there are no listeners
 */
record HostTransactionUseCasesFactory(
    Dependencies dependencies,
    @Nullable JooqStorageConnectionStore store,
    @Nullable RunDependencies runs,
    @Nullable JooqRunStore runStore,
    @Nullable OpenIModelDirectory openDirectory,
    @Nullable ChangeReporter reporter) {

  /** Returns the use cases, as {@link StorageConnectionsService#within} describes them. */
  UseCases within(Connection connection, @Nullable Consumer<Runnable> afterCommit) {
    if (store == null) {
      throw new IllegalStateException("a store of the host cannot join the host's transactions");
    }
    var directory =
        openDirectory == null ? dependencies.iModels() : openDirectory.within(connection);
    var useCases =
        useCases(
            dependencies.withStoreAndIModels(store.within(connection), directory),
            connection,
            afterCommit);
    return reporter == null
        ? useCases
        : new ReportingUseCases(useCases, whenCommitted(reporter, afterCommit));
  }

  /**
   * Returns a builder of workers, with a store on their own {@code DataSource}.
   *
   * @param queue gets the workers when they are started
   */
  RunWorkersBuilder workers(DataSource dataSource, StartedWorkers queue) {
    if (runs == null || runStore == null) {
      throw new IllegalStateException("workers do not execute the runs of a store of the host");
    }
    return new RunWorkersBuilder(
        dataSource,
        JooqRunStore.on(dataSource, StorageConnectionsServiceBuilder.QUEUE),
        runs.connectors(),
        queue);
  }

  private UseCases useCases(
      Dependencies joined, Connection connection, @Nullable Consumer<Runnable> afterCommit) {
    if (runs == null || runStore == null) {
      return UseCases.on(joined);
    }
    // Without a notice of the commit, the workers find the run by polling.
    RunQueue queue =
        afterCommit == null
            ? RunQueue.WITHOUT_WORKERS
            : () -> afterCommit.accept(() -> runs.queue().wake());
    return UseCases.on(joined, runs.with(runStore.within(connection), queue));
  }

  private static Consumer<ChangeEvent> whenCommitted(
      ChangeReporter reporter, @Nullable Consumer<Runnable> afterCommit) {
    if (afterCommit == null) {
      throw new IllegalStateException(
          "the service has listeners, which must be told after the commit: call"
              + " within(connection, afterCommit)");
    }
    return change -> afterCommit.accept(() -> reporter.report(change));
  }
}
