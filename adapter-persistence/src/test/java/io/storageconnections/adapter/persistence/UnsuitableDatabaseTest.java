package io.storageconnections.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.storageconnections.adapter.persistence.sql.SqlFailure;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.port.StoreException.Reason;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests how the adapter reports databases that it cannot use. */
final class UnsuitableDatabaseTest {

  private static EmbeddedPostgres postgres;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws IOException, SQLException {
    postgres = EmbeddedPostgres.start();
    execute("postgres", "create role ordinary login");
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  private static void execute(String database, String... statements) throws SQLException {
    try (var connection = postgres.getDatabase("postgres", database).getConnection();
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static String create(String options) throws SQLException {
    var name = "test_" + UUID.randomUUID().toString().replace('-', '_');
    execute("postgres", "create database " + name + " " + options);
    return name;
  }

  private static Database open(String user, String database) {
    return Database.open(postgres.getJdbcUrl(user, database), null, null, 2);
  }

  private static void assertRefused(Reason reason, String advice, ThrowingCallable use) {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(use)
        .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(reason))
        .withMessageContaining(advice);
  }

  @Test
  void a_missing_right_is_reported_without_retries() throws SQLException {
    var name = create("");
    execute(name, "revoke create on schema public from public");
    try (var database = open("ordinary", name)) {
      var connections = new AtomicInteger();
      var counting = counting(database.dataSource(), connections);
      assertRefused(
          Reason.MISCONFIGURED,
          "GRANT CREATE ON SCHEMA public TO ordinary",
          () -> Migrations.run(counting));
      // One connection reads the state of the database. Flyway uses a few to find out which
      // migrations it has.
      assertThat(connections).hasValueLessThan(5);
    }
  }

  @Test
  void a_database_with_another_encoding_than_utf8_is_rejected() throws SQLException {
    var name = create("encoding 'LATIN1' lc_collate 'C' lc_ctype 'C' template template0");
    try (var database = open("postgres", name)) {
      var dataSource = database.dataSource();
      assertRefused(
          Reason.MISCONFIGURED, "LATIN1", () -> JooqStorageConnectionStore.on(dataSource));
      assertRefused(Reason.MISCONFIGURED, "LATIN1", () -> Migrations.run(dataSource));
      try (var connection = dataSource.getConnection();
          var statement = connection.prepareStatement("select cast(? as varchar)")) {
        statement.setString(1, "\uD83D\uDE00");
        assertThatExceptionOfType(SQLException.class)
            .isThrownBy(statement::executeQuery)
            .satisfies(
                failure -> assertThat(SqlFailure.of(failure)).isEqualTo(SqlFailure.ENCODING));
      }
    }
  }

  @Test
  void the_check_finds_each_missing_right_on_each_table() throws SQLException {
    var name = create("");
    try (var database = open("postgres", name)) {
      Migrations.run(database.dataSource());
    }
    execute(
        name, "grant select, insert, update, delete on all tables in schema public to ordinary");
    try (var database = open("ordinary", name)) {
      var store = JooqStorageConnectionStore.on(database.dataSource());
      store.check();
      for (var table :
          new String[] {
            "storage_connection", "storage_connection_source_file", "storage_connection_rate_limit"
          }) {
        for (var right : new String[] {"select", "insert", "update", "delete"}) {
          execute(name, "revoke " + right + " on " + table + " from ordinary");
          assertRefused(Reason.MISCONFIGURED, "lacks a right", store::check);
          execute(name, "grant " + right + " on " + table + " to ordinary");
        }
      }
      // The audit trail is never updated, so that the right to do so may be revoked.
      execute(name, "revoke update on storage_connection_audit from ordinary");
      store.check();
      for (var right : new String[] {"select", "insert", "delete"}) {
        execute(name, "revoke " + right + " on storage_connection_audit from ordinary");
        assertRefused(Reason.MISCONFIGURED, "lacks a right", store::check);
        execute(name, "grant " + right + " on storage_connection_audit to ordinary");
      }
      store.check();
    }
  }

  @Test
  void a_read_only_h2_is_reported_with_and_without_tables() {
    var url = "jdbc:h2:file:" + folder.resolve("h2");
    try (var database = Database.open(url, null, null, 2)) {
      assertThat(Migrations.missing(database.dataSource())).isPositive();
    }
    try (var readOnly = Database.open(url + ";ACCESS_MODE_DATA=r", null, null, 2)) {
      assertRefused(Reason.READ_ONLY, "read-only", () -> Migrations.run(readOnly.dataSource()));
    }
    try (var database = Database.open(url, null, null, 2)) {
      Migrations.run(database.dataSource());
    }
    try (var readOnly = Database.open(url + ";ACCESS_MODE_DATA=r", null, null, 2)) {
      var store = JooqStorageConnectionStore.on(readOnly.dataSource());
      assertRefused(Reason.READ_ONLY, "read-only", store::check);
    }
  }

  @Test
  void a_connection_that_broke_within_a_transaction_is_not_reported_as_a_transaction_of_the_host() {
    try (var database = Database.inMemory()) {
      Migrations.run(database.dataSource());
      var breaks = new AtomicBoolean();
      var store =
          JooqStorageConnectionStore.on(
              proxy(
                  DataSource.class,
                  database.dataSource(),
                  (method, result) ->
                      breaks.get() && result instanceof Connection connection
                          ? brokenWithinTransaction(connection)
                          : result));
      store.check();
      breaks.set(true);
      assertRefused(Reason.DISK, "closed itself", store::check);
    }
  }

  private static Connection brokenWithinTransaction(Connection connection) {
    return proxy(
        Connection.class,
        connection,
        (method, result) ->
            switch (method.getName()) {
              case "getAutoCommit" -> false;
              case "createStatement", "prepareStatement" ->
                  throw new SQLException("The database has been closed", "90098");
              default -> result;
            });
  }

  private interface Answer {

    @Nullable Object of(Method method, @Nullable Object result) throws SQLException;
  }

  private static <T> T proxy(Class<T> type, T target, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            UnsuitableDatabaseTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                return answer.of(method, method.invoke(target, arguments));
              } catch (InvocationTargetException e) {
                throw e.getTargetException();
              }
            }));
  }

  private static DataSource counting(DataSource dataSource, AtomicInteger connections) {
    return proxy(
        DataSource.class,
        dataSource,
        (method, result) -> {
          if (method.getName().equals("getConnection")) {
            connections.incrementAndGet();
          }
          return result;
        });
  }
}
