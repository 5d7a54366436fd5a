package io.storageconnections.adapter.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What the queue promises to the transactions of callers, on every database. */
abstract class RunExecutionsContracts extends EngineTests {

  private static final Instant NOW = Instant.parse("2026-07-01T10:00:00.123456Z");

  private final RunExecutions executions = new RunExecutions();

  @Test
  void a_run_that_is_enqueued_in_a_transaction_that_is_rolled_back_leaves_nothing()
      throws SQLException {
    try (var transaction = database().getConnection()) {
      transaction.setAutoCommit(false);
      executions.enqueue(transaction, Queue.newRun(), 0, NOW);
      assertThat(queue.size()).isZero();
      transaction.rollback();
    }
    assertThat(queue.size()).isZero();
  }

  @Test
  void enqueueing_is_one_insert_and_neither_commits_nor_closes_the_transaction()
      throws SQLException {
    var watched = new WatchedDataSource(database());
    try (var transaction = watched.getConnection()) {
      transaction.setAutoCommit(false);
      executions.enqueue(transaction, Queue.newRun(), 0, NOW);
      assertThat(watched.calls()).hasSize(1).first().asString().startsWith("insert into");
      assertThat(transaction.isClosed()).isFalse();
      transaction.commit();
    }
    assertThat(queue.size()).isOne();
  }

  @Test
  void removing_is_one_delete_and_neither_commits_nor_closes_the_transaction() throws SQLException {
    var run = Queue.newRun();
    var other = Queue.newRun();
    queue.enqueue(run);
    queue.enqueue(other);
    var watched = new WatchedDataSource(database());
    try (var transaction = watched.getConnection()) {
      transaction.setAutoCommit(false);
      executions.remove(transaction, run);
      assertThat(watched.calls()).hasSize(1).first().asString().startsWith("delete from");
      assertThat(transaction.isClosed()).isFalse();
      assertThat(queue.size()).isEqualTo(2);
      transaction.commit();
    }
    assertThat(queue.runs()).containsExactly(other);
  }

  @Test
  void a_run_that_a_worker_has_picked_up_is_not_removed() throws SQLException {
    var run = Queue.newRun();
    queue.enqueue(run);
    queue.execute("update " + Queue.TABLE + " set picked = true");
    try (var connection = database().getConnection()) {
      executions.remove(connection, run);
    }
    assertThat(queue.runs()).containsExactly(run);
  }

  @Test
  void removing_a_run_that_is_not_in_the_queue_has_no_effect() throws SQLException {
    try (var connection = database().getConnection()) {
      executions.remove(connection, Queue.newRun());
    }
    assertThat(queue.size()).isZero();
  }

  @Test
  void a_failure_of_the_database_reaches_the_caller_as_it_is() {
    var run = Queue.newRun();
    queue.enqueue(run);
    assertThatThrownBy(
            () -> {
              try (var connection = database().getConnection()) {
                executions.enqueue(connection, run, 0, NOW);
              }
            })
        .isInstanceOfSatisfying(
            SQLException.class, failure -> assertThat(failure.getSQLState()).isEqualTo("23505"));
  }

  @Test
  void a_priority_is_a_short() throws SQLException {
    try (var connection = database().getConnection()) {
      executions.enqueue(connection, Queue.newRun(), Short.MIN_VALUE, NOW);
      executions.enqueue(connection, Queue.newRun(), Short.MAX_VALUE, NOW);
      assertThatThrownBy(() -> executions.enqueue(connection, Queue.newRun(), 32_768, NOW))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(queue.size()).isEqualTo(2);
  }
}
