package io.storageconnections.adapter.persistence;

import static io.storageconnections.application.contract.OutcomeAssertions.assertSuccess;
import static io.storageconnections.domain.audit.AuditFixtures.CAUSE;
import static io.storageconnections.domain.connection.ConnectionFixtures.connection;
import static io.storageconnections.domain.connection.ConnectionFixtures.iModel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.storageconnections.application.contract.RunStoreContract;
import io.storageconnections.application.port.NewRun;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.RunRules;
import io.storageconnections.application.port.RunStore;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.domain.connection.AuthenticationType;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.NewConnection;
import io.storageconnections.domain.connection.Origin;
import io.storageconnections.domain.connection.RunId;
import io.storageconnections.domain.connection.StorageConnection;
import io.storageconnections.domain.run.AttemptOutcome;
import io.storageconnections.domain.run.ErrorKey;
import io.storageconnections.domain.run.RetryPolicy;
import io.storageconnections.domain.run.Run;
import io.storageconnections.domain.run.RunKey;
import io.storageconnections.domain.run.RunResult;
import io.storageconnections.domain.run.RunState;
import io.storageconnections.domain.run.Transition;
import io.storageconnections.domain.run.Transition.Applied;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** How a {@link JooqRunStore} writes into the queue of the workers, in its own transactions. */
interface QueuedRunsContract extends RunStoreContract {

  Instant TIME = Instant.parse("2026-01-02T03:04:05.678901Z");
  RetryPolicy POLICY = new RetryPolicy(3, Duration.ofSeconds(30));

  /** Returns the database. */
  DataSource dataSource();

  /** A queue that records what is added and removed, and that fails on request. */
  final class RecordedQueue {

    private final List<RunKey> added = new ArrayList<>();
    private final List<Integer> priorities = new ArrayList<>();
    private final List<RunKey> removed = new ArrayList<>();
    private final List<Boolean> inTransactionOfTheRun = new ArrayList<>();
    private boolean failing;

    private RunStore store(DataSource dataSource) {
      return JooqRunStore.on(
          dataSource,
          new RunQueueTable(
              (transaction, run, priority, now) -> {
                failIfAsked();
                added.add(run);
                priorities.add(priority);
                inTransactionOfTheRun.add(
                    !transaction.getAutoCommit() && count(transaction, run) == 1);
              },
              (transaction, run) -> {
                failIfAsked();
                removed.add(run);
              }));
    }

    private void failIfAsked() throws SQLException {
      if (failing) {
        throw new SQLException("the queue fails");
      }
    }

    private static int count(Connection transaction, RunKey run) throws SQLException {
      try (var query =
          transaction.prepareStatement(
              "select count(*) from storage_connection_run where run_id = ?")) {
        query.setObject(1, run.run().value());
        try (var row = query.executeQuery()) {
          row.next();
          return row.getInt(1);
        }
      }
    }
  }

  @Test
  default void a_run_is_queued_in_the_transaction_that_starts_or_retries_it() {
    var queue = new RecordedQueue();
    var store = queue.store(dataSource());
    var connection = added();

    var run = start(store, connection.id());
    complete(store, run, AttemptOutcome.failed(ErrorKey.UNSUPPORTED_FILE, ""));
    var retry = assertSuccess(store.retry(run.key(), another(), RunRules.DEFAULT));

    assertThat(queue.added).containsExactly(run.key(), retry.key());
    assertThat(queue.inTransactionOfTheRun).containsExactly(true, true);
  }

  @Test
  default void a_run_that_cannot_be_queued_is_not_started() {
    var queue = new RecordedQueue();
    var store = queue.store(dataSource());
    var connection = added();
    queue.failing = true;

    assertThatExceptionOfType(StoreException.class).isThrownBy(() -> start(store, connection.id()));

    assertThat(assertSuccess(store.list(connection.id(), new PageRequest(0, 10))).items())
        .isEmpty();
    assertThat(connections().find(connection.id()).orElseThrow().lastRun()).isNull();
    queue.failing = false;
    assertThat(start(store, connection.id()).key()).isEqualTo(queue.added.getFirst());
  }

  @Test
  default void the_priority_of_a_run_falls_with_the_live_runs_of_its_itwin() {
    var queue = new RecordedQueue();
    var store = queue.store(dataSource());
    var iTwin = new ITwinId(UUID.randomUUID());
    var otherITwin = new ITwinId(UUID.randomUUID());

    var run = start(store, addedIn(iTwin));
    start(store, addedIn(iTwin));
    start(store, addedIn(otherITwin));
    complete(store, run, AttemptOutcome.succeeded());
    start(store, addedIn(iTwin));

    assertThat(queue.priorities).containsExactly(0, -1, 0, -1);
  }

  @Test
  default void live_runs_are_counted_by_state_until_they_are_completed() {
    var live = JooqLiveRuns.on(dataSource());
    var before = live.count().count(RunState.QUEUED);
    var store = new RecordedQueue().store(dataSource());

    var run = start(store, added().id());
    start(store, added().id());

    assertThat(live.count().count(RunState.QUEUED)).isEqualTo(before + 2);
    assertThat(live.count().oldestQueuedSince())
        .get()
        .satisfies(since -> assertThat(since).isBeforeOrEqualTo(run.changed()));
    complete(store, run, AttemptOutcome.succeeded());
    assertThat(live.count().count(RunState.QUEUED)).isEqualTo(before + 1);
    assertThat(live.count().count(RunState.COMPLETED)).isZero();
  }

  @Test
  default void a_run_that_is_cancelled_before_a_worker_has_it_leaves_the_queue() {
    var queue = new RecordedQueue();
    var store = queue.store(dataSource());
    var run = start(store, added().id());

    change(store, run, current -> current.requestCancel(TIME));

    assertThat(queue.removed).containsExactly(run.key());
  }

  @Test
  default void a_worker_removes_the_run_that_it_has_completed_itself() {
    var queue = new RecordedQueue();
    var store = queue.store(dataSource());
    var run = start(store, added().id());

    complete(store, run, AttemptOutcome.succeeded());

    assertThat(queue.removed).isEmpty();
  }

  @Test
  default void a_run_that_cannot_be_removed_from_the_queue_is_not_cancelled() {
    var queue = new RecordedQueue();
    var store = queue.store(dataSource());
    var run = start(store, added().id());
    queue.failing = true;

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> store.change(run.key(), current -> current.requestCancel(TIME)));

    assertThat(assertSuccess(store.find(run.key()))).isEqualTo(run);
    queue.failing = false;
    assertThat(change(store, run, current -> current.requestCancel(TIME)).result())
        .isEqualTo(RunResult.CANCELLED);
  }

  private ConnectionId addedIn(ITwinId iTwin) {
    var template = connection().of(iModel()).build();
    var connection =
        new StorageConnection(
            template.id(), iTwin, null, AuthenticationType.USER, template.connection().created());
    assertSuccess(
        connections()
            .add(CAUSE, new NewConnection(connection, template.sourceFiles()), Limits.NONE));
    return template.id();
  }

  private static NewRun another() {
    return new NewRun(
        new RunId(UUID.randomUUID()),
        new Origin("client", "subject", "correlation"),
        UUID::randomUUID,
        TIME);
  }

  private static Run start(RunStore store, ConnectionId connection) {
    return assertSuccess(store.start(connection, another(), RunRules.DEFAULT));
  }

  private static void complete(RunStore store, Run run, AttemptOutcome outcome) {
    var task = run.tasks().getFirst().id();
    change(store, run, current -> current.pickUp(1, "node", POLICY, TIME));
    change(store, run, current -> current.beginAttempt(1, task, TIME));
    var ended = change(store, run, current -> current.endAttempt(1, task, outcome, POLICY, TIME));
    assertThat(ended.isCompleted()).isTrue();
  }

  private static Run change(RunStore store, Run run, Function<Run, Transition> event) {
    var transition = assertSuccess(store.change(run.key(), event));
    assertThat(transition).isInstanceOf(Applied.class);
    return transition.run();
  }
}
