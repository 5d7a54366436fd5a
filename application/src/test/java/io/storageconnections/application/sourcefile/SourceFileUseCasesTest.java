package io.storageconnections.application.sourcefile;

import static io.storageconnections.application.TestDependencies.CALLER;
import static io.storageconnections.application.TestDependencies.CLOCK;
import static io.storageconnections.application.contract.OutcomeAssertions.assertFailure;
import static io.storageconnections.application.contract.OutcomeAssertions.assertSuccess;
import static io.storageconnections.application.outcome.Outcome.failed;
import static io.storageconnections.application.outcome.Outcome.success;
import static io.storageconnections.domain.audit.AuditFixtures.CAUSE;
import static io.storageconnections.domain.connection.ConnectionFixtures.connection;
import static io.storageconnections.domain.connection.ConnectionFixtures.file;
import static io.storageconnections.domain.connection.ConnectionFixtures.iModel;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.TestDependencies;
import io.storageconnections.application.contract.InMemoryIModelDirectory;
import io.storageconnections.application.contract.InMemoryStorageConnectionStore;
import io.storageconnections.application.contract.InMemoryStorageFiles;
import io.storageconnections.application.outcome.Failure.ConnectionNotFound;
import io.storageconnections.application.outcome.Failure.FilesAlreadyMapped;
import io.storageconnections.application.outcome.Failure.Invalid;
import io.storageconnections.application.outcome.Failure.OfFileAddition;
import io.storageconnections.application.outcome.Failure.OfFileChange;
import io.storageconnections.application.outcome.Failure.OfFileReading;
import io.storageconnections.application.outcome.Failure.OfFileRemoval;
import io.storageconnections.application.outcome.Failure.OfReading;
import io.storageconnections.application.outcome.Failure.Outdated;
import io.storageconnections.application.outcome.Failure.SourceFileNotFound;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.outcome.Removed;
import io.storageconnections.application.outcome.Violation;
import io.storageconnections.application.outcome.Violation.Kind;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.application.sourcefile.AddSourceFiles.Added;
import io.storageconnections.application.sourcefile.ListSourceFiles.Listed;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.FileMappings.Conflict;
import io.storageconnections.domain.connection.FileMappings.HeldFile;
import io.storageconnections.domain.connection.FileMappings.RepeatedFile;
import io.storageconnections.domain.connection.FileName;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.NewConnection;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.SourceFileChange;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests of adding, listing, getting, updating and removing source files. */
final class SourceFileUseCasesTest {

  private final InMemoryStorageConnectionStore store = new InMemoryStorageConnectionStore();
  private final InMemoryStorageFiles files = new InMemoryStorageFiles();
  private final Dependencies dependencies =
      TestDependencies.on(store, new InMemoryIModelDirectory(), files, Limits.NONE);
  private final NewConnection existing =
      connection().of(iModel()).mapping("a.dgn", "b.dgn").build();
  private final SourceFile sourceFile = existing.sourceFiles().getFirst();
  private final String id = existing.id().toString();
  private final String fileId = sourceFile.id().toString();
  private final NewConnection unknown = connection().of(existing.iModel()).build();
  private final String unknownId = unknown.id().toString();
  private final String unknownFileId = unknown.sourceFiles().getFirst().id().toString();

  SourceFileUseCasesTest() {
    store.add(CAUSE, existing, Limits.NONE);
  }

  @Test
  void added_files_have_ascending_ids_in_the_order_of_the_request() {
    var added = assertSuccess(add(id, "d.dgn", "c.dgn"));
    assertThat(added.connection()).isEqualTo(existing.id());
    assertThat(added.usage()).isNull();
    assertThat(SourceFile.storageFileIds(added.sourceFiles()))
        .containsExactly(file("d.dgn"), file("c.dgn"));
    assertThat(added.sourceFiles()).extracting(SourceFile::id).isSorted();
    assertThat(added.sourceFiles()).extracting(SourceFile::created).containsOnly(CLOCK.instant());
    assertThat(store.listFiles(existing.id(), new PageRequest(2, 9)))
        .isEqualTo(success(new Page<>(added.sourceFiles(), 2, false)));
  }

  @Test
  void an_addition_fails_if_the_connection_is_unknown_or_a_file_is_mapped_or_repeated() {
    assertThat(add(unknownId, "c.dgn")).isEqualTo(failed(new ConnectionNotFound(unknown.id())));
    assertThat(add(unknownId, "c.dgn", "c.dgn"))
        .isEqualTo(failed(new ConnectionNotFound(unknown.id())));
    assertThat(conflicts(add(id, "c.dgn", "a.dgn"))).singleElement().isInstanceOf(HeldFile.class);
    assertThat(conflicts(add(id, "a.dgn", "c.dgn", "c.dgn")))
        .hasSize(2)
        .contains(new RepeatedFile(2, file("c.dgn"), 1));
    assertThat(add("x"))
        .isEqualTo(
            failed(
                new Invalid(
                    List.of(
                        new Violation(Kind.INVALID, "connectionId"),
                        new Violation(Kind.EMPTY, "sourceFiles")))));
  }

  @Test
  void a_file_that_the_caller_may_not_map_is_neither_added_nor_used_by_an_update() {
    files.remove(file("gone.dgn"));
    assertThat(add(id, "c.dgn", "gone.dgn"))
        .isEqualTo(
            failed(
                new Invalid(List.of(new Violation(Kind.INVALID, "sourceFiles[1].storageFileId")))));
    assertThat(
            UpdateSourceFile.on(dependencies)
                .update(
                    CALLER,
                    new UpdateSourceFile.Change(id, fileId, file("gone.dgn").toString(), "X"),
                    Precondition.NONE))
        .isEqualTo(
            failed(
                new Invalid(
                    List.of(
                        new Violation(Kind.INVALID, "storageFileId"),
                        new Violation(Kind.INVALID, "connectorType")))));
    assertThat(store.listFiles(existing.id(), new PageRequest(0, 9)))
        .isEqualTo(success(new Page<>(existing.sourceFiles(), 0, false)));
  }

  @Test
  void the_name_of_a_file_is_stored_when_it_is_added_and_when_it_is_updated() {
    files.name(file("c.dgn"), "Level 1.dgn");
    files.name(file("d.dgn"), "Level 2.dgn");
    var added = assertSuccess(add(id, "c.dgn")).sourceFiles().getFirst();
    assertThat(added.lastKnownFileName()).isEqualTo(new FileName("Level 1.dgn"));
    var updated =
        UpdateSourceFile.on(dependencies)
            .update(
                CALLER,
                new UpdateSourceFile.Change(
                    id, added.id().toString(), file("d.dgn").toString(), "DWG"),
                Precondition.NONE);
    assertThat(assertSuccess(updated).lastKnownFileName()).isEqualTo(new FileName("Level 2.dgn"));
  }

  @Test
  void a_source_file_is_returned_or_the_failure_names_what_does_not_exist() {
    assertThat(get(id, fileId)).isEqualTo(success(sourceFile));
    assertThat(get(unknownId, fileId)).isEqualTo(failed(new ConnectionNotFound(unknown.id())));
    assertThat(get(id, unknownFileId))
        .isEqualTo(failed(new SourceFileNotFound(unknown.sourceFiles().getFirst().id())));
    assertThat(get("x", "y"))
        .isEqualTo(
            failed(
                new Invalid(
                    List.of(
                        new Violation(Kind.INVALID, "connectionId"),
                        new Violation(Kind.INVALID, "sourceFileId")))));
  }

  @Test
  void a_source_file_is_moved_to_a_connection_of_the_same_imodel() {
    var target = connection().of(existing.iModel()).build();
    store.add(CAUSE, target, Limits.NONE);
    assertThat(move(id, fileId, target.id().toString())).isEqualTo(success(sourceFile.moved()));
    assertThat(store.findFile(target.id(), sourceFile.id())).isEqualTo(success(sourceFile.moved()));
    assertThat(move(id, fileId, target.id().toString()))
        .isEqualTo(failed(new SourceFileNotFound(sourceFile.id())));
  }

  @Test
  void a_move_needs_two_connections_of_one_imodel() {
    var otherIModel = connection().of(iModel()).build();
    store.add(CAUSE, otherIModel, Limits.NONE);
    assertThat(move(id, fileId, otherIModel.id().toString()))
        .isEqualTo(failed(new Invalid(List.of(new Violation(Kind.INVALID, "targetConnectionId")))));
    assertThat(move(id, fileId, unknownId)).isEqualTo(failed(new ConnectionNotFound(unknown.id())));
    assertThat(move("x", "y", null))
        .isEqualTo(
            failed(
                new Invalid(
                    List.of(
                        new Violation(Kind.INVALID, "connectionId"),
                        new Violation(Kind.INVALID, "sourceFileId"),
                        new Violation(Kind.MISSING, "targetConnectionId")))));
  }

  private Outcome<SourceFile, ?> move(String from, String file, @Nullable String to) {
    return MoveSourceFile.on(dependencies)
        .move(CALLER, new MoveSourceFile.Move(from, file, to), Precondition.NONE);
  }

  @Test
  void the_list_of_an_empty_connection_is_empty_and_that_of_an_unknown_connection_fails() {
    assertThat(list(id, null, 1L))
        .isEqualTo(
            success(
                new Listed(
                    existing.id(),
                    new PageRequest(0, 1),
                    new Page<>(List.of(sourceFile), 0, true))));
    existing
        .sourceFiles()
        .forEach(file -> store.removeFile(CAUSE, existing.id(), file.id(), Precondition.NONE));
    assertThat(list(id, 5L, null))
        .isEqualTo(
            success(
                new Listed(
                    existing.id(), new PageRequest(5, 100), new Page<>(List.of(), 0, false))));
    assertThat(list(unknownId, null, null)).isEqualTo(failed(new ConnectionNotFound(unknown.id())));
    assertThat(list("x", -1L, 0L))
        .isEqualTo(
            failed(
                new Invalid(
                    List.of(
                        new Violation(Kind.INVALID, "connectionId"),
                        new Violation(Kind.INVALID, "skip"),
                        new Violation(Kind.INVALID, "top")))));
  }

  @Test
  void an_update_replaces_the_file_or_the_failure_says_why_not() {
    assertThat(update(id, fileId, "c.dgn", "DWG", Precondition.revision(1)))
        .isEqualTo(
            success(sourceFile.after(new SourceFileChange(file("c.dgn"), ConnectorType.DWG))));
    assertThat(update(id, fileId, "c.dgn", "DWG", Precondition.revision(1)))
        .isEqualTo(failed(new Outdated(2)));
    assertFailure(update(id, fileId, "b.dgn", "DWG", Precondition.NONE), FilesAlreadyMapped.class);
    assertThat(update(unknownId, fileId, "c.dgn", "DWG", Precondition.NONE))
        .isEqualTo(failed(new ConnectionNotFound(unknown.id())));
    assertThat(update(id, unknownFileId, "c.dgn", "DWG", Precondition.NONE))
        .isEqualTo(failed(new SourceFileNotFound(unknown.sourceFiles().getFirst().id())));
    assertThat(
            UpdateSourceFile.on(dependencies)
                .update(
                    CALLER, new UpdateSourceFile.Change("x", "x", null, "dwg"), Precondition.NONE))
        .isEqualTo(
            failed(
                new Invalid(
                    List.of(
                        new Violation(Kind.INVALID, "connectionId"),
                        new Violation(Kind.INVALID, "sourceFileId"),
                        new Violation(Kind.MISSING, "storageFileId"),
                        new Violation(Kind.INVALID, "connectorType")))));
  }

  @Test
  void a_removal_removes_the_source_file_or_the_failure_says_why_not() {
    assertThat(remove(id, fileId, Precondition.revision(3))).isEqualTo(failed(new Outdated(1)));
    assertThat(remove(id, fileId, Precondition.NONE)).isEqualTo(success(new Removed()));
    assertThat(remove(id, fileId, Precondition.NONE))
        .isEqualTo(failed(new SourceFileNotFound(sourceFile.id())));
    assertThat(remove(unknownId, fileId, Precondition.NONE))
        .isEqualTo(failed(new ConnectionNotFound(unknown.id())));
    assertThat(remove("x", fileId, Precondition.NONE))
        .isEqualTo(failed(new Invalid(List.of(new Violation(Kind.INVALID, "connectionId")))));
  }

  private Outcome<Added, OfFileAddition> add(String id, String... names) {
    var requests =
        Arrays.stream(names)
            .map(name -> new SourceFileRequest(file(name).toString(), "MSTN"))
            .toList();
    return AddSourceFiles.on(dependencies).add(CALLER, new AddSourceFiles.Addition(id, requests));
  }

  private static List<Conflict> conflicts(Outcome<Added, OfFileAddition> outcome) {
    return assertFailure(outcome, FilesAlreadyMapped.class).conflicts();
  }

  private Outcome<SourceFile, OfFileReading> get(String id, String fileId) {
    return GetSourceFile.on(dependencies).get(CALLER, new SourceFileReference(id, fileId));
  }

  private Outcome<Listed, OfReading> list(String id, @Nullable Long skip, @Nullable Long top) {
    return ListSourceFiles.on(dependencies).list(CALLER, new ListSourceFiles.Query(id, skip, top));
  }

  private Outcome<SourceFile, OfFileChange> update(
      String id, String fileId, String name, String type, Precondition precondition) {
    return UpdateSourceFile.on(dependencies)
        .update(
            CALLER,
            new UpdateSourceFile.Change(id, fileId, file(name).toString(), type),
            precondition);
  }

  private Outcome<Removed, OfFileRemoval> remove(
      String id, String fileId, Precondition precondition) {
    return RemoveSourceFile.on(dependencies)
        .remove(CALLER, new SourceFileReference(id, fileId), precondition);
  }
}
