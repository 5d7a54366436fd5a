package io.storageconnections.adapter.persistence;

import static io.storageconnections.domain.audit.AuditFixtures.CAUSE;
import static io.storageconnections.domain.connection.ConnectionFixtures.connection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.zaxxer.hikari.HikariDataSource;
import io.storageconnections.application.contract.Race;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.domain.connection.Limits;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collections;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatabaseTest {

  @TempDir private Path folder;

  @Test
  void connections_are_still_stored_after_the_database_is_reopened() {
    var connection = connection().mapping("drawing.dgn", "site.dgn").build();
    try (var database = migrated(file())) {
      JooqStorageConnectionStore.on(database.dataSource()).add(CAUSE, connection, Limits.NONE);
    }
    try (var database = Database.open(file(), null, null, Database.CONNECTIONS_DEFAULT)) {
      var store = JooqStorageConnectionStore.on(database.dataSource());
      assertThat(store.find(connection.id())).contains(connection.connection());
      assertThat(store.listFiles(connection.id(), new PageRequest(0, 9)))
          .isEqualTo(Outcome.success(new Page<>(connection.sourceFiles(), 0, false)));
    }
  }

  @Test
  void h2_writes_commits_without_delay() throws SQLException {
    try (var database = Database.open(file(), null, null, Database.CONNECTIONS_DEFAULT)) {
      assertThat(setting(database, "WRITE_DELAY")).isEqualTo("0");
    }
  }

  @Test
  void settings_in_the_url_take_precedence_over_defaults() throws SQLException {
    try (var database =
        Database.open(file() + ";write_delay=100", null, null, Database.CONNECTIONS_DEFAULT)) {
      assertThat(setting(database, "WRITE_DELAY")).isEqualTo("100");
    }
  }

  @Test
  void closing_the_pool_deletes_a_database_in_memory() {
    var url = "jdbc:h2:mem:" + UUID.randomUUID();
    try (var database = migrated(url)) {
      assertThat(Migrations.run(database.dataSource())).isZero();
    }
    try (var database = Database.open(url, null, null, Database.CONNECTIONS_DEFAULT)) {
      assertThat(Migrations.run(database.dataSource())).isPositive();
    }
  }

  @Test
  void concurrent_migrations_run_each_migration_once() throws InterruptedException {
    try (var database = Database.open(file(), null, null, Database.CONNECTIONS_DEFAULT)) {
      var missing = Migrations.missing(database.dataSource());
      var counts =
          Race.among(
              Collections.nCopies(
                  4, (Callable<Integer>) () -> Migrations.run(database.dataSource())));
      // Different threads may run different migrations, but each migration runs once.
      assertThat(counts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(missing);
      assertThat(Migrations.missing(database.dataSource())).isZero();
      assertThat(Migrations.applied(database.dataSource())).isEqualTo(missing);
    }
  }

  @Test
  void without_a_missing_migration_the_history_is_only_read() throws SQLException {
    try (var database = migrated("jdbc:h2:mem:" + UUID.randomUUID());
        var other = database.dataSource().getConnection();
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("select * from \"storage_connection_schema_history\" for update");
      assertThat(Migrations.run(database.dataSource())).isZero();
      other.rollback();
    }
  }

  @Test
  void a_database_with_tables_of_the_host_can_be_migrated() throws SQLException {
    try (var database = Database.open(file(), null, null, Database.CONNECTIONS_DEFAULT)) {
      try (var connection = database.dataSource().getConnection();
          var statement = connection.createStatement()) {
        statement.execute("create table of_the_host (id int)");
      }
      assertThat(Migrations.run(database.dataSource())).isPositive();
    }
  }

  @Test
  void a_pool_that_is_too_small_for_migrations_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Database.open(file(), null, null, 1))
        .withMessageContaining("migrations take two at the same time");
  }

  @Test
  void with_a_pool_of_one_of_the_host_migrations_fail_with_the_reason() {
    try (var pool = new HikariDataSource()) {
      pool.setJdbcUrl(file());
      pool.setMaximumPoolSize(1);
      pool.setConnectionTimeout(250);
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> Migrations.run(pool))
          .withMessageContaining("the migrations need two connections at the same time");
    }
  }

  @Test
  void an_unusable_url_is_reported_without_the_password() {
    for (var url :
        new String[] {
          "jdbc:h2:file:/dev/null/no;PASSWORD=sesame",
          "jdbc:h2:file:relative;PASSWORD=sesame",
          "jdbc:h2:nonsense;PASSWORD=sesame;NO_SUCH_SETTING=1",
          "jdbc:unheard:of?sesame"
        }) {
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> Database.open(url, null, "sesame", 2))
          .satisfies(failure -> {
            var trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            assertThat(trace.toString()).doesNotContain("sesame");
          });
    }
  }

  @Test
  void another_integrity_violation_is_not_reported_as_a_conflict() throws SQLException {
    try (var database = migrated(file())) {
      var store = JooqStorageConnectionStore.on(database.dataSource());
      store.add(CAUSE, connection().named("holder").mapping("drawing.dgn").build(), Limits.NONE);
      try (var connection = database.dataSource().getConnection();
          var statement = connection.createStatement()) {
        // A check violation has the SQLSTATE class 23, too, and occurs before the unique violation.
        statement.execute(
            "alter table storage_connection add constraint no check (display_name <> 'late')");
      }
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() ->
              store.add(
                  CAUSE, connection().named("late").mapping("drawing.dgn").build(), Limits.NONE));
    }
  }

  private String file() {
    return "jdbc:h2:file:" + folder.resolve("store");
  }

  private static Database migrated(String url) {
    var database = Database.open(url, null, null, Database.CONNECTIONS_DEFAULT);
    Migrations.run(database.dataSource());
    return database;
  }

  private static String setting(Database database, String name) throws SQLException {
    try (var connection = database.dataSource().getConnection();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select setting_value from information_schema.settings where setting_name = '"
                    + name
                    + "'")) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }
}
