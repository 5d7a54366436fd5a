package io.storageconnections.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.storageconnections.application.connection.ConnectionRequest;
import io.storageconnections.application.connection.CreateStorageConnection.Created;
import io.storageconnections.application.outcome.Failure.FilesAlreadyMapped;
import io.storageconnections.application.outcome.Failure.Invalid;
import io.storageconnections.application.outcome.Failure.OfCreation;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.outcome.Outcome.Failed;
import io.storageconnections.application.outcome.Outcome.Success;
import io.storageconnections.application.port.Access;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.IModelDirectory;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.sourcefile.SourceFileRequest;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.StorageFileId;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A host that calls the use cases on its own database. */
final class StorageConnectionsServiceTest {

  private static final Caller CALLER = Caller.ofClient("host");
  private static final ConnectionRequest REQUEST =
      new ConnectionRequest(
          "30",
          "7dbd531d-6967-47b2-8945-a722a437ad7a",
          "User",
          List.of(new SourceFileRequest("t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cA", "MSTN")));

  private final JdbcDataSource dataSource = new JdbcDataSource();
  private Connection open;

  @BeforeEach
  void openDatabase() throws SQLException {
    dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID());
    open = dataSource.getConnection();
  }

  @AfterEach
  void closeDatabase() throws SQLException {
    open.close();
  }

  @Test
  void a_host_creates_a_connection_in_ten_lines() {
    try (var service = StorageConnectionsService.on(dataSource)) {
      assertThat(describe(service.useCases().createStorageConnection().create(CALLER, REQUEST)))
          .isEqualTo("created in 7dbd531d-6967-47b2-8945-a722a437ad7a");
      assertThat(describe(service.useCases().createStorageConnection().create(CALLER, REQUEST)))
          .isEqualTo("already mapped: 1 file");
    }
  }

  private static String describe(Outcome<Created, OfCreation> outcome) {
    return switch (outcome) {
      case Success(var created) -> "created in " + created.connection().iModel();
      case Failed(FilesAlreadyMapped(var conflicts)) ->
          "already mapped: " + conflicts.size() + " file";
      case Failed(Invalid(var violations)) -> "invalid: " + violations;
      case Failed(var failure) -> "not created: " + failure;
    };
  }

  @Test
  void directory_clock_ids_and_limits_of_the_host_are_used() {
    var iTwin = ITwinId.parse("11111111-2222-4333-8444-555555555555");
    var id = UUID.fromString("99999999-2222-4333-8444-555555555555");
    var now = Instant.parse("2026-01-02T03:04:05Z");
    var builder =
        StorageConnectionsService.builder(dataSource)
            .iModels(new OneITwin(iTwin))
            .clock(Clock.fixed(now, ZoneOffset.UTC))
            .ids(() -> id)
            .limits(new Limits(1, 0));
    try (var service = builder.build()) {
      var outcome = service.useCases().createStorageConnection().create(CALLER, REQUEST);
      var created = ((Success<Created, OfCreation>) outcome).value();
      assertThat(created.connection().iTwin()).isEqualTo(iTwin);
      assertThat(created.connection().created()).isEqualTo(now);
      assertThat(created.connection().id().connection()).isEqualTo(id);
      assertThat(service.useCases().limits().connectionsPerIModel()).isOne();
    }
  }

  @Test
  @SuppressWarnings("NullAway") // A host may pass the null that it got from a lookup.
  void a_null_directory_is_refused_and_does_not_mean_the_default() {
    var builder = StorageConnectionsService.builder(dataSource);
    assertThatNullPointerException().isThrownBy(() -> builder.iModels(null));
  }

  @Test
  void a_later_service_on_the_same_database_finds_earlier_connections() {
    try (var service = StorageConnectionsService.on(dataSource)) {
      service.useCases().createStorageConnection().create(CALLER, REQUEST);
    }
    try (var service = StorageConnectionsService.builder(dataSource).migrate(false).build()) {
      assertThat(service.useCases().createStorageConnection().create(CALLER, REQUEST))
          .isInstanceOfSatisfying(
              Failed.class,
              failed -> assertThat(failed.failure()).isInstanceOf(FilesAlreadyMapped.class));
    }
  }

  @Test
  void with_migrate_false_the_service_creates_no_tables() {
    try (var service = StorageConnectionsService.builder(dataSource).migrate(false).build()) {
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> service.useCases().createStorageConnection().create(CALLER, REQUEST));
    }
  }

  @Test
  void tables_of_the_host_stay_unchanged() throws SQLException {
    try (var statement = open.createStatement()) {
      statement.execute("create table host (id int primary key)");
      statement.execute("insert into host values (1)");
    }
    StorageConnectionsService.on(dataSource).close();
    try (var statement = open.createStatement();
        var rows = statement.executeQuery("select id from host")) {
      assertThat(rows.next()).isTrue();
    }
  }

  @Test
  void the_service_refuses_a_connection_with_a_transaction_of_the_host_and_leaves_it_open()
      throws SQLException {
    try (var statement = open.createStatement();
        var service = StorageConnectionsService.on(joining(open))) {
      statement.execute("create table host (id int primary key)");
      open.setAutoCommit(false);
      statement.execute("insert into host values (1)");
      assertThatIllegalStateException()
          .isThrownBy(() -> service.useCases().createStorageConnection().create(CALLER, REQUEST))
          .withMessageContaining("not a proxy that joins the host's transactions");
      assertThatIllegalStateException()
          .isThrownBy(() -> StorageConnectionsService.on(joining(open)));
      open.rollback();
      try (var rows = statement.executeQuery("select id from host")) {
        assertThat(rows.next()).isFalse();
      }
    }
  }

  /**
   * Like a proxy that joins transactions: every caller gets the same connection, and close has no
   * effect.
   */
  private static DataSource joining(Connection transaction) {
    var shared = proxy(Connection.class, Map.of("close", () -> null), transaction);
    return proxy(DataSource.class, Map.of("getConnection", () -> shared), new JdbcDataSource());
  }

  private static <T> T proxy(Class<T> type, Map<String, Supplier<?>> answers, T otherwise) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              var answer = answers.get(method.getName());
              return answer == null ? method.invoke(otherwise, arguments) : answer.get();
            }));
  }

  /** A directory of the host. */
  private record OneITwin(ITwinId iTwin) implements IModelDirectory {

    @Override
    public Access access(Caller caller, IModelId iModel) {
      return Access.CHANGE;
    }

    @Override
    public Optional<ITwinId> iTwinOf(Caller caller, IModelId iModel, StorageFileId firstFile) {
      return Optional.of(iTwin);
    }
  }
}
