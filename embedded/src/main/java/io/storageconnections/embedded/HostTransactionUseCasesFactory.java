package io.storageconnections.embedded;

import io.storageconnections.adapter.persistence.JooqStorageConnectionStore;
import io.storageconnections.adapter.persistence.OpenIModelDirectory;
import io.storageconnections.application.UseCases;
import io.storageconnections.application.port.Dependencies;
import java.sql.Connection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Creates the use cases within transactions of the host.
 *
 * @param dependencies the dependencies of the ordinary use cases
 * @param store the store on the database; null if the host has a store of its own
 * @param openDirectory the directory on the database; null if the host has one of its own
 * @param reporter reports changes after the commit; null if there are no listeners
 */
record HostTransactionUseCasesFactory(
    Dependencies dependencies,
    @Nullable JooqStorageConnectionStore store,
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
        UseCases.on(dependencies.withStoreAndIModels(store.within(connection), directory));
    return reporter == null
        ? useCases
        : new ReportingUseCases(useCases, whenCommitted(reporter, afterCommit));
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
