package io.storageconnections.domain.connection;

import static io.storageconnections.domain.connection.ConnectionFixtures.connection;
import static io.storageconnections.domain.connection.ConnectionFixtures.file;
import static io.storageconnections.domain.connection.ConnectionFixtures.iModel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorageConnectionTest {

  private static final Instant MOMENT = Instant.parse("2026-01-02T03:04:05Z");

  @Test
  void a_new_connection_cannot_contain_a_file_twice() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> connection().mapping("drawing.dgn", "site.dgn", "drawing.dgn").build())
        .withMessageContaining(file("drawing.dgn").toString());
  }

  @Test
  void a_new_connection_needs_at_least_one_file() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> connection().mapping(new String[0]).build());
  }

  @Test
  void a_new_connection_keeps_its_files_in_order() {
    assertThat(connection().mapping("c.dgn", "a.dgn", "b.dgn").build().storageFileIds())
        .containsExactly(file("c.dgn"), file("a.dgn"), file("b.dgn"));
  }

  @Test
  void a_connection_belongs_to_the_imodel_in_its_id() {
    var iModel = iModel();

    assertThat(connection().of(iModel).build().iModel()).isEqualTo(iModel);
  }

  @Test
  void a_new_connection_copies_its_list_of_source_files() {
    var template = connection().mapping("drawing.dgn").build();
    var sourceFiles = new ArrayList<>(template.sourceFiles());
    var connection = new NewConnection(template.connection(), sourceFiles);

    sourceFiles.clear();

    assertThat(connection).isEqualTo(template);
    assertThat(connection.sourceFiles()).isUnmodifiable();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-02T03:04:05.123456789Z, 2026-01-02T03:04:05.123456Z",
    "2026-01-02T03:04:05.999999999Z, 2026-01-02T03:04:05.999999Z",
    "2026-01-02T03:04:05.123456Z, 2026-01-02T03:04:05.123456Z",
    "2026-01-02T03:04:05Z, 2026-01-02T03:04:05Z"
  })
  void creation_times_are_truncated_to_microseconds(Instant instant, Instant created) {
    var connection = connection().created(instant).build();

    assertThat(connection.connection().created()).isEqualTo(created);
    assertThat(connection.sourceFiles().getFirst().created()).isEqualTo(created);
  }

  @Test
  void a_change_sets_the_given_values_and_increments_the_revision() {
    var connection = connection().named("old").build().connection();

    var renamed = connection.after(new ConnectionChange(new DisplayName("new"), null));
    assertThat(renamed.displayName()).hasToString("new");
    assertThat(renamed.authenticationType()).isEqualTo(AuthenticationType.USER);
    assertThat(renamed.revision()).isEqualTo(2);

    var service = renamed.after(new ConnectionChange(null, AuthenticationType.SERVICE));
    assertThat(service.displayName()).hasToString("new");
    assertThat(service.authenticationType()).isEqualTo(AuthenticationType.SERVICE);
    assertThat(service.revision()).isEqualTo(3);
    assertThat(service.id()).isEqualTo(connection.id());
    assertThat(service.created()).isEqualTo(connection.created());
  }

  @Test
  void a_change_to_the_current_values_keeps_the_revision() {
    var connection = connection().named("old").build().connection();

    assertThat(connection.after(new ConnectionChange(null, null))).isSameAs(connection);
    assertThat(
            connection.after(new ConnectionChange(new DisplayName("old"), AuthenticationType.USER)))
        .isSameAs(connection);
  }

  @Test
  void a_source_file_keeps_the_known_name_of_the_same_file_only() {
    var file = connection().mapping("a.dgn").sourceFiles().getFirst();
    var name = new FileName("a.dgn");
    assertThat(file.lastKnownFileName()).isEqualTo(name);

    var sameFile = file.after(new SourceFileChange(file("a.dgn"), ConnectorType.DWG));
    assertThat(sameFile.lastKnownFileName()).isEqualTo(name);
    var otherFile = file.after(new SourceFileChange(file("b.dgn"), ConnectorType.MSTN));
    assertThat(otherFile.lastKnownFileName()).isNull();

    var newName = new SourceFileChange(file("a.dgn"), ConnectorType.MSTN, new FileName("b.dgn"));
    var renamed = file.after(newName);
    assertThat(renamed.lastKnownFileName()).isEqualTo(newName.fileName());
    assertThat(renamed.revision()).isEqualTo(2);
    assertThat(renamed.moved().lastKnownFileName()).isEqualTo(newName.fileName());
  }

  @Test
  void a_changed_source_file_keeps_its_id_and_increments_its_revision() {
    var file = connection().mapping("a.dgn").sourceFiles().getFirst();

    var changed = file.after(new SourceFileChange(file("b.dgn"), ConnectorType.MSTN));
    assertThat(changed)
        .isEqualTo(
            new SourceFile(
                file.id(), file("b.dgn"), ConnectorType.MSTN, null, file.created(), 2, 0));
    assertThat(changed.after(new SourceFileChange(file("b.dgn"), ConnectorType.DWG)).revision())
        .isEqualTo(3);
    assertThat(file.after(new SourceFileChange(file("a.dgn"), ConnectorType.MSTN))).isSameAs(file);
  }

  @Test
  void the_start_of_a_run_changes_the_last_run_and_not_the_revision() {
    var connection = connection().build().connection();
    var run = new RunId(UUID.randomUUID());
    var next = new RunId(UUID.randomUUID());
    assertThat(connection.lastRun()).isNull();

    var running = connection.withLastRun(run);

    assertThat(running)
        .isEqualTo(
            new StorageConnection(
                connection.id(),
                connection.iTwin(),
                connection.displayName(),
                connection.authenticationType(),
                connection.created(),
                1,
                run));
    assertThat(running.withLastRun(next).lastRun()).isEqualTo(next);
    var renamed = running.after(new ConnectionChange(new DisplayName("new"), null));
    assertThat(renamed.lastRun()).isEqualTo(run);
    assertThat(renamed.revision()).isEqualTo(2);
  }

  @Test
  void a_name_that_a_run_finds_changes_the_revision_of_the_name_only() {
    var file = connection().mapping("a.dgn").sourceFiles().getFirst();
    var name = new FileName("new.dgn");
    assertThat(file.nameRevision()).isZero();

    var found = file.foundAs(name);

    assertThat(found)
        .isEqualTo(
            new SourceFile(
                file.id(), file("a.dgn"), ConnectorType.MSTN, name, file.created(), 1, 1));
    assertThat(found.foundAs(name)).isSameAs(found);
    assertThat(found.foundAs(new FileName("newer.dgn")).nameRevision()).isEqualTo(2);
    assertThat(file.named(null).foundAs(name).nameRevision()).isEqualTo(1);
  }

  @Test
  void a_change_of_a_source_file_keeps_the_revision_of_its_name() {
    var file = connection().mapping("a.dgn").sourceFiles().getFirst();
    var found = file.foundAs(new FileName("new.dgn"));

    var changed = found.after(new SourceFileChange(file("b.dgn"), ConnectorType.DWG));
    assertThat(changed.nameRevision()).isEqualTo(1);
    assertThat(changed.revision()).isEqualTo(2);
    assertThat(found.moved().nameRevision()).isEqualTo(1);
    assertThat(found.named(null).nameRevision()).isEqualTo(1);
  }

  @Test
  void objects_with_equal_creation_times_are_ordered_by_the_bytes_of_their_ids() {
    // If the halves were compared as signed numbers, the last id would come first.
    var ids = List.of(new UUID(0, 1), new UUID(1, 0), new UUID(1, -1), new UUID(-1, 0));
    var connections = ids.stream().map(id -> connectionOf(id, MOMENT)).toList();
    var later = connectionOf(new UUID(0, 0), MOMENT.plusNanos(1000));

    assertThat(
            Stream.concat(Stream.of(later), connections.reversed().stream())
                .sorted(StorageConnection.OLDEST_FIRST))
        .containsExactlyElementsOf(Stream.concat(connections.stream(), Stream.of(later)).toList());

    var files =
        ids.stream()
            .map(id -> new SourceFile(new SourceFileId(id), file("a"), ConnectorType.IFC, MOMENT))
            .toList();
    assertThat(files.reversed().stream().sorted(SourceFile.OLDEST_FIRST))
        .containsExactlyElementsOf(files);
  }

  private static StorageConnection connectionOf(UUID id, Instant created) {
    var template = connection().build().connection();
    return new StorageConnection(
        new ConnectionId(template.iModel(), id),
        template.iTwin(),
        null,
        AuthenticationType.USER,
        created);
  }
}
