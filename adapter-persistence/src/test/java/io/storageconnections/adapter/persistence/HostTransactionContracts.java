package io.storageconnections.adapter.persistence;

import static io.storageconnections.application.contract.OutcomeAssertions.assertFailure;
import static io.storageconnections.application.contract.OutcomeAssertions.assertSuccess;
import static io.storageconnections.domain.audit.AuditFixtures.CAUSE;
import static io.storageconnections.domain.connection.ConnectionFixtures.connection;
import static io.storageconnections.domain.connection.ConnectionFixtures.iModel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.storageconnections.application.contract.IModelDirectoryContract;
import io.storageconnections.application.contract.Race;
import io.storageconnections.application.outcome.Failure.FilesAlreadyMapped;
import io.storageconnections.application.port.AuditFilter;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.IModelDirectory;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.application.port.StorageConnectionStore;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.port.TransactionConflictException;
import io.storageconnections.domain.audit.AuditAction;
import io.storageconnections.domain.audit.AuditEntry;
import io.storageconnections.domain.connection.ConnectionChange;
import io.storageconnections.domain.connection.DisplayName;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.NewConnection;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs the contracts on a store and a directory that work inside transactions of a host, and tests
 * what only such a host sees.
 */
abstract class HostTransactionContracts extends DatabaseContracts {

  private static final int REPETITIONS_MAX = 100;

  private JooqStorageConnectionStore ordinary;
  private OpenIModelDirectory ordinaryDirectory;
  private StorageConnectionStore storeInHostTransactions;

  @BeforeAll
  void createTableOfTheHost() throws SQLException {
    ordinary = JooqStorageConnectionStore.on(dataSource());
    ordinaryDirectory = OpenIModelDirectory.on(dataSource());
    storeInHostTransactions = inHostTransactions(StorageConnectionStore.class, ordinary::within);
    try (var connection = dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create table host_row (id varchar(50) primary key)");
    }
  }

  // ---- the contracts, each call in a transaction of the host -----------------------------------

  @Override
  public StorageConnectionStore store() {
    return storeInHostTransactions;
  }

  @Override
  public IModelDirectory directory() {
    return inHostTransactions(IModelDirectory.class, ordinaryDirectory::within);
  }

  /** Returns an adapter that runs each call in a transaction, and repeats it after a conflict. */
  private <T> T inHostTransactions(Class<T> port, Function<Connection, ? extends T> within) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) ->
                repeated(connection -> {
                  try {
                    return method.invoke(within.apply(connection), arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                })));
  }

  @FunctionalInterface
  private interface Work<T> {

    T doWith(Connection connection) throws Throwable;
  }

  /** Runs work in a transaction as the documentation tells hosts to do. */
  private <T> T repeated(Work<T> work) throws Throwable {
    for (int attempt = 1; ; attempt++) {
      try {
        return committed(work);
      } catch (TransactionConflictException conflict) {
        if (attempt == REPETITIONS_MAX) {
          throw conflict;
        }
        pause();
      }
    }
  }

  /** Waits for a random time, so that two transactions do not conflict again and again. */
  private static void pause() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(20));
  }

  private <T> T committed(Work<T> work) throws Throwable {
    try (var connection = begun()) {
      try {
        var result = work.doWith(connection);
        connection.commit();
        return result;
      } finally {
        connection.rollback();
      }
    }
  }

  private Connection begun() throws SQLException {
    var connection = dataSource().getConnection();
    connection.setAutoCommit(false);
    return connection;
  }

  private static void insertHostRow(Connection connection, String id) throws SQLException {
    try (var statement = connection.prepareStatement("insert into host_row values (?)")) {
      statement.setString(1, id);
      statement.executeUpdate();
    }
  }

  private boolean hasHostRow(String id) throws SQLException {
    try (var connection = dataSource().getConnection();
        var statement = connection.prepareStatement("select 1 from host_row where id = ?")) {
      statement.setString(1, id);
      try (var rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  // ---- commit and rollback ---------------------------------------------------------------------

  @Test
  void a_connection_and_a_row_of_the_host_are_committed_together() throws Throwable {
    var created = connection().build();
    var row = created.id().toString();
    try (var transaction = begun()) {
      assertThat(ordinary.within(transaction).add(CAUSE, created, Limits.NONE)).isEqualTo(ADDED);
      insertHostRow(transaction, row);
      assertThat(ordinary.find(created.id())).isEmpty();
      assertThat(ordinary.within(transaction).find(created.id())).isPresent();
      transaction.commit();
    }
    assertThat(ordinary.find(created.id())).isPresent();
    assertThat(hasHostRow(row)).isTrue();
  }

  @Test
  void a_rollback_of_the_host_takes_every_change_back() throws Throwable {
    var kept = addedConnection();
    var created = connection().of(kept.iModel()).build();
    try (var transaction = begun()) {
      var store = ordinary.within(transaction);
      assertThat(store.add(CAUSE, created, Limits.NONE)).isEqualTo(ADDED);
      assertSuccess(store.remove(CAUSE, kept.id(), Precondition.NONE));
      transaction.rollback();
    }
    assertThat(ordinary.find(created.id())).isEmpty();
    assertThat(ordinary.find(kept.id())).isPresent();
    assertThat(actions(kept.iModel())).containsExactly(AuditAction.CONNECTION_CREATED);
  }

  private List<AuditAction> actions(IModelId iModel) {
    return ordinary.audit(new AuditFilter(iModel, null), new PageRequest(0, 10)).items().stream()
        .map(AuditEntry::action)
        .toList();
  }

  @Test
  void a_commit_of_the_host_keeps_the_entries_of_its_changes_and_none_of_refused_ones()
      throws Throwable {
    var kept = addedConnection();
    try (var transaction = begun()) {
      var store = ordinary.within(transaction);
      var conflicting =
          connection().of(kept.iModel()).mapping(kept.storageFileIds().getFirst()).build();
      assertFailure(store.add(CAUSE, conflicting, Limits.NONE), FilesAlreadyMapped.class);
      assertSuccess(store.remove(CAUSE, kept.id(), Precondition.NONE));
      assertThat(actions(kept.iModel())).containsExactly(AuditAction.CONNECTION_CREATED);
      transaction.commit();
    }
    assertThat(actions(kept.iModel()))
        .containsExactlyInAnyOrder(AuditAction.CONNECTION_DELETED, AuditAction.CONNECTION_CREATED);
  }

  @Test
  void an_itwin_that_the_host_rolled_back_is_forgotten() throws Throwable {
    var iModel = iModel();
    var caller = Caller.ofClient("one");
    try (var transaction = begun()) {
      ordinaryDirectory
          .within(transaction)
          .iTwinOf(caller, iModel, IModelDirectoryContract.someFile());
      transaction.rollback();
    }
    var first = IModelDirectoryContract.someFile();
    assertThat(ordinaryDirectory.iTwinOf(caller, iModel, first)).contains(first.iTwin());
  }

  @Test
  void a_refused_change_leaves_the_transaction_of_the_host_usable() throws Throwable {
    var taken = addedConnection();
    var second = connection().of(taken.iModel()).mapping(taken.storageFileIds().getFirst()).build();
    var row = second.id().toString();
    try (var transaction = begun()) {
      insertHostRow(transaction, row);
      assertFailure(
          ordinary.within(transaction).add(CAUSE, second, Limits.NONE), FilesAlreadyMapped.class);
      insertHostRow(transaction, row + "2");
      transaction.commit();
    }
    assertThat(hasHostRow(row)).isTrue();
    assertThat(hasHostRow(row + "2")).isTrue();
    assertThat(ordinary.find(second.id())).isEmpty();
  }

  @Test
  void a_conflict_with_the_hosts_own_uncommitted_connection_is_reported() throws Throwable {
    var first = connection().build();
    var second = connection().of(first.iModel()).mapping(first.storageFileIds().getFirst()).build();
    try (var transaction = begun()) {
      var store = ordinary.within(transaction);
      assertThat(store.add(CAUSE, first, Limits.NONE)).isEqualTo(ADDED);
      assertFailure(store.add(CAUSE, second, Limits.NONE), FilesAlreadyMapped.class);
      transaction.commit();
    }
    assertThat(ordinary.find(first.id())).isPresent();
    assertThat(ordinary.find(second.id())).isEmpty();
  }

  @Test
  void savepoints_of_the_host_may_surround_and_interleave_with_changes() throws Throwable {
    var kept = connection().build();
    var undone = connection().build();
    var last = connection().build();
    try (var transaction = begun()) {
      var store = ordinary.within(transaction);
      var outer = transaction.setSavepoint("outer");
      assertThat(store.add(CAUSE, kept, Limits.NONE)).isEqualTo(ADDED);
      var inner = transaction.setSavepoint();
      assertThat(store.add(CAUSE, undone, Limits.NONE)).isEqualTo(ADDED);
      transaction.rollback(inner);
      assertThat(store.find(undone.id())).isEmpty();
      assertThat(store.add(CAUSE, last, Limits.NONE)).isEqualTo(ADDED);
      transaction.releaseSavepoint(outer);
      transaction.commit();
    }
    assertThat(ordinary.find(kept.id())).isPresent();
    assertThat(ordinary.find(undone.id())).isEmpty();
    assertThat(ordinary.find(last.id())).isPresent();
  }

  // ---- races -----------------------------------------------------------------------------------

  @Test
  void of_two_hosts_that_race_for_a_file_the_second_waits_and_is_told_who_has_it()
      throws Throwable {
    var first = connection().build();
    var second = connection().of(first.iModel()).mapping(first.storageFileIds().getFirst()).build();
    try (var thread = Executors.newSingleThreadExecutor();
        var transaction = begun()) {
      assertThat(ordinary.within(transaction).add(CAUSE, first, Limits.NONE)).isEqualTo(ADDED);
      var other =
          thread.submit(() -> {
            try (var others = begun()) {
              return ordinary.within(others).add(CAUSE, second, Limits.NONE);
            }
          });
      awaitBlockedSession();
      transaction.commit();
      assertThat(assertFailure(other.get(), FilesAlreadyMapped.class).conflicts()).hasSize(1);
    }
  }

  @Test
  void of_two_hosts_that_race_for_a_file_the_second_gets_it_if_the_first_rolls_back()
      throws Throwable {
    var first = connection().build();
    var second = connection().of(first.iModel()).mapping(first.storageFileIds().getFirst()).build();
    try (var thread = Executors.newSingleThreadExecutor();
        var transaction = begun()) {
      assertThat(ordinary.within(transaction).add(CAUSE, first, Limits.NONE)).isEqualTo(ADDED);
      var other =
          thread.submit(() -> {
            try {
              return repeated(others -> {
                return ordinary.within(others).add(CAUSE, second, Limits.NONE);
              });
            } catch (Throwable e) {
              throw new AssertionError(e);
            }
          });
      awaitBlockedSession();
      transaction.rollback();
      assertThat(other.get()).isEqualTo(ADDED);
    }
    assertThat(ordinary.find(second.id())).isPresent();
  }

  @Test
  void the_victim_of_a_deadlock_is_told_to_roll_back_and_repeat() throws Throwable {
    var one = addedConnection();
    var two = addedConnection();
    var bothHoldOne = new CyclicBarrier(2);
    var repetitions =
        Race.among(
            List.<Callable<Integer>>of(
                () -> renamedInOrder(one, two, bothHoldOne),
                () -> renamedInOrder(two, one, bothHoldOne)));
    assertThat(repetitions).anyMatch(repeated -> repeated > 0);
    assertThat(ordinary.find(one.id()).orElseThrow().revision()).isEqualTo(3);
    assertThat(ordinary.find(two.id()).orElseThrow().revision()).isEqualTo(3);
  }

  /** Renames two connections in one transaction, and returns how often it was repeated. */
  private int renamedInOrder(NewConnection first, NewConnection second, CyclicBarrier bothHoldOne)
      throws Exception {
    for (int repetitions = 0; ; repetitions++) {
      try (var transaction = begun()) {
        var store = ordinary.within(transaction);
        assertSuccess(
            store.update(
                CAUSE, first.id(), renamed("again " + UUID.randomUUID()), Precondition.NONE));
        if (repetitions == 0) {
          bothHoldOne.await();
        }
        assertSuccess(
            store.update(
                CAUSE, second.id(), renamed("again " + UUID.randomUUID()), Precondition.NONE));
        transaction.commit();
        return repetitions;
      } catch (TransactionConflictException victim) {
        assertThat(victim).hasMessageContaining("roll back, and repeat");
        pause();
      }
    }
  }

  // ---- isolation levels, and connections that are refused --------------------------------------

  @ParameterizedTest
  @ValueSource(ints = {Connection.TRANSACTION_REPEATABLE_READ, Connection.TRANSACTION_SERIALIZABLE})
  void at_a_higher_isolation_level_a_conflict_that_is_not_visible_ends_the_transaction(int level)
      throws Throwable {
    var taken = connection().build();
    var second = connection().of(taken.iModel()).mapping(taken.storageFileIds().getFirst()).build();
    try (var transaction = dataSource().getConnection()) {
      transaction.setTransactionIsolation(level);
      transaction.setAutoCommit(false);
      var store = ordinary.within(transaction);
      // The first statement decides what the transaction sees.
      assertThat(store.find(taken.id())).isEmpty();
      assertThat(ordinary.add(CAUSE, taken, Limits.NONE)).isEqualTo(ADDED);
      assertThatExceptionOfType(TransactionConflictException.class)
          .isThrownBy(() -> store.add(CAUSE, second, Limits.NONE));
      transaction.rollback();
      assertFailure(store.add(CAUSE, second, Limits.NONE), FilesAlreadyMapped.class);
      transaction.rollback();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {Connection.TRANSACTION_REPEATABLE_READ, Connection.TRANSACTION_SERIALIZABLE})
  void at_a_higher_isolation_level_a_row_that_changed_ends_the_transaction(int level)
      throws Throwable {
    var changed = addedConnection();
    try (var transaction = dataSource().getConnection()) {
      transaction.setTransactionIsolation(level);
      transaction.setAutoCommit(false);
      var store = ordinary.within(transaction);
      assertThat(store.find(changed.id())).isPresent();
      assertSuccess(
          ordinary.update(
              CAUSE, changed.id(), renamed("again " + UUID.randomUUID()), Precondition.NONE));
      assertThatExceptionOfType(TransactionConflictException.class)
          .isThrownBy(() -> store.update(CAUSE, changed.id(), renamed("mine"), Precondition.NONE));
      transaction.rollback();
      assertSuccess(store.update(CAUSE, changed.id(), renamed("mine"), Precondition.NONE));
      transaction.commit();
    }
    assertThat(ordinary.find(changed.id()).orElseThrow().revision()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {Connection.TRANSACTION_REPEATABLE_READ, Connection.TRANSACTION_SERIALIZABLE})
  void limits_need_read_committed(int level) throws Throwable {
    try (var transaction = dataSource().getConnection()) {
      transaction.setTransactionIsolation(level);
      transaction.setAutoCommit(false);
      var store = ordinary.within(transaction);
      assertThatIllegalStateException()
          .isThrownBy(() -> store.add(CAUSE, connection().build(), new Limits(1, 1)))
          .withMessageContaining("READ COMMITTED");
      transaction.rollback();
    }
  }

  @Test
  void a_connection_in_auto_commit_mode_is_refused() throws Throwable {
    try (var connection = dataSource().getConnection()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ordinary.within(connection))
          .withMessageContaining("auto-commit");
    }
  }

  @Test
  void a_closed_connection_is_refused() throws Throwable {
    var connection = begun();
    connection.close();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ordinary.within(connection))
        .withMessageContaining("closed");
  }

  @Test
  void after_the_transaction_has_ended_a_request_changes_nothing() throws Throwable {
    var taken = addedConnection();
    var second =
        connection()
            .of(taken.iModel())
            .mapping(IModelDirectoryContract.someFile(), taken.storageFileIds().getFirst())
            .build();
    try (var transaction = begun()) {
      var store = ordinary.within(transaction);
      transaction.commit();
      transaction.setAutoCommit(true);
      assertThatIllegalStateException()
          .isThrownBy(() -> store.add(CAUSE, second, Limits.NONE))
          .withMessageContaining("has ended");
    }
    assertThat(ordinary.find(second.id())).isEmpty();
  }

  /** Such as one of a container that does not let applications end transactions. */
  @Test
  void a_connection_that_refuses_to_roll_back_to_a_savepoint_is_no_refusal_of_the_request()
      throws Throwable {
    var taken = addedConnection();
    var second =
        connection()
            .of(taken.iModel())
            .mapping(IModelDirectoryContract.someFile(), taken.storageFileIds().getFirst())
            .build();
    try (var transaction = begun()) {
      var restricted =
          (Connection)
              Proxy.newProxyInstance(
                  Connection.class.getClassLoader(),
                  new Class<?>[] {Connection.class},
                  (proxy, method, arguments) -> {
                    if (method.getName().equals("rollback")) {
                      throw new SQLException("not allowed");
                    }
                    try {
                      return method.invoke(transaction, arguments);
                    } catch (InvocationTargetException e) {
                      throw e.getCause();
                    }
                  });
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> ordinary.within(restricted).add(CAUSE, second, Limits.NONE));
      transaction.rollback();
    }
  }

  /** Returns a query for the number of sessions that wait for a lock of another session. */
  abstract String blockedSessions();

  private void awaitBlockedSession() throws Exception {
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    try (var connection = dataSource().getConnection();
        var statement = connection.createStatement()) {
      while (System.nanoTime() < deadline) {
        try (var rows = statement.executeQuery(blockedSessions())) {
          if (rows.next() && rows.getInt(1) > 0) {
            return;
          }
        }
        TimeUnit.MILLISECONDS.sleep(10);
      }
    }
    throw new AssertionError("no session waits for a lock");
  }

  // ---- fixtures --------------------------------------------------------------------------------

  private static ConnectionChange renamed(String name) {
    return new ConnectionChange(DisplayName.parse(name), null);
  }

  private NewConnection addedConnection() {
    var created = connection().build();
    assertThat(ordinary.add(CAUSE, created, Limits.NONE)).isEqualTo(ADDED);
    return created;
  }
}
