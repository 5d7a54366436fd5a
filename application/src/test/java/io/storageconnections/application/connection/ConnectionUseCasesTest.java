package io.storageconnections.application.connection;

import static io.storageconnections.application.TestDependencies.CALLER;
import static io.storageconnections.application.outcome.Outcome.failed;
import static io.storageconnections.application.outcome.Outcome.success;
import static io.storageconnections.domain.audit.AuditFixtures.CAUSE;
import static io.storageconnections.domain.connection.ConnectionFixtures.connection;
import static io.storageconnections.domain.connection.ConnectionFixtures.file;
import static io.storageconnections.domain.connection.ConnectionFixtures.iModel;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.TestDependencies;
import io.storageconnections.application.connection.ListStorageConnections.Listed;
import io.storageconnections.application.contract.InMemoryStorageConnectionStore;
import io.storageconnections.application.outcome.Failure.ConnectionNotFound;
import io.storageconnections.application.outcome.Failure.Invalid;
import io.storageconnections.application.outcome.Failure.OfChange;
import io.storageconnections.application.outcome.Failure.OfDeletion;
import io.storageconnections.application.outcome.Failure.OfListing;
import io.storageconnections.application.outcome.Failure.OfReading;
import io.storageconnections.application.outcome.Failure.Outdated;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.outcome.Removed;
import io.storageconnections.application.outcome.Violation;
import io.storageconnections.application.outcome.Violation.Kind;
import io.storageconnections.application.port.ConnectionFilter;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.domain.connection.AuthenticationType;
import io.storageconnections.domain.connection.ConnectionChange;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.DisplayName;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.NewConnection;
import io.storageconnections.domain.connection.StorageConnection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests of listing, getting, updating and deleting connections. */
final class ConnectionUseCasesTest {

  private final InMemoryStorageConnectionStore store = new InMemoryStorageConnectionStore();
  private final Dependencies dependencies = TestDependencies.on(store);
  private final NewConnection existing =
      connection().of(iModel()).mapping("a.dgn", "b.dgn").build();
  private final StorageConnection connection = existing.connection();
  private final String id = existing.id().toString();
  private final NewConnection unknown = connection().of(existing.iModel()).build();
  private final String unknownId = unknown.id().toString();

  ConnectionUseCasesTest() {
    store.add(CAUSE, existing, Limits.NONE);
  }

  @Test
  void a_list_is_returned_with_the_parsed_filter_and_page_request() {
    var filter =
        new ConnectionFilter(
            existing.iModel(), file("a.dgn"), ConnectorType.MSTN, connection.displayName());
    assertThat(
            list(existing.iModel().toString(), file("a.dgn").toString(), "MSTN", "Site drawings"))
        .isEqualTo(
            success(
                new Listed(
                    filter, new PageRequest(0, 100), new Page<>(List.of(connection), 0, false))));
  }

  @Test
  void a_list_without_filters_contains_all_connections_of_the_imodel() {
    assertThat(list(existing.iModel().toString(), null, null, null))
        .isEqualTo(
            success(
                new Listed(
                    ConnectionFilter.of(existing.iModel()),
                    new PageRequest(0, 100),
                    new Page<>(List.of(connection), 0, false))));
  }

  @Test
  void all_violations_of_a_query_are_reported_at_once() {
    assertThat(
            ListStorageConnections.on(dependencies)
                .list(CALLER, new ListStorageConnections.Query(null, "x", "x", null, -1L, 0L)))
        .isEqualTo(
            failed(
                new Invalid(
                    List.of(
                        new Violation(Kind.MISSING, "iModelId"),
                        new Violation(Kind.INVALID, "storageFileId"),
                        new Violation(Kind.INVALID, "connectorType"),
                        new Violation(Kind.INVALID, "skip"),
                        new Violation(Kind.INVALID, "top")))));
  }

  @Test
  void a_connection_is_found_by_its_id_only() {
    assertThat(get(id)).isEqualTo(success(connection));
    assertThat(get(unknownId)).isEqualTo(failed(new ConnectionNotFound(unknown.id())));
    assertThat(get("nonsense"))
        .isEqualTo(failed(new Invalid(List.of(new Violation(Kind.INVALID, "connectionId")))));
  }

  @Test
  void an_update_changes_only_the_members_that_are_present() {
    assertThat(update(id, "new", null, Precondition.NONE))
        .isEqualTo(success(connection.after(new ConnectionChange(new DisplayName("new"), null))));
    assertThat(update(id, null, "Service", Precondition.revision(2)))
        .isEqualTo(
            success(
                new StorageConnection(
                    connection.id(),
                    connection.iTwin(),
                    new DisplayName("new"),
                    AuthenticationType.SERVICE,
                    connection.created(),
                    3,
                    null)));
  }

  @Test
  void an_update_fails_if_the_connection_is_unknown_or_outdated_or_the_request_is_invalid() {
    assertThat(update(unknownId, null, null, Precondition.NONE))
        .isEqualTo(failed(new ConnectionNotFound(unknown.id())));
    assertThat(update(id, "new", null, Precondition.revision(7)))
        .isEqualTo(failed(new Outdated(1)));
    assertThat(update("x", "n".repeat(256), "user", Precondition.NONE))
        .isEqualTo(
            failed(
                new Invalid(
                    List.of(
                        new Violation(Kind.INVALID, "connectionId"),
                        new Violation(Kind.INVALID, "displayName"),
                        new Violation(Kind.INVALID, "authenticationType")))));
  }

  @Test
  void a_deletion_deletes_the_connection_once_and_only_in_a_revision_that_meets_the_precondition() {
    assertThat(delete("x", Precondition.NONE))
        .isEqualTo(failed(new Invalid(List.of(new Violation(Kind.INVALID, "connectionId")))));
    assertThat(delete(id, Precondition.revision(2))).isEqualTo(failed(new Outdated(1)));
    assertThat(delete(id, Precondition.revision(1))).isEqualTo(success(new Removed()));
    assertThat(delete(id, Precondition.NONE))
        .isEqualTo(failed(new ConnectionNotFound(existing.id())));
  }

  private Outcome<Listed, OfListing> list(
      String iModelId,
      @Nullable String storageFileId,
      @Nullable String connectorType,
      @Nullable String displayName) {
    return ListStorageConnections.on(dependencies)
        .list(
            CALLER,
            new ListStorageConnections.Query(
                iModelId, storageFileId, connectorType, displayName, null, null));
  }

  private Outcome<StorageConnection, OfReading> get(String id) {
    return GetStorageConnection.on(dependencies).get(CALLER, new ConnectionReference(id));
  }

  private Outcome<StorageConnection, OfChange> update(
      String id, @Nullable String name, @Nullable String type, Precondition precondition) {
    return UpdateStorageConnection.on(dependencies)
        .update(CALLER, new UpdateStorageConnection.Change(id, name, type), precondition);
  }

  private Outcome<Removed, OfDeletion> delete(String id, Precondition precondition) {
    return DeleteStorageConnection.on(dependencies)
        .delete(CALLER, new ConnectionReference(id), precondition);
  }
}
