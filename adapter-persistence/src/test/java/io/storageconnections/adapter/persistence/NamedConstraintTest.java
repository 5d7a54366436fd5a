package io.storageconnections.adapter.persistence;

import static io.storageconnections.domain.audit.AuditFixtures.CAUSE;
import static io.storageconnections.domain.connection.ConnectionFixtures.connection;
import static io.storageconnections.domain.connection.ConnectionFixtures.iModel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.storageconnections.adapter.persistence.sql.NamedConstraint;
import io.storageconnections.adapter.persistence.sql.StoreConstraints;
import io.storageconnections.application.outcome.Failure.FilesAlreadyMapped;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.outcome.Outcome.Failed;
import io.storageconnections.application.port.StorageConnectionStore;
import io.storageconnections.application.port.StorageConnectionStore.Added;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.port.StoreException.Reason;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.NewConnection;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.UUID;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that only the violation of a named constraint becomes the outcome of this constraint. */
final class NamedConstraintTest {

  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void start() throws IOException {
    postgres = EmbeddedPostgres.start();
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  enum Kind {
    H2,
    POSTGRESQL;

    Database open() {
      var url =
          this == H2
              ? "jdbc:h2:mem:" + UUID.randomUUID()
              : postgres.getJdbcUrl("postgres", "postgres");
      var database = Database.open(url, null, null, Database.CONNECTIONS_DEFAULT);
      Migrations.run(database.dataSource());
      return database;
    }
  }

  /**
   * The test adds a second constraint to the same table: an iModel may use the Storage of an iTwin
   * only once.
   */
  @ParameterizedTest
  @EnumSource
  void a_second_unique_constraint_is_not_mistaken_for_the_first(Kind kind) throws SQLException {
    try (var database = kind.open()) {
      var store = JooqStorageConnectionStore.on(database.dataSource());
      execute(
          database,
          "alter table storage_connection_source_file add constraint planted_unique"
              + " unique (imodel_id, storage_itwin_id)");
      try {
        var first = connection().of(iModel()).mapping("a.dgn").build();
        var second = connection().of(first.iModel()).mapping("b.dgn").build();
        var same = connection().of(first.iModel()).mapping("a.dgn").build();
        assertThat(add(store, first)).isEqualTo(Outcome.success(new Added(null)));
        assertThatExceptionOfType(StoreException.class)
            .isThrownBy(() -> add(store, second))
            .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.DEFECT));
        assertThat(store.find(second.id())).isEmpty();
        execute(
            database, "alter table storage_connection_source_file drop constraint planted_unique");
        assertThat(add(store, same))
            .isInstanceOfSatisfying(
                Failed.class,
                failed -> assertThat(failed.failure()).isInstanceOf(FilesAlreadyMapped.class));
      } finally {
        execute(
            database,
            "alter table storage_connection_source_file drop constraint if exists planted_unique");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void an_existing_id_is_reported_as_a_defect_and_not_as_a_file_conflict(Kind kind) {
    try (var database = kind.open()) {
      var store = JooqStorageConnectionStore.on(database.dataSource());
      var present = connection().of(iModel()).mapping("a.dgn").build();
      add(store, present);
      var sameId =
          new NewConnection(
              present.connection(), connection().mapping("b.dgn").build().sourceFiles());
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> add(store, sameId))
          .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.DEFECT));
    }
  }

  /** Searches the constraints by the names in the enum. */
  @ParameterizedTest
  @EnumSource
  void every_constraint_exists_in_the_database(Kind kind) throws SQLException {
    try (var database = kind.open();
        var connection = database.dataSource().getConnection();
        var statement =
            connection.prepareStatement(
                "select count(*) from information_schema.table_constraints"
                    + " where lower(constraint_name) = ?")) {
      for (var constraint : StoreConstraints.ALL) {
        statement.setString(1, constraint.constraintName().toLowerCase(Locale.ROOT));
        try (var rows = statement.executeQuery()) {
          rows.next();
          assertThat(rows.getInt(1)).as("%s", constraint).isEqualTo(1);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          storage_connection_source_file_mapped_once | ERROR: duplicate key value violates unique constraint "storage_connection_source_file_mapped_once"
          storage_connection_source_file_mapped_once | FEHLER: doppelter Schlüsselwert verletzt Unique-Constraint »storage_connection_source_file_mapped_once«
          storage_connection_imodel_pk | ERROR: duplicate key value violates unique constraint "storage_connection_imodel_pk"
          storage_connection_imodel_lock_pk | Unique index or primary key violation: "PUBLIC.STORAGE_CONNECTION_IMODEL_LOCK_PK INDEX PUBLIC.PRIMARY_KEY_2 ON PUBLIC.STORAGE_CONNECTION_IMODEL_LOCK(IMODEL_ID) VALUES ( /* key:1 */ UUID 'x')"
          storage_connection_source_file_mapped_once | Unique index or primary key violation: "PUBLIC.STORAGE_CONNECTION_SOURCE_FILE_MAPPED_ONCE_INDEX_9 ON PUBLIC.STORAGE_CONNECTION_SOURCE_FILE(IMODEL_ID NULLS FIRST) VALUES ( /* key:1 */ UUID 'x')"
          storage_connection_imodel_lock_pk | Unique index or primary key violation: "PUBLIC.PRIMARY_KEY_2 ON PUBLIC.STORAGE_CONNECTION_IMODEL_LOCK(IMODEL_ID) VALUES ( /* key:1 */ UUID 'x')"
          """)
  void a_message_names_exactly_one_constraint(String named, String message) {
    assertThat(StoreConstraints.ALL)
        .filteredOn(constraint -> constraint.isViolatedBy(failure("23505", message)))
        .containsExactly(NamedConstraint.unique(named));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ERROR: duplicate key value violates unique constraint \"other\"\n"
            + "  Detail: Key (a)=(storage_connection_source_file_mapped_once) already exists.",
        "Unique index or primary key violation: \"PUBLIC.OTHER INDEX PUBLIC.X ON PUBLIC.T(A)"
            + " VALUES ('storage_connection_source_file_mapped_once')\"",
        "Unique index or primary key violation: \"PUBLIC.OTHER_INDEX_1 ON PUBLIC.T(A) VALUES"
            + " ('storage_connection_source_file_mapped_once_index_1')\"",
        "Unique index or primary key violation: \"PUBLIC.PRIMARY_KEY_1 ON PUBLIC.T(A) VALUES (' ON"
            + " PUBLIC.STORAGE_CONNECTION(')\""
      })
  void a_value_that_looks_like_the_name_of_a_constraint_is_not_one(String message) {
    assertThat(StoreConstraints.ALL)
        .noneMatch(constraint -> constraint.isViolatedBy(failure("23505", message)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ERROR: insert or update on table \"storage_connection_source_file\" violates foreign key"
            + " constraint \"storage_connection_source_file_connection_fk\"",
        "FEHLER: Einfügen oder Aktualisieren in Tabelle »storage_connection_source_file« verletzt"
            + " Fremdschlüssel-Constraint »storage_connection_source_file_connection_fk«"
      })
  void a_missing_connection_violates_the_foreign_key(String message) {
    assertThat(StoreConstraints.ALL)
        .filteredOn(constraint -> constraint.isViolatedBy(failure("23503", message)))
        .containsExactly(StoreConstraints.FILE_OF_CONNECTION);
  }

  @Test
  void another_sqlstate_is_no_violation_of_a_unique_constraint() {
    var failure = failure("23503", "violates \"storage_connection_source_file_mapped_once\"");
    assertThat(StoreConstraints.FILE_MAPPED_ONCE.isViolatedBy(failure)).isFalse();
  }

  private static DataAccessException failure(String state, String message) {
    return new DataAccessException("sql", new SQLException(message, state));
  }

  private static Outcome<?, ?> add(StorageConnectionStore store, NewConnection connection) {
    return store.add(CAUSE, connection, Limits.NONE);
  }

  private static void execute(Database database, String sql) throws SQLException {
    try (var connection = database.dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
