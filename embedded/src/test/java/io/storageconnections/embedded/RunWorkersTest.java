package io.storageconnections.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.connection.ConnectionReference;
import io.storageconnections.application.connection.ConnectionRequest;
import io.storageconnections.application.outcome.Outcome.Failed;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Connector;
import io.storageconnections.application.port.Connectors;
import io.storageconnections.application.run.RunReference;
import io.storageconnections.application.run.RunUseCases;
import io.storageconnections.application.sourcefile.SourceFileRequest;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.domain.run.AttemptOutcome;
import io.storageconnections.domain.run.Run;
import io.storageconnections.domain.run.RunResult;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A host that starts runs, and workers that execute them. */
final class RunWorkersTest {

  private static final Caller CALLER = Caller.ofClient("host");
  private static final Connectors SUCCEEDING =
      type -> Optional.of((attempt, control) -> Optional.of(AttemptOutcome.succeeded()));

  private final JdbcConnectionPool pool =
      JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "", "");

  @AfterEach
  void close() {
    pool.dispose();
  }

  private static ConnectionId connection(StorageConnectionsService service) {
    var file =
        SourceFileRequest.of(
            new StorageFileId(new ITwinId(UUID.randomUUID()), UUID.randomUUID()),
            ConnectorType.MSTN);
    return service
        .useCases()
        .createStorageConnection()
        .create(CALLER, ConnectionRequest.of(new IModelId(UUID.randomUUID()), List.of(file)))
        .orElseThrow()
        .connection()
        .id();
  }

  private static RunUseCases runs(StorageConnectionsService service) {
    return service.useCases().runs().orElseThrow();
  }

  private static Run started(StorageConnectionsService service) {
    return runs(service)
        .startRun()
        .start(CALLER, ConnectionReference.of(connection(service)), "request 1")
        .orElseThrow();
  }

  private static Run read(StorageConnectionsService service, Run run) {
    return runs(service).getRun().get(CALLER, RunReference.of(run.key())).orElseThrow().run();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 6_000 && !condition.getAsBoolean(); i++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .collect(Collectors.toSet());
  }

  /** Returns the threads that have started since others were listed; those of H2 do not count. */
  private static Set<Thread> newThreads(Set<Thread> before) {
    var started = new HashSet<>(threads());
    started.removeAll(before);
    started.removeIf(thread -> thread.getName().startsWith("H2 "));
    return started;
  }

  @Test
  void a_service_starts_no_thread_without_workers() {
    var before = threads();
    try (var service = StorageConnectionsService.builder(pool).connectors(SUCCEEDING).build()) {
      var run = started(service);
      assertThat(read(service, run).isCompleted()).isFalse();
      assertThat(newThreads(before)).isEmpty();
    }
  }

  @Test
  void workers_execute_runs_and_leave_no_thread() throws InterruptedException {
    var before = threads();
    try (var service = StorageConnectionsService.builder(pool).connectors(SUCCEEDING).build()) {
      var queued = started(service);
      try (var workers = service.workers(pool).start()) {
        assertThat(workers.node()).isNotBlank();
        var run = started(service);
        await(() -> read(service, queued).isCompleted() && read(service, run).isCompleted());
        assertThat(read(service, run).result()).isEqualTo(RunResult.SUCCESS);
      }
      await(() -> newThreads(before).isEmpty());
      assertThat(pool.getActiveConnections()).isZero();
    }
  }

  @Test
  void workers_that_are_closed_stop_their_connector_and_put_the_run_back()
      throws InterruptedException {
    var begun = new CountDownLatch(1);
    var ended = new CountDownLatch(1);
    Connector waiting =
        (attempt, control) -> {
          begun.countDown();
          while (!control.await(Duration.ofSeconds(1))) {}
          ended.countDown();
          return Optional.empty();
        };
    try (var service =
        StorageConnectionsService.builder(pool).connectors(type -> Optional.of(waiting)).build()) {
      var run = started(service);
      try (var workers = service.workers(pool).start()) {
        assertThat(begun.await(1, TimeUnit.MINUTES)).as(workers.node()).isTrue();
      }
      assertThat(ended.getCount()).isZero();
      assertThat(read(service, run).isCompleted()).isFalse();
      assertThat(read(service, run).node()).isNull();
    }
  }

  @Test
  void a_run_of_a_host_s_transaction_begins_after_the_commit() throws Exception {
    try (var service = StorageConnectionsService.builder(pool).connectors(SUCCEEDING).build();
        var workers = service.workers(pool).start();
        var transaction = pool.getConnection()) {
      var connection = connection(service);
      transaction.setAutoCommit(false);
      var run =
          service
              .within(transaction)
              .runs()
              .orElseThrow()
              .startRun()
              .start(CALLER, ConnectionReference.of(connection), "request 2")
              .orElseThrow();
      // A run that is started later is executed meanwhile.
      var other = started(service);
      await(() -> read(service, other).isCompleted());
      assertThat(runs(service).getRun().get(CALLER, RunReference.of(run.key())))
          .as(workers.node())
          .isInstanceOf(Failed.class);
      transaction.commit();
      await(() -> read(service, run).isCompleted());
    }
  }

  @Test
  void a_run_of_a_transaction_that_the_host_rolls_back_does_not_exist()
      throws SQLException, InterruptedException {
    try (var service = StorageConnectionsService.builder(pool).connectors(SUCCEEDING).build();
        var workers = service.workers(pool).start();
        var transaction = pool.getConnection()) {
      var connection = ConnectionReference.of(connection(service));
      transaction.setAutoCommit(false);
      var runsWithin = service.within(transaction).runs().orElseThrow();
      var rolledBack = runsWithin.startRun().start(CALLER, connection, "request 3").orElseThrow();
      transaction.rollback();
      var run = runs(service).startRun().start(CALLER, connection, "request 4").orElseThrow();
      await(() -> read(service, run).isCompleted());
      assertThat(run.id()).as(workers.node()).isNotEqualTo(rolledBack.id());
    }
  }
}
