package io.storageconnections.application.contract;

import static io.storageconnections.application.contract.OutcomeAssertions.assertFailure;
import static io.storageconnections.application.contract.OutcomeAssertions.assertSuccess;
import static io.storageconnections.application.outcome.Outcome.failed;
import static io.storageconnections.application.outcome.Outcome.success;
import static io.storageconnections.domain.audit.AuditFixtures.CAUSE;
import static io.storageconnections.domain.connection.ConnectionFixtures.connection;
import static io.storageconnections.domain.connection.ConnectionFixtures.file;
import static io.storageconnections.domain.connection.ConnectionFixtures.iModel;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.outcome.Failure.ConnectionNotFound;
import io.storageconnections.application.outcome.Failure.FilesAlreadyMapped;
import io.storageconnections.application.outcome.Failure.OfFileAddition;
import io.storageconnections.application.outcome.Failure.OfFileChange;
import io.storageconnections.application.outcome.Failure.Outdated;
import io.storageconnections.application.outcome.Failure.SourceFileNotFound;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.outcome.Outcome.Success;
import io.storageconnections.application.outcome.Removed;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.application.port.StorageConnectionStore.Added;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.FileMappings.HeldFile;
import io.storageconnections.domain.connection.FileMappings.Holder;
import io.storageconnections.domain.connection.FileName;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.NewConnection;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.SourceFileChange;
import io.storageconnections.domain.connection.SourceFileId;
import io.storageconnections.domain.connection.StorageFileId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The second part of the contract of every store: adding, finding, listing, updating, moving and
 * removing source files.
 */
public interface StoredFilesContract extends StoreUnderTest {

  @Test
  default void added_files_follow_the_existing_files() {
    var connection = added(iModel());
    var later = connection().created(Instant.EPOCH.plusSeconds(1));
    var files = later.readBy(ConnectorType.IFC).mapping("b.ifc", "a.ifc").sourceFiles();
    assertThat(addFiles(connection, files)).isEqualTo(ADDED);
    var all = new ArrayList<>(connection.sourceFiles());
    all.addAll(files);
    assertThat(files(connection)).isEqualTo(all);
    assertThat(store().findFile(connection.id(), files.getFirst().id()))
        .isEqualTo(success(files.getFirst()));
    assertThat(store().find(connection.id())).contains(connection.connection());
  }

  @Test
  default void adding_files_adds_all_of_them_or_none() {
    var iModel = iModel();
    var holder = connection().of(iModel).mapping("held.dgn").build();
    add(holder);
    var connection = added(iModel);
    assertThat(addFiles(connection, sourceFiles("a.dgn", "held.dgn", "b.dgn")))
        .isEqualTo(
            failed(
                new FilesAlreadyMapped(
                    List.of(new HeldFile(1, file("held.dgn"), StoreUnderTest.holder(holder, 0))))));
    assertThat(files(connection)).isEqualTo(connection.sourceFiles());
    assertThat(addFiles(connection, sourceFiles("a.dgn", "b.dgn"))).isEqualTo(ADDED);
  }

  @Test
  default void adding_a_file_that_the_connection_already_maps_fails() {
    var connection = connection().of(iModel()).mapping("own.dgn").build();
    add(connection);
    assertThat(addFiles(connection, sourceFiles("own.dgn")))
        .isEqualTo(
            failed(
                new FilesAlreadyMapped(
                    List.of(
                        new HeldFile(0, file("own.dgn"), StoreUnderTest.holder(connection, 0))))));
  }

  @Test
  default void adding_files_to_an_unknown_connection_fails_with_connection_not_found() {
    var unknown = connection().of(iModel()).mapping("a.dgn").build();
    assertThat(addFiles(unknown, unknown.sourceFiles()))
        .isEqualTo(failed(new ConnectionNotFound(unknown.id())));
    assertThat(store().mappings(unknown.iModel(), unknown.storageFileIds()).holders()).isEmpty();
  }

  @Test
  default void pages_of_any_size_cover_the_list_of_source_files() {
    var names = IntStream.range(0, 7).mapToObj(i -> i + ".dgn").toArray(String[]::new);
    var connection = connection().of(iModel()).mapping(names).build();
    add(connection);
    var all = connection.sourceFiles();
    assertThat(list(connection, 0, 7)).isEqualTo(new Page<>(all, 0, false));
    assertThat(list(connection, 2, 3)).isEqualTo(new Page<>(all.subList(2, 5), 2, true));
    assertThat(list(connection, 4, 3)).isEqualTo(new Page<>(all.subList(4, 7), 4, false));
    assertThat(list(connection, 9, 3)).isEqualTo(new Page<>(List.of(), 7, false));
  }

  @Test
  default void an_empty_connection_has_an_empty_list_of_source_files() {
    var connection = added(iModel());
    removeFiles(connection);
    assertThat(list(connection, 0, 3)).isEqualTo(new Page<>(List.of(), 0, false));
    assertThat(list(connection, 5, 3)).isEqualTo(new Page<>(List.of(), 0, false));
  }

  @Test
  default void listing_the_source_files_of_an_unknown_connection_fails_with_connection_not_found() {
    var iModel = iModel();
    added(iModel);
    var unknown = connection().of(iModel).build();
    for (var pageRequest : List.of(new PageRequest(0, 3), new PageRequest(5, 3))) {
      assertThat(store().listFiles(unknown.id(), pageRequest))
          .isEqualTo(failed(new ConnectionNotFound(unknown.id())));
    }
  }

  @Test
  default void a_source_file_in_an_unknown_connection_fails_with_connection_not_found() {
    var iModel = iModel();
    var connection = added(iModel);
    var id = connection.sourceFiles().getFirst().id();
    var unknown = connection().of(iModel).build();
    var notFound = failed(new ConnectionNotFound(unknown.id()));
    assertThat(store().findFile(unknown.id(), id)).isEqualTo(notFound);
    assertThat(update(unknown, id, file("x.dgn"))).isEqualTo(notFound);
    assertThat(store().removeFile(CAUSE, unknown.id(), id, Precondition.NONE)).isEqualTo(notFound);
    assertThat(files(connection)).isEqualTo(connection.sourceFiles());
  }

  @Test
  default void an_unknown_source_file_fails_with_source_file_not_found() {
    var connection = added(iModel());
    var unknown = new SourceFileId(UUID.randomUUID());
    var notFound = failed(new SourceFileNotFound(unknown));
    assertThat(store().findFile(connection.id(), unknown)).isEqualTo(notFound);
    assertThat(update(connection, unknown, file("x.dgn"))).isEqualTo(notFound);
    assertThat(store().removeFile(CAUSE, connection.id(), unknown, Precondition.NONE))
        .isEqualTo(notFound);
    removeFiles(connection);
    assertThat(store().findFile(connection.id(), unknown)).isEqualTo(notFound);
  }

  @Test
  default void a_source_file_of_another_connection_fails_with_source_file_not_found() {
    var iModel = iModel();
    var connection = added(iModel);
    var other = added(iModel);
    var id = connection.sourceFiles().getFirst().id();
    var notFound = failed(new SourceFileNotFound(id));
    assertThat(store().findFile(other.id(), id)).isEqualTo(notFound);
    assertThat(update(other, id, file("x.dgn"))).isEqualTo(notFound);
    assertThat(store().removeFile(CAUSE, other.id(), id, Precondition.NONE)).isEqualTo(notFound);
    assertThat(files(connection)).isEqualTo(connection.sourceFiles());
  }

  @Test
  default void an_updated_source_file_keeps_its_id_and_position() {
    var iModel = iModel();
    var connection = connection().of(iModel).mapping("a.dgn", "b.dgn").build();
    add(connection);
    var first = connection.sourceFiles().getFirst();
    var changed =
        new SourceFile(
            first.id(),
            file("new.dwg"),
            ConnectorType.DWG,
            new FileName("new.dwg"),
            first.created(),
            2,
            0);
    assertThat(
            store()
                .updateFile(
                    CAUSE,
                    connection.id(),
                    first.id(),
                    new SourceFileChange(
                        file("new.dwg"), ConnectorType.DWG, new FileName("new.dwg")),
                    Precondition.revision(1)))
        .isEqualTo(success(changed));
    assertThat(files(connection)).containsExactly(changed, connection.sourceFiles().getLast());
    assertThat(addFiles(connection, sourceFiles("a.dgn"))).isEqualTo(ADDED);
  }

  @Test
  default void a_source_file_can_be_updated_to_its_own_storage_file() {
    var connection = connection().of(iModel()).mapping("a.dgn").build();
    add(connection);
    var file = connection.sourceFiles().getFirst();
    assertThat(
            store()
                .updateFile(
                    CAUSE,
                    connection.id(),
                    file.id(),
                    new SourceFileChange(file.storageFileId(), file.connectorType()),
                    Precondition.NONE))
        .isEqualTo(success(file));
    var onlyTheConnector =
        store()
            .updateFile(
                CAUSE,
                connection.id(),
                file.id(),
                new SourceFileChange(file.storageFileId(), ConnectorType.CIVIL),
                Precondition.NONE);
    assertThat(onlyTheConnector)
        .isEqualTo(
            success(file.after(new SourceFileChange(file.storageFileId(), ConnectorType.CIVIL))));
  }

  @Test
  default void updating_a_source_file_to_a_mapped_storage_file_fails() {
    var iModel = iModel();
    var holder = connection().of(iModel).mapping("held.dgn").build();
    var connection = connection().of(iModel).mapping("a.dgn", "b.dgn").build();
    add(holder);
    add(connection);
    var first = connection.sourceFiles().getFirst().id();
    assertThat(update(connection, first, file("held.dgn")))
        .isEqualTo(
            failed(
                new FilesAlreadyMapped(
                    List.of(new HeldFile(0, file("held.dgn"), StoreUnderTest.holder(holder, 0))))));
    assertThat(update(connection, first, file("b.dgn")))
        .isEqualTo(
            failed(
                new FilesAlreadyMapped(
                    List.of(
                        new HeldFile(0, file("b.dgn"), StoreUnderTest.holder(connection, 1))))));
    assertThat(files(connection)).isEqualTo(connection.sourceFiles());
  }

  @Test
  default void an_unmet_precondition_on_a_source_file_fails_with_outdated_and_changes_nothing() {
    var connection = added(iModel());
    var file = connection.sourceFiles().getFirst();
    for (var unmet : List.of(Precondition.revision(2), Precondition.in(Set.of()))) {
      assertThat(
              store()
                  .updateFile(
                      CAUSE,
                      connection.id(),
                      file.id(),
                      new SourceFileChange(file("x.dgn"), ConnectorType.DWG),
                      unmet))
          .isEqualTo(failed(new Outdated(1)));
      assertThat(store().removeFile(CAUSE, connection.id(), file.id(), unmet))
          .isEqualTo(failed(new Outdated(1)));
    }
    assertThat(files(connection)).containsExactly(file);
  }

  @Test
  default void an_unmet_precondition_takes_precedence_over_a_file_that_is_mapped_already() {
    var iModel = iModel();
    add(connection().of(iModel).mapping("held.dgn").build());
    var connection = added(iModel);
    assertThat(
            store()
                .updateFile(
                    CAUSE,
                    connection.id(),
                    connection.sourceFiles().getFirst().id(),
                    new SourceFileChange(file("held.dgn"), ConnectorType.DWG),
                    Precondition.revision(2)))
        .isEqualTo(failed(new Outdated(1)));
  }

  @Test
  default void a_moved_source_file_keeps_everything_but_its_connection_and_revision() {
    var iModel = iModel();
    var from = connection().of(iModel).mapping("a.dgn", "b.dgn").build();
    var to = added(iModel);
    add(from);
    var file = from.sourceFiles().getFirst();
    var moved =
        new SourceFile(
            file.id(),
            file.storageFileId(),
            file.connectorType(),
            file.lastKnownFileName(),
            file.created(),
            2,
            0);
    assertThat(store().moveFile(CAUSE, from.id(), file.id(), to.id(), Precondition.revision(1)))
        .isEqualTo(success(moved));
    assertThat(files(from)).containsExactly(from.sourceFiles().getLast());
    assertThat(files(to)).contains(moved).hasSize(2);
    assertThat(store().findFile(to.id(), file.id())).isEqualTo(success(moved));
    assertThat(
            assertFailure(addFiles(from, sourceFiles("a.dgn")), FilesAlreadyMapped.class)
                .conflicts())
        .containsExactly(
            new HeldFile(
                0, file("a.dgn"), new Holder(to.id(), to.connection().displayName(), file.id())));
  }

  @Test
  default void a_move_to_the_connection_that_has_the_source_file_changes_nothing() {
    var connection = added(iModel());
    var file = connection.sourceFiles().getFirst();
    assertThat(
            store().moveFile(CAUSE, connection.id(), file.id(), connection.id(), Precondition.NONE))
        .isEqualTo(success(file));
    assertThat(files(connection)).containsExactly(file);
  }

  @Test
  default void a_source_file_is_moved_only_from_and_to_connections_that_exist() {
    var iModel = iModel();
    var connection = added(iModel);
    var other = added(iModel);
    var unknown = connection().of(iModel).build();
    var another = connection().of(iModel).build();
    var file = connection.sourceFiles().getFirst().id();
    var none = Precondition.NONE;
    assertThat(store().moveFile(CAUSE, unknown.id(), file, other.id(), none))
        .isEqualTo(failed(new ConnectionNotFound(unknown.id())));
    assertThat(store().moveFile(CAUSE, unknown.id(), file, another.id(), none))
        .isEqualTo(failed(new ConnectionNotFound(unknown.id())));
    assertThat(store().moveFile(CAUSE, connection.id(), file, unknown.id(), none))
        .isEqualTo(failed(new ConnectionNotFound(unknown.id())));
    assertThat(store().moveFile(CAUSE, other.id(), file, connection.id(), none))
        .isEqualTo(failed(new SourceFileNotFound(file)));
    assertThat(files(connection)).isEqualTo(connection.sourceFiles());
    assertThat(files(other)).isEqualTo(other.sourceFiles());
  }

  @Test
  default void an_unmet_precondition_of_a_move_fails_with_outdated_and_changes_nothing() {
    var iModel = iModel();
    var from = added(iModel);
    var to = added(iModel);
    var file = from.sourceFiles().getFirst();
    assertThat(store().moveFile(CAUSE, from.id(), file.id(), to.id(), Precondition.revision(2)))
        .isEqualTo(failed(new Outdated(1)));
    assertThat(files(from)).containsExactly(file);
    assertThat(files(to)).isEqualTo(to.sourceFiles());
  }

  @Test
  default void of_concurrent_moves_and_a_removal_of_the_target_no_file_is_left_behind()
      throws InterruptedException {
    for (int round = 0; round < 10; round++) {
      var iModel = iModel();
      var from = added(iModel);
      var to = added(iModel);
      var file = from.sourceFiles().getFirst().id();
      var outcomes =
          Race.among(
              List.<Callable<Outcome<?, ?>>>of(
                  () -> store().moveFile(CAUSE, from.id(), file, to.id(), Precondition.NONE),
                  () -> store().remove(CAUSE, to.id(), Precondition.NONE)));
      assertThat(outcomes.getLast()).isEqualTo(success(new Removed()));
      // Either the file was removed with its new connection, or it stayed where it was.
      assertThat(files(from)).hasSize(outcomes.getFirst() instanceof Success ? 0 : 1);
    }
  }

  @Test
  default void a_removed_source_file_can_be_mapped_again_at_once_even_the_last_one() {
    var iModel = iModel();
    var connection = connection().of(iModel).mapping("a.dgn").build();
    add(connection);
    var file = connection.sourceFiles().getFirst().id();
    assertThat(store().removeFile(CAUSE, connection.id(), file, Precondition.revision(1)))
        .isEqualTo(success(new Removed()));
    assertThat(files(connection)).isEmpty();
    assertThat(store().find(connection.id())).contains(connection.connection());
    assertThat(store().removeFile(CAUSE, connection.id(), file, Precondition.NONE))
        .isEqualTo(failed(new SourceFileNotFound(file)));
    assertThat(add(connection().of(iModel).mapping("a.dgn").build())).isEqualTo(ADDED);
  }

  private void removeFiles(NewConnection connection) {
    for (var file : connection.sourceFiles()) {
      assertThat(store().removeFile(CAUSE, connection.id(), file.id(), Precondition.NONE))
          .isEqualTo(success(new Removed()));
    }
  }

  private static List<SourceFile> sourceFiles(String... names) {
    return connection().mapping(names).sourceFiles();
  }

  private Outcome<Added, OfFileAddition> addFiles(
      NewConnection connection, List<SourceFile> files) {
    return store().addFiles(CAUSE, connection.id(), files, Limits.NONE);
  }

  private Page<SourceFile> list(NewConnection connection, long skip, int top) {
    return assertSuccess(store().listFiles(connection.id(), new PageRequest(skip, top)));
  }

  private Outcome<SourceFile, OfFileChange> update(
      NewConnection connection, SourceFileId id, StorageFileId file) {
    return store()
        .updateFile(
            CAUSE,
            connection.id(),
            id,
            new SourceFileChange(file, ConnectorType.DWG),
            Precondition.NONE);
  }
}
