package io.storageconnections.adapter.persistence;

import static io.storageconnections.domain.audit.AuditFixtures.CAUSE;
import static io.storageconnections.domain.connection.ConnectionFixtures.connection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.port.StorageConnectionStore.Added;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.port.StoreException.Reason;
import io.storageconnections.domain.connection.Limits;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests that the store retries transactions that the database rolled back in favor of another one,
 * up to a limit.
 */
final class RetryTest {

  private final String url = "jdbc:h2:mem:" + UUID.randomUUID();
  private final Database database = Database.open(url, null, null, Database.CONNECTIONS_DEFAULT);
  private final AtomicInteger failuresToCome = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private String failingState = "40P01";
  private String failureMessage = "rolled back";

  private JooqStorageConnectionStore store() {
    Migrations.run(database.dataSource());
    return JooqStorageConnectionStore.on(failing(database.dataSource()));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"40P01", "40001"})
  void a_rolled_back_transaction_is_retried(String sqlState) {
    failingState = sqlState;
    var store = store();
    var connection = connection().build();
    failuresToCome.set(9);
    assertThat(store.add(CAUSE, connection, Limits.NONE))
        .isEqualTo(Outcome.success(new Added(null)));
    assertThat(failed).hasValue(9);
    assertThat(store.find(connection.id())).contains(connection.connection());
  }

  @Test
  void a_random_key_that_the_database_takes_for_a_repeated_one_is_tried_again() {
    failingState = "23505";
    failureMessage =
        "Unique index or primary key violation:"
            + " \"PUBLIC.STORAGE_CONNECTION_SOURCE_FILE_PK INDEX PUBLIC.PRIMARY_KEY_95 ON T(ID)\"";
    var store = store();
    var connection = connection().build();
    failuresToCome.set(9);
    assertThat(store.add(CAUSE, connection, Limits.NONE))
        .isEqualTo(Outcome.success(new Added(null)));
    assertThat(failed).hasValue(9);
    assertThat(store.find(connection.id())).contains(connection.connection());
  }

  @Test
  void after_ten_attempts_the_store_reports_that_it_is_busy() {
    var store = store();
    var connection = connection().build();
    failuresToCome.set(10);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> store.add(CAUSE, connection, Limits.NONE))
        .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.BUSY));
    assertThat(failed).hasValue(10);
    assertThat(store.find(connection.id())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"08006", "23503", "57P01", "XX000"})
  void other_failures_are_not_retried(String other) {
    failingState = other;
    var store = store();
    failuresToCome.set(1);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> store.add(CAUSE, connection().build(), Limits.NONE));
    assertThat(failed).hasValue(1);
  }

  @Test
  void after_a_failure_of_the_disk_the_store_is_not_ready_for_a_while() {
    var store = store();
    store.check();
    failingState = "53100";
    failuresToCome.set(1);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> store.add(CAUSE, connection().build(), Limits.NONE));
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(store::check)
        .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.DISK));
    assertThat(failed).hasValue(1);
  }

  @Test
  void another_isolation_level_than_read_committed_is_rejected() throws SQLException {
    var repeatable =
        proxy(
            DataSource.class,
            database.dataSource(),
            (method, result) -> {
              if (result instanceof Connection connection) {
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
              }
              return result;
            });
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JooqStorageConnectionStore.on(repeatable))
        .withMessageContaining("READ COMMITTED");
  }

  /** Returns a data source whose next {@link #failuresToCome} statements fail. */
  private DataSource failing(DataSource dataSource) {
    return proxy(
        DataSource.class,
        dataSource,
        (method, result) -> result instanceof Connection connection ? failing(connection) : result);
  }

  private Connection failing(Connection connection) {
    return proxy(
        Connection.class,
        connection,
        (method, result) ->
            result instanceof PreparedStatement statement ? failing(statement) : result);
  }

  private PreparedStatement failing(PreparedStatement statement) {
    return proxy(
        PreparedStatement.class,
        statement,
        (method, result) -> {
          if (method.getName().startsWith("execute") && failuresToCome.getAndDecrement() > 0) {
            failed.incrementAndGet();
            throw new SQLException(failureMessage, failingState);
          }
          return result;
        });
  }

  private interface Answer {

    @Nullable Object of(Method method, @Nullable Object result) throws SQLException;
  }

  private static <T> T proxy(Class<T> type, T target, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            RetryTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                return answer.of(method, method.invoke(target, arguments));
              } catch (InvocationTargetException e) {
                throw e.getTargetException();
              }
            }));
  }
}
