package io.storageconnections.application.contract;

import static io.storageconnections.application.contract.OutcomeAssertions.assertSuccess;
import static io.storageconnections.application.outcome.Outcome.success;
import static io.storageconnections.domain.connection.ConnectionFixtures.connection;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.outcome.Failure.OfCreation;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.StorageConnectionStore;
import io.storageconnections.application.port.StorageConnectionStore.Added;
import io.storageconnections.domain.connection.FileMappings.Holder;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.NewConnection;
import io.storageconnections.domain.connection.SourceFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Supplies the store. Tests take an iModel of their own each, so that a store may be shared between
 * them.
 */
interface StoreUnderTest {

  /** How an addition without limits goes that nothing is in the way of. */
  Outcome<Added, ?> ADDED = success(new Added(null));

  /** The store under test, the same one at each call within a test. */
  StorageConnectionStore store();

  /**
   * Another store of the same kind, which has lost what it keeps things in: its database is closed,
   * say. Empty if there is nothing that such a store could lose.
   */
  Optional<StorageConnectionStore> storeThatIsAway();

  default Outcome<Added, OfCreation> add(NewConnection connection) {
    return store().add(connection, Limits.NONE);
  }

  /** A connection that is stored, with a file that no other maps. */
  default NewConnection added(IModelId iModel) {
    return added(iModel, Instant.EPOCH);
  }

  default NewConnection added(IModelId iModel, Instant created) {
    var connection = connection().of(iModel).created(created).build();
    assertThat(add(connection)).isEqualTo(ADDED);
    return connection;
  }

  default void assertStored(NewConnection connection) {
    assertThat(store().find(connection.id())).contains(connection.connection());
    var files = new ArrayList<SourceFile>();
    boolean more = true;
    while (more) {
      var page =
          assertSuccess(
              store()
                  .listFiles(connection.id(), new PageRequest(files.size(), PageRequest.TOP_MAX)));
      files.addAll(page.items());
      more = page.more();
    }
    assertThat(files).isEqualTo(connection.sourceFiles());
  }

  /** How a conflict with one of the connection's files tells who holds it. */
  static Holder holder(NewConnection connection, int file) {
    return new Holder(
        connection.id(),
        connection.connection().displayName(),
        connection.sourceFiles().get(file).id());
  }

  /** All files of a connection, if they are not more than a page. */
  default List<SourceFile> files(NewConnection connection) {
    return assertSuccess(
            store().listFiles(connection.id(), new PageRequest(0, PageRequest.TOP_MAX)))
        .items();
  }
}
