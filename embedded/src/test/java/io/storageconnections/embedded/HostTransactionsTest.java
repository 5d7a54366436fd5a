package io.storageconnections.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.storageconnections.application.UseCases;
import io.storageconnections.application.connection.ConnectionRequest;
import io.storageconnections.application.outcome.Outcome.Failed;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.ConnectionFilter;
import io.storageconnections.application.sourcefile.SourceFileRequest;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.StorageFileId;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A host whose requests are part of its own transactions. */
final class HostTransactionsTest {

  private static final Caller CALLER = Caller.ofClient("host");

  private final IModelId iModel = new IModelId(UUID.randomUUID());
  private final SourceFileRequest file =
      SourceFileRequest.of(
          new StorageFileId(new ITwinId(UUID.randomUUID()), UUID.randomUUID()), ConnectorType.MSTN);
  private final JdbcDataSource dataSource = new JdbcDataSource();

  HostTransactionsTest() {
    dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
  }

  private Connection begun() throws SQLException {
    var connection = dataSource.getConnection();
    connection.setAutoCommit(false);
    return connection;
  }

  private boolean creates(UseCases useCases) {
    var request = ConnectionRequest.of(iModel, List.of(file));
    return !(useCases.createStorageConnection().create(CALLER, request) instanceof Failed);
  }

  private long connections(UseCases useCases) {
    return useCases.listStorageConnections().stream(CALLER, ConnectionFilter.of(iModel)).count();
  }

  @Test
  void what_the_host_rolls_back_does_not_exist() throws SQLException {
    try (var service = StorageConnectionsService.on(dataSource);
        var transaction = begun()) {
      var within = service.within(transaction);
      assertThat(creates(within)).isTrue();
      assertThat(connections(within)).isOne();
      assertThat(connections(service.useCases())).isZero();
      transaction.rollback();
      assertThat(connections(service.useCases())).isZero();
    }
  }

  @Test
  void a_refused_request_leaves_the_transaction_usable_and_the_limits_hold() throws SQLException {
    try (var service =
            StorageConnectionsService.builder(dataSource).limits(new Limits(1, 1)).build();
        var transaction = begun()) {
      var within = service.within(transaction);
      assertThat(creates(within)).isTrue();
      assertThat(creates(within)).isFalse();
      transaction.commit();
      assertThat(connections(service.useCases())).isOne();
    }
  }

  /** The transactions of a framework that keeps the current one in a variable. */
  private static final class Framework implements HostTransactions {

    private final List<Runnable> afterCommit = new ArrayList<>();
    private @Nullable Connection current;

    @Override
    public Optional<Connection> current() {
      return Optional.ofNullable(current);
    }

    @Override
    public void afterCommit(Runnable action) {
      afterCommit.add(action);
    }
  }

  @Test
  void requests_join_the_transaction_of_the_framework_if_there_is_one() throws SQLException {
    var framework = new Framework();
    var told = new ArrayList<ChangeEvent>();
    try (var service =
            StorageConnectionsService.builder(dataSource)
                .transactions(framework)
                .onChange(told::add)
                .build();
        var transaction = begun()) {
      // A host may keep this object while transactions begin and end.
      var useCases = service.useCases();
      var create = useCases.createStorageConnection();
      var request = ConnectionRequest.of(iModel, List.of(file));
      framework.current = transaction;
      create.create(CALLER, request).orElseThrow();
      assertThat(connections(useCases)).isOne();
      transaction.rollback();
      framework.current = null;
      assertThat(connections(useCases)).isZero();
      create.create(CALLER, request).orElseThrow();
      transaction.rollback();
      assertThat(connections(useCases)).isOne();
      assertThat(framework.afterCommit).hasSize(1);
    }
    assertThat(told).hasSize(1);
  }

  /** A new use case must be added to the class, or here if it does not access the store. */
  @Test
  void every_use_case_that_accesses_the_store_joins() {
    assertThat(JoiningUseCases.class.getDeclaredMethods())
        .extracting(Method::getName)
        .containsAll(
            Arrays.stream(UseCases.class.getDeclaredMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .map(Method::getName)
                .filter(name ->
                    !Set.of(
                            "getAuthorizationInformation",
                            "listConnectorTypes",
                            "checkReadiness",
                            "limits")
                        .contains(name))
                .toList());
  }

  @Test
  void a_connection_in_auto_commit_mode_is_refused() throws SQLException {
    try (var service = StorageConnectionsService.on(dataSource);
        var connection = dataSource.getConnection()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> service.within(connection))
          .withMessageContaining("auto-commit");
    }
  }

  @Test
  void a_service_with_listeners_must_be_told_of_the_commit() throws SQLException {
    try (var service =
            StorageConnectionsService.builder(dataSource).onChange(change -> {}).build();
        var transaction = begun()) {
      assertThatIllegalStateException()
          .isThrownBy(() -> service.within(transaction))
          .withMessageContaining("within(connection, afterCommit)");
    }
  }
}
