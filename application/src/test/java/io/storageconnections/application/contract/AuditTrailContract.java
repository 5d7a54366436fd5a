package io.storageconnections.application.contract;

import static io.storageconnections.application.contract.OutcomeAssertions.assertSuccess;
import static io.storageconnections.domain.connection.ConnectionFixtures.connection;
import static io.storageconnections.domain.connection.ConnectionFixtures.iModel;
import static java.time.temporal.ChronoUnit.MICROS;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.outcome.Outcome.Failed;
import io.storageconnections.application.port.AuditFilter;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.domain.audit.AuditAction;
import io.storageconnections.domain.audit.AuditEntry;
import io.storageconnections.domain.audit.Cause;
import io.storageconnections.domain.connection.AuthenticationType;
import io.storageconnections.domain.connection.ConnectionChange;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.DisplayName;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.NewConnection;
import io.storageconnections.domain.connection.Origin;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.SourceFileChange;
import io.storageconnections.domain.connection.SourceFileId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The part of the contract of every store that concerns the audit trail. */
public interface AuditTrailContract extends StoreUnderTest {

  /** Returns the request that makes a change at a second of a day. */
  private static Cause at(int second) {
    return new Cause(
        new Origin("client " + second, "ada", "correlation " + second),
        Instant.parse("2026-01-02T03:00:00.000001Z").plusSeconds(second));
  }

  /** Returns the trail of an iModel, the newest entry first. */
  private List<AuditEntry> trail(IModelId iModel) {
    return store().audit(new AuditFilter(iModel, null), new PageRequest(0, 100)).items();
  }

  private NewConnection added(Cause cause, IModelId iModel, String... files) {
    var connection = connection().of(iModel).mapping(files).build();
    assertSuccess(store().add(cause, connection, Limits.NONE));
    return connection;
  }

  private static List<SourceFile> sourceFiles(String... names) {
    return connection().mapping(names).sourceFiles();
  }

  private static SourceFileChange connectorType(SourceFile file, ConnectorType type) {
    return new SourceFileChange(file.storageFileId(), type);
  }

  @Test
  default void every_change_has_an_entry_that_outlives_the_connection() {
    var iModel = iModel();
    var target = added(at(0), iModel, "target.dgn");
    var connection = added(at(1), iModel, "a.dgn", "b.dgn");
    var id = connection.id();
    var name = new DisplayName("\"Näme\" \\ 😀 \u0001\n");
    var renamed =
        assertSuccess(
            store()
                .update(
                    at(2),
                    id,
                    new ConnectionChange(name, AuthenticationType.SERVICE),
                    Precondition.NONE));
    var more = sourceFiles("c.dgn", "d.dgn");
    assertSuccess(store().addFiles(at(3), id, more, Limits.NONE));
    var file = connection.sourceFiles().getFirst();
    var changed =
        assertSuccess(
            store()
                .updateFile(
                    at(4),
                    id,
                    file.id(),
                    connectorType(file, ConnectorType.DWG),
                    Precondition.NONE));
    var moved =
        assertSuccess(store().moveFile(at(5), id, file.id(), target.id(), Precondition.NONE));
    var removed = more.getFirst();
    assertSuccess(store().removeFile(at(6), id, removed.id(), Precondition.NONE));
    var left = files(connection);
    assertSuccess(store().remove(at(7), id, Precondition.NONE));

    var expected = new ArrayList<AuditEntry>();
    expected.add(AuditEntry.created(at(0), target));
    expected.add(AuditEntry.created(at(1), connection));
    expected.add(AuditEntry.updated(at(2), connection.connection(), renamed));
    expected.add(AuditEntry.filesAdded(at(3), id, more));
    expected.add(AuditEntry.fileUpdated(at(4), id, file, changed));
    var moves = AuditEntry.fileMoved(at(5), id, target.id(), changed, moved);
    expected.addAll(moves);
    expected.add(AuditEntry.fileRemoved(at(6), id, removed));
    expected.add(AuditEntry.deleted(at(7), renamed, left));
    assertThat(trail(iModel)).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(trail(iModel))
        .extracting(AuditEntry::at)
        .isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(trail(iModel())).as("the trail of another iModel").isEmpty();
  }

  @Test
  default void a_call_that_changes_nothing_has_no_entry() {
    var iModel = iModel();
    var connection = added(at(0), iModel, "a.dgn");
    var id = connection.id();
    var file = connection.sourceFiles().getFirst();
    assertSuccess(
        store()
            .update(
                at(1),
                id,
                new ConnectionChange(
                    connection.connection().displayName(),
                    connection.connection().authenticationType()),
                Precondition.NONE));
    assertSuccess(
        store()
            .updateFile(
                at(2),
                id,
                file.id(),
                connectorType(file, file.connectorType()),
                Precondition.NONE));
    assertSuccess(store().moveFile(at(3), id, file.id(), id, Precondition.NONE));
    assertThat(trail(iModel)).containsExactly(AuditEntry.created(at(0), connection));

    store().markDeleted(at(4), iModel);
    store().markDeleted(at(5), iModel);
    assertThat(trail(iModel))
        .containsExactly(
            AuditEntry.iModelDeleted(at(4), iModel, 1), AuditEntry.created(at(0), connection));
  }

  @Test
  default void a_refused_change_has_no_entry() {
    var iModel = iModel();
    var connection = added(at(0), iModel, "a.dgn", "b.dgn");
    var id = connection.id();
    var file = connection.sourceFiles().getFirst();
    var other = connection.sourceFiles().getLast();
    var full = new Limits(1, 2);
    var unmet = Precondition.revision(7);
    var unknown = new SourceFileId(UUID.randomUUID());
    var change = new ConnectionChange(new DisplayName("other"), null);
    var outcomes =
        List.of(
            store().add(at(1), connection().of(iModel).mapping("a.dgn").build(), Limits.NONE),
            store().add(at(1), connection().of(iModel).mapping("c.dgn").build(), full),
            store().update(at(1), id, change, unmet),
            store().remove(at(1), id, unmet),
            store().addFiles(at(1), id, sourceFiles("c.dgn", "a.dgn"), Limits.NONE),
            store().addFiles(at(1), id, sourceFiles("c.dgn"), full),
            store()
                .updateFile(
                    at(1),
                    id,
                    file.id(),
                    connectorType(other, ConnectorType.DWG),
                    Precondition.NONE),
            store().updateFile(at(1), id, file.id(), connectorType(file, ConnectorType.DWG), unmet),
            store().moveFile(at(1), id, unknown, id, Precondition.NONE),
            store().removeFile(at(1), id, unknown, Precondition.NONE));
    assertThat(outcomes).allMatch(Failed.class::isInstance);
    assertThat(trail(iModel)).containsExactly(AuditEntry.created(at(0), connection));

    store().markDeleted(at(2), iModel);
    assertThat(add(connection().of(iModel).build())).isInstanceOf(Failed.class);
    assertThat(trail(iModel)).hasSize(2);
  }

  @Test
  default void entries_of_a_connection_are_in_the_order_of_its_changes_if_clocks_differ() {
    var iModel = iModel();
    var connection = added(at(100), iModel, "a.dgn", "b.dgn", "c.dgn");
    var files = connection.sourceFiles();
    // The second node is behind, and the third one is not.
    var seconds = List.of(3, 2, 200);
    for (int index = 0; index < files.size(); index++) {
      assertSuccess(
          store()
              .removeFile(
                  at(seconds.get(index)),
                  connection.id(),
                  files.get(index).id(),
                  Precondition.NONE));
    }
    var created = at(100).at();
    assertThat(trail(iModel))
        .extracting(AuditEntry::at)
        .containsExactly(at(200).at(), created.plus(2, MICROS), created.plus(1, MICROS), created);
    assertThat(trail(iModel))
        .extracting(entry -> entry.origin().client())
        .containsExactly("client 200", "client 2", "client 3", "client 100");
  }

  @Test
  default void pages_of_any_size_cover_the_trail_of_an_imodel_and_that_of_a_connection() {
    var iModel = iModel();
    var connections =
        IntStream.range(0, 5).mapToObj(index -> added(at(index), iModel, index + ".dgn")).toList();
    var connection = connections.get(2);
    for (int second = 5; second < 8; second++) {
      var change = new ConnectionChange(new DisplayName("name " + second), null);
      assertSuccess(store().update(at(second), connection.id(), change, Precondition.NONE));
    }
    assertCovers(new AuditFilter(iModel, null), "7", "6", "5", "4", "3", "2", "1", "0");
    assertCovers(new AuditFilter(iModel, connection.id()), "7", "6", "5", "2");
    assertCovers(new AuditFilter(iModel, connection().of(iModel).build().id()));
  }

  private void assertCovers(AuditFilter filter, String... seconds) {
    for (int top = 1; top <= seconds.length + 1; top++) {
      for (int skip = 0; skip <= seconds.length + 1; skip++) {
        var page = store().audit(filter, new PageRequest(skip, top));
        var from = Math.min(skip, seconds.length);
        var to = Math.min(from + top, seconds.length);
        assertThat(page.items())
            .extracting(entry -> entry.origin().client().substring("client ".length()))
            .containsExactly(List.of(seconds).subList(from, to).toArray(String[]::new));
        assertThat(page.preceding()).isEqualTo(from);
        assertThat(page.more()).isEqualTo(to < seconds.length);
      }
    }
  }

  @Test
  default void an_entry_has_all_1000_files_of_a_request() {
    var iModel = iModel();
    var names = IntStream.range(0, 1_000).mapToObj(index -> index + ".dgn").toArray(String[]::new);
    var connection = added(at(0), iModel, names);
    assertSuccess(store().remove(at(1), connection.id(), Precondition.NONE));
    assertThat(trail(iModel))
        .containsExactly(
            AuditEntry.deleted(at(1), connection.connection(), connection.sourceFiles()),
            AuditEntry.created(at(0), connection));
  }

  @Test
  default void a_deleted_imodel_and_each_of_its_connections_has_an_entry() {
    var iModel = iModel();
    var first = added(at(0), iModel, "a.dgn", "b.dgn");
    var second = added(at(1), iModel, "c.dgn");
    var third = added(at(2), iModel, "d.dgn");
    store().markDeleted(at(3), iModel);
    assertThat(store().removeSome(at(4), iModel, 2)).hasSize(2);
    assertThat(store().removeSome(at(4), iModel, 2)).hasSize(1);
    assertThat(store().removeSome(at(4), iModel, 2)).isEmpty();
    assertThat(trail(iModel))
        .containsExactlyInAnyOrder(
            AuditEntry.created(at(0), first),
            AuditEntry.created(at(1), second),
            AuditEntry.created(at(2), third),
            AuditEntry.iModelDeleted(at(3), iModel, 3),
            AuditEntry.deleted(at(4), first.connection(), first.sourceFiles()),
            AuditEntry.deleted(at(4), second.connection(), second.sourceFiles()),
            AuditEntry.deleted(at(4), third.connection(), third.sourceFiles()));
    assertThat(trail(iModel))
        .filteredOn(entry -> entry.action() == AuditAction.IMODEL_DELETED)
        .extracting(AuditEntry::before)
        .containsExactly("{\"connectionCount\":3}");
  }

  @Test
  default void the_trail_of_a_deleted_imodel_is_removed_in_batches_when_its_time_has_passed() {
    var existing = iModel();
    var later = iModel();
    var deleted = iModel();
    for (var iModel : List.of(existing, later, deleted)) {
      added(at(0), iModel, "a.dgn");
    }
    // Earlier than the deletions of all other tests.
    var longAgo = Instant.EPOCH.plusSeconds(10);
    store().markDeleted(new Cause(at(0).origin(), longAgo), deleted);
    store().markDeleted(new Cause(at(0).origin(), longAgo.plusSeconds(1)), later);
    assertThat(store().removeSome(at(1), deleted, 10)).hasSize(1);

    assertThat(store().removeAuditOfDeleted(longAgo, 10)).isZero();
    assertThat(trail(deleted)).hasSize(3);
    assertThat(store().removeAuditOfDeleted(longAgo.plus(1, MICROS), 2)).isEqualTo(2);
    assertThat(store().removeAuditOfDeleted(longAgo.plus(1, MICROS), 2)).isEqualTo(1);
    assertThat(store().removeAuditOfDeleted(longAgo.plus(1, MICROS), 2)).isZero();
    assertThat(trail(deleted)).isEmpty();
    assertThat(trail(later)).hasSize(2);
    assertThat(trail(existing)).hasSize(1);
  }
}
