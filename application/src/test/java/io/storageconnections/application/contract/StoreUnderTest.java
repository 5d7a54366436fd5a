package io.storageconnections.application.contract;

import static io.storageconnections.application.contract.OutcomeAssertions.assertSuccess;
import static io.storageconnections.application.outcome.Outcome.success;
import static io.storageconnections.domain.audit.AuditFixtures.CAUSE;
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

/** Supplies the store under test to the parts of {@link StorageConnectionStoreContract}. */
interface StoreUnderTest {

  /** The outcome of a successful addition without limits. */
  Outcome<Added, ?> ADDED = success(new Added(null));

  /**
   * Returns the store under test: the same instance at each call within a test.
   *
   * @see StorageConnectionStoreContract#store
   */
  StorageConnectionStore store();

  /**
   * Returns another store of the same kind that cannot be reached; empty if a store of this kind is
   * always available.
   *
   * @see StorageConnectionStoreContract#unavailableStore
   */
  Optional<StorageConnectionStore> unavailableStore();

  /** Adds a connection without limits. */
  default Outcome<Added, OfCreation> add(NewConnection connection) {
    assertThat(store())
        .as("store() must return the same instance at each call within a test")
        .isSameAs(store());
    return store().add(CAUSE, connection, Limits.NONE);
  }

  /** Adds a connection with one file that no other connection maps, and returns it. */
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

  /** Returns the holder that a conflict with the given file of the connection reports. */
  static Holder holder(NewConnection connection, int file) {
    return new Holder(
        connection.id(),
        connection.connection().displayName(),
        connection.sourceFiles().get(file).id());
  }

  /** Returns the source files of a connection that has at most one page of them. */
  default List<SourceFile> files(NewConnection connection) {
    return assertSuccess(
            store().listFiles(connection.id(), new PageRequest(0, PageRequest.TOP_MAX)))
        .items();
  }
}
