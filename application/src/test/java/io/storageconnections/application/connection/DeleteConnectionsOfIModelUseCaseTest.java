package io.storageconnections.application.connection;

import static io.storageconnections.application.TestDependencies.CALLER;
import static io.storageconnections.application.outcome.Outcome.failed;
import static io.storageconnections.domain.audit.AuditFixtures.CAUSE;
import static io.storageconnections.domain.connection.ConnectionFixtures.connection;
import static io.storageconnections.domain.connection.ConnectionFixtures.iModel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.storageconnections.application.TestDependencies;
import io.storageconnections.application.contract.InMemoryStorageConnectionStore;
import io.storageconnections.application.outcome.Failure.IModelDeleted;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.domain.audit.Cause;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.NewConnection;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DeleteConnectionsOfIModelUseCaseTest {

  private final IModelId iModel = iModel();

  /** A store that fails when the second batch is removed. */
  private static final class FailingStore extends InMemoryStorageConnectionStore {

    private int batches;

    @Override
    public synchronized List<ConnectionId> removeSome(Cause cause, IModelId iModel, int max) {
      if (++batches == 2) {
        throw new StoreException("removing connections", new IOException("killed"));
      }
      return super.removeSome(cause, iModel, max);
    }
  }

  @Test
  void all_connections_of_the_imodel_are_deleted_and_those_of_other_imodels_stay() {
    var store = new InMemoryStorageConnectionStore();
    var other = connection().of(iModel()).build();
    store.add(CAUSE, other, Limits.NONE);
    var ids = add(store, 250);
    assertThat(delete(store)).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(ids).allSatisfy(id -> assertThat(store.find(id)).isEmpty());
    assertThat(store.find(other.id())).contains(other.connection());
    assertThat(delete(store)).isEmpty();
  }

  @Test
  void an_interrupted_deletion_is_completed_by_the_next_call() {
    var store = new FailingStore();
    var ids = add(store, 150);
    assertThatThrownBy(() -> delete(store)).isInstanceOf(StoreException.class);
    assertThat(ids).filteredOn(id -> store.find(id).isPresent()).hasSize(50);
    assertThat(store.add(CAUSE, connection().of(iModel).build(), Limits.NONE))
        .isEqualTo(failed(new IModelDeleted(iModel)));
    assertThat(delete(store)).hasSize(50);
    assertThat(ids).allSatisfy(id -> assertThat(store.find(id)).isEmpty());
  }

  @Test
  void a_deletion_does_not_remove_trails_of_other_imodels() {
    var store =
        new InMemoryStorageConnectionStore() {
          @Override
          public synchronized int removeAuditOfDeleted(Instant deletedBefore, int max) {
            throw new StoreException("removing entries", new IOException("killed"));
          }
        };
    var ids = add(store, 3);
    assertThat(delete(store)).containsExactlyInAnyOrderElementsOf(ids);
  }

  private List<ConnectionId> add(InMemoryStorageConnectionStore store, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> connection().of(iModel).build())
        .peek(connection -> store.add(CAUSE, connection, Limits.NONE))
        .map(NewConnection::id)
        .toList();
  }

  private List<ConnectionId> delete(InMemoryStorageConnectionStore store) {
    return DeleteConnectionsOfIModel.on(TestDependencies.on(store)).delete(CALLER, iModel);
  }
}
