package io.storageconnections.application.contract;

import static io.storageconnections.application.outcome.Outcome.failed;
import static io.storageconnections.domain.audit.AuditFixtures.CAUSE;
import static io.storageconnections.domain.connection.ConnectionFixtures.connection;
import static io.storageconnections.domain.connection.ConnectionFixtures.iModel;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.outcome.Failure.IModelDeleted;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.NewConnection;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The last part of the contract of every store: iModels that their owner deletes. */
public interface DeletedIModelsContract extends StoreUnderTest {

  @Test
  default void no_connection_is_added_to_a_deleted_imodel() {
    var iModel = iModel();
    var before = added(iModel);
    store().markDeleted(CAUSE, iModel);
    var late = connection().of(iModel).build();
    assertThat(add(late)).isEqualTo(failed(new IModelDeleted(iModel)));
    assertThat(store().add(CAUSE, late, new Limits(10, 10)))
        .isEqualTo(failed(new IModelDeleted(iModel)));
    assertThat(store().find(late.id())).isEmpty();
    assertThat(store().mappings(iModel, late.storageFileIds()).holders()).isEmpty();
    assertThat(store().find(before.id())).contains(before.connection());
  }

  @Test
  default void a_deleted_imodel_stays_deleted() {
    var iModel = iModel();
    store().markDeleted(CAUSE, iModel);
    store().markDeleted(CAUSE, iModel);
    assertThat(store().removeSome(CAUSE, iModel, 10)).isEmpty();
    assertThat(add(connection().of(iModel).build())).isEqualTo(failed(new IModelDeleted(iModel)));
  }

  @Test
  default void another_imodel_is_not_affected() {
    var iModel = iModel();
    var other = added(iModel());
    store().markDeleted(CAUSE, iModel);
    assertThat(store().removeSome(CAUSE, iModel, 10)).isEmpty();
    assertThat(add(connection().of(other.iModel()).build())).isEqualTo(ADDED);
    assertThat(store().find(other.id())).contains(other.connection());
  }

  @Test
  default void connections_are_removed_in_batches_oldest_first() {
    var iModel = iModel();
    var connections =
        IntStream.of(3, 1, 2)
            .mapToObj(second ->
                connection()
                    .of(iModel)
                    .created(Instant.EPOCH.plusSeconds(second))
                    .mapping(second + ".dgn", second + ".dwg")
                    .build())
            .toList();
    connections.forEach(connection -> assertThat(add(connection)).isEqualTo(ADDED));
    var oldestFirst = List.of(id(connections, 1), id(connections, 2), id(connections, 0));
    assertThat(store().removeSome(CAUSE, iModel, 2)).isEqualTo(oldestFirst.subList(0, 2));
    assertThat(store().find(oldestFirst.getLast())).isPresent();
    assertThat(store().removeSome(CAUSE, iModel, 2)).isEqualTo(oldestFirst.subList(2, 3));
    assertThat(store().removeSome(CAUSE, iModel, 2)).isEmpty();
    var files = connections.stream().flatMap(each -> each.storageFileIds().stream()).toList();
    assertThat(store().mappings(iModel, files).holders()).isEmpty();
  }

  private static ConnectionId id(List<NewConnection> connections, int index) {
    return connections.get(index).id();
  }
}
