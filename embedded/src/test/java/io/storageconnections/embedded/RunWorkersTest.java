package io.storageconnections.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.storageconnections.application.UseCases;
import io.storageconnections.application.connection.ConnectionReference;
import io.storageconnections.application.connection.ConnectionRequest;
import io.storageconnections.application.contract.InMemoryRunStore;
import io.storageconnections.application.outcome.Outcome.Failed;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Connector;
import io.storageconnections.application.port.Connectors;
import io.storageconnections.application.run.RunReference;
import io.storageconnections.application.sourcefile.SourceFileRequest;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.domain.run.AttemptOutcome;
import io.storageconnections.domain.run.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A host whose process executes the runs of its service. */
@Timeout(60)
final class RunWorkersTest {

  private static final Caller CALLER = Caller.ofClient("host");

  /** Too long for a test: workers find a run only if they are woken. */
  private static final Duration NEVER_POLLS = Duration.ofHours(1);

  private final JdbcDataSource dataSource = new JdbcDataSource();
  private final CountDownLatch attempted = new CountDownLatch(1);

  private final Connectors connectors =
      type ->
          Optional.of((attempt, control) -> {
            attempted.countDown();
            return Optional.of(AttemptOutcome.succeeded());
          });

  RunWorkersTest() {
    dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
  }

  private StorageConnectionsService service() {
    return StorageConnectionsService.builder(dataSource).connectors(connectors).build();
  }

  private RunWorkers workers(StorageConnectionsService service) {
    return service
        .workers(dataSource)
        .engine(engine -> engine.pollingInterval(NEVER_POLLS))
        .start();
  }

  private static ConnectionId connection(UseCases useCases) {
    var file =
        SourceFileRequest.of(
            new StorageFileId(new ITwinId(UUID.randomUUID()), UUID.randomUUID()),
            ConnectorType.MSTN);
    return useCases
        .createStorageConnection()
        .create(CALLER, ConnectionRequest.of(new IModelId(UUID.randomUUID()), List.of(file)))
        .orElseThrow()
        .connection()
        .id();
  }

  private static Run started(UseCases useCases, ConnectionId connection) {
    return useCases
        .runs()
        .orElseThrow()
        .startRun()
        .start(CALLER, ConnectionReference.of(connection))
        .orElseThrow();
  }

  private static Run stored(UseCases useCases, Run run) {
    return useCases
        .runs()
        .orElseThrow()
        .getRun()
        .get(CALLER, RunReference.of(run.key()))
        .orElseThrow()
        .run();
  }

  @Test
  void the_start_of_a_run_wakes_the_workers() throws Exception {
    try (var service = service();
        var workers = workers(service)) {
      var run = started(service.useCases(), connection(service.useCases()));
      assertThat(attempted.await(40, TimeUnit.SECONDS)).as(workers.node()).isTrue();
      while (!stored(service.useCases(), run).isCompleted()) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
    }
  }

  @Test
  void a_run_of_a_transaction_begins_after_its_commit() throws Exception {
    var afterCommit = new ArrayList<Runnable>();
    try (var service = service();
        var workers = workers(service);
        var transaction = dataSource.getConnection()) {
      var connection = connection(service.useCases());
      transaction.setAutoCommit(false);
      var within = service.within(transaction, afterCommit::add);
      var run = started(within, connection);
      assertThat(stored(within, run).isCompleted()).isFalse();
      assertThat(afterCommit).hasSize(1);
      transaction.commit();
      afterCommit.forEach(Runnable::run);
      assertThat(attempted.await(40, TimeUnit.SECONDS)).as(workers.node()).isTrue();
    }
  }

  @Test
  void a_run_of_a_transaction_that_is_rolled_back_does_not_exist() throws Exception {
    try (var service = service();
        var transaction = dataSource.getConnection()) {
      var connection = connection(service.useCases());
      transaction.setAutoCommit(false);
      var within = service.within(transaction);
      var run = started(within, connection);
      transaction.rollback();
      var runs = service.useCases().runs().orElseThrow();
      assertThat(runs.getRun().get(CALLER, RunReference.of(run.key()))).isInstanceOf(Failed.class);
      assertThat(started(service.useCases(), connection).key()).isNotEqualTo(run.key());
    }
  }

  @Test
  void a_service_with_a_store_of_the_host_has_no_workers() {
    var runs = new InMemoryRunStore();
    try (var service =
        StorageConnectionsService.builder(dataSource)
            .store(runs.connections())
            .runStore(runs)
            .build()) {
      assertThat(service.useCases().runs()).isPresent();
      assertThatIllegalStateException().isThrownBy(() -> service.workers(dataSource));
    }
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet();
  }

  /** Returns the threads that have started since others were listed; those of H2 do not count. */
  private static Set<Thread> newThreads(Set<Thread> before) {
    var started = new HashSet<>(threads());
    started.removeAll(before);
    started.removeIf(thread -> thread.getName().startsWith("H2 ") || !thread.isAlive());
    return started;
  }

  @Test
  void a_service_starts_no_thread_without_workers() {
    var before = threads();
    try (var service = service()) {
      var run = started(service.useCases(), connection(service.useCases()));
      assertThat(stored(service.useCases(), run).isCompleted()).isFalse();
      assertThat(newThreads(before)).isEmpty();
    }
  }

  @Test
  void workers_that_are_closed_stop_their_connector_and_put_the_run_back() throws Exception {
    var ended = new CountDownLatch(1);
    Connector waiting =
        (attempt, control) -> {
          attempted.countDown();
          while (!control.await(Duration.ofSeconds(1))) {}
          ended.countDown();
          return Optional.empty();
        };
    var before = threads();
    try (var service =
        StorageConnectionsService.builder(dataSource)
            .connectors(type -> Optional.of(waiting))
            .build()) {
      var run = started(service.useCases(), connection(service.useCases()));
      try (var workers = service.workers(dataSource).start()) {
        assertThat(attempted.await(40, TimeUnit.SECONDS)).as(workers.node()).isTrue();
      }
      assertThat(ended.getCount()).isZero();
      assertThat(stored(service.useCases(), run).isCompleted()).isFalse();
      assertThat(stored(service.useCases(), run).node()).isNull();
      while (!newThreads(before).isEmpty()) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
    }
  }
}
