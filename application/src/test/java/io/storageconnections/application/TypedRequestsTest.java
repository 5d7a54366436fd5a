package io.storageconnections.application;

import static io.storageconnections.application.TestDependencies.CALLER;
import static io.storageconnections.application.contract.OutcomeAssertions.assertSuccess;
import static io.storageconnections.domain.connection.ConnectionFixtures.file;
import static io.storageconnections.domain.connection.ConnectionFixtures.iModel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.storageconnections.application.connection.ConnectionReference;
import io.storageconnections.application.connection.ConnectionRequest;
import io.storageconnections.application.connection.ListStorageConnections;
import io.storageconnections.application.connection.UpdateStorageConnection;
import io.storageconnections.application.contract.InMemoryStorageConnectionStore;
import io.storageconnections.application.outcome.OperationFailedException.NotFoundException;
import io.storageconnections.application.port.ConnectionFilter;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.application.sourcefile.AddSourceFiles;
import io.storageconnections.application.sourcefile.ListSourceFiles;
import io.storageconnections.application.sourcefile.MoveSourceFile;
import io.storageconnections.application.sourcefile.SourceFileReference;
import io.storageconnections.application.sourcefile.SourceFileRequest;
import io.storageconnections.application.sourcefile.UpdateSourceFile;
import io.storageconnections.domain.connection.AuthenticationType;
import io.storageconnections.domain.connection.ConnectionChange;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.DisplayName;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.SourceFileChange;
import io.storageconnections.domain.connection.StorageConnection;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests that requests from parsed values mean these values: the life of a connection, typed. */
final class TypedRequestsTest {

  private final UseCases useCases =
      UseCases.on(TestDependencies.on(new InMemoryStorageConnectionStore()));
  private final IModelId iModel = iModel();

  private StorageConnection created(String name, String file) {
    var request =
        ConnectionRequest.of(
                iModel, List.of(SourceFileRequest.of(file(file), ConnectorType.CIVIL3D)))
            .withDisplayName(new DisplayName(name))
            .withAuthenticationType(AuthenticationType.SERVICE);
    return useCases.createStorageConnection().create(CALLER, request).orElseThrow().connection();
  }

  @Test
  void a_connection_is_created_and_listed_with_the_given_values() {
    var created = created("Site", "a.dgn");
    assertThat(created.iModel()).isEqualTo(iModel);
    assertThat(created.displayName()).isEqualTo(new DisplayName("Site"));
    assertThat(created.authenticationType()).isEqualTo(AuthenticationType.SERVICE);
    assertThat(
            useCases
                .getStorageConnection()
                .get(CALLER, ConnectionReference.of(created.id()))
                .orElseThrow())
        .isEqualTo(created);
    var other = created("Other site", "b.dgn");
    var filter =
        new ConnectionFilter(iModel, file("a.dgn"), ConnectorType.CIVIL3D, new DisplayName("Site"));
    var page = new PageRequest(0, 7);
    var listed =
        assertSuccess(
            useCases
                .listStorageConnections()
                .list(CALLER, ListStorageConnections.Query.of(filter, page)));
    assertThat(listed.filter()).isEqualTo(filter);
    assertThat(listed.pageRequest()).isEqualTo(page);
    assertThat(listed.page().items()).containsExactly(created);
    assertThat(useCases.listStorageConnections().stream(CALLER, ConnectionFilter.of(iModel)))
        .containsExactlyInAnyOrder(created, other);
  }

  @Test
  void a_connection_and_its_source_files_are_changed_to_the_given_values() {
    var id = created("Site", "a.dgn").id();
    var change = new ConnectionChange(new DisplayName("Renamed"), null);
    var renamed =
        useCases
            .updateStorageConnection()
            .update(CALLER, UpdateStorageConnection.Change.of(id, change), Precondition.NONE)
            .orElseThrow();
    assertThat(renamed.displayName()).isEqualTo(change.displayName());
    var added =
        useCases
            .addSourceFiles()
            .add(
                CALLER,
                AddSourceFiles.Addition.of(
                    id, List.of(SourceFileRequest.of(file("b.dgn"), ConnectorType.MSTN))))
            .orElseThrow()
            .sourceFiles()
            .getFirst();
    var fileChange = new SourceFileChange(file("c.dwg"), ConnectorType.DWG);
    var changed =
        useCases
            .updateSourceFile()
            .update(
                CALLER, UpdateSourceFile.Change.of(id, added.id(), fileChange), Precondition.NONE)
            .orElseThrow();
    assertThat(changed).isEqualTo(added.after(fileChange));
    var target = created("Other site", "d.dgn").id();
    useCases
        .moveSourceFile()
        .move(CALLER, MoveSourceFile.Move.of(id, added.id(), target), Precondition.NONE)
        .orElseThrow();
    assertThat(
            useCases
                .getSourceFile()
                .get(CALLER, SourceFileReference.of(target, added.id()))
                .orElseThrow())
        .isEqualTo(changed.moved());
    var page = ListSourceFiles.Query.of(target, new PageRequest(1, 1));
    assertThat(assertSuccess(useCases.listSourceFiles().list(CALLER, page)).pageRequest())
        .isEqualTo(new PageRequest(1, 1));
    assertThat(useCases.listSourceFiles().stream(CALLER, target)).hasSize(2);
  }

  @Test
  void a_stream_of_the_source_files_of_an_unknown_connection_throws() {
    var id = created("Site", "a.dgn").id();
    useCases
        .deleteStorageConnection()
        .delete(CALLER, ConnectionReference.of(id), Precondition.NONE)
        .orElseThrow();
    var stream = useCases.listSourceFiles().stream(CALLER, id);
    assertThatExceptionOfType(NotFoundException.class).isThrownBy(stream::toList);
  }
}
