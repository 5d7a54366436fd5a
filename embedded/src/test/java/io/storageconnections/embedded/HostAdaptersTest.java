package io.storageconnections.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.storageconnections.application.ForwardingUseCases;
import io.storageconnections.application.UseCases;
import io.storageconnections.application.connection.ConnectionRequest;
import io.storageconnections.application.connection.CreateStorageConnection;
import io.storageconnections.application.contract.InMemoryIModelDirectory;
import io.storageconnections.application.contract.InMemoryStorageConnectionStore;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.ConnectionFilter;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.sourcefile.SourceFileRequest;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.StorageFileId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** A host with a store, a directory or use cases of its own. */
final class HostAdaptersTest {

  private static final Caller CALLER = Caller.ofClient("host");

  private final IModelId iModel = new IModelId(UUID.randomUUID());
  private final InMemoryStorageConnectionStore store = new InMemoryStorageConnectionStore();
  private final JdbcDataSource dataSource = new JdbcDataSource();

  HostAdaptersTest() {
    dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
  }

  private void create(UseCases useCases) {
    var file =
        SourceFileRequest.of(
            new StorageFileId(new ITwinId(UUID.randomUUID()), UUID.randomUUID()),
            ConnectorType.MSTN);
    useCases
        .createStorageConnection()
        .create(CALLER, ConnectionRequest.of(iModel, List.of(file)))
        .orElseThrow();
  }

  private int stored() {
    return store.list(ConnectionFilter.of(iModel), new PageRequest(0, 100)).items().size();
  }

  @Test
  void a_host_with_its_own_store_and_directory_needs_no_data_source() {
    var builder =
        StorageConnectionsService.builder().store(store).iModels(new InMemoryIModelDirectory());
    try (var service = builder.build()) {
      create(service.useCases());
    }
    assertThat(stored()).isOne();
  }

  @Test
  void a_host_with_its_own_store_can_use_the_open_directory() {
    try (var service = StorageConnectionsService.builder(dataSource).store(store).build()) {
      create(service.useCases());
    }
    assertThat(stored()).isOne();
  }

  @Test
  void without_a_data_source_the_builder_says_what_the_host_must_set() {
    assertThatIllegalStateException()
        .isThrownBy(() -> StorageConnectionsService.builder().build())
        .withMessageContaining("needs a store of the host");
    assertThatIllegalStateException()
        .isThrownBy(() -> StorageConnectionsService.builder().store(store).build())
        .withMessageContaining("needs a directory of iModels of the host");
  }

  @Test
  void a_store_of_the_host_cannot_join_its_transactions() throws SQLException {
    var builder = StorageConnectionsService.builder(dataSource).store(store);
    try (var service = builder.build();
        var connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      assertThatIllegalStateException()
          .isThrownBy(() -> service.within(connection))
          .withMessageContaining("store of the host");
    }
  }

  @Test
  void a_store_of_the_host_and_its_transactions_are_refused_together() {
    var builder =
        StorageConnectionsService.builder(dataSource)
            .store(store)
            .transactions(
                new HostTransactions() {
                  @Override
                  public Optional<Connection> current() {
                    return Optional.empty();
                  }

                  @Override
                  public void afterCommit(Runnable action) {}
                });
    assertThatIllegalStateException()
        .isThrownBy(builder::build)
        .withMessageContaining("leave out store or transactions");
  }

  record CountedUseCases(UseCases next, LongAdder creations) implements ForwardingUseCases {

    @Override
    public CreateStorageConnection createStorageConnection() {
      return (caller, request) -> {
        creations.increment();
        return next.createStorageConnection().create(caller, request);
      };
    }
  }

  @Test
  void a_host_adds_behavior_to_use_cases_also_within_its_transactions() throws SQLException {
    var creations = new LongAdder();
    var builder =
        StorageConnectionsService.builder(dataSource)
            .decorate(useCases -> new CountedUseCases(useCases, creations))
            .decorate(useCases -> new CountedUseCases(useCases, creations));
    try (var service = builder.build();
        var connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      create(service.useCases());
      create(service.within(connection));
      connection.commit();
      assertThat(creations.sum()).isEqualTo(4);
      assertThat(service.useCases().limits().areSet()).isFalse();
    }
  }
}
