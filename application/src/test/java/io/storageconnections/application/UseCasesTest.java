package io.storageconnections.application;

import static io.storageconnections.application.contract.TestValidator.VALIDATOR;
import static io.storageconnections.domain.connection.ConnectionFixtures.connection;
import static io.storageconnections.domain.connection.ConnectionFixtures.file;
import static io.storageconnections.domain.connection.ConnectionFixtures.iModel;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.authorization.GetAuthorizationInformation;
import io.storageconnections.application.connection.ConnectionReference;
import io.storageconnections.application.connection.ConnectionRequest;
import io.storageconnections.application.connection.CreateStorageConnection;
import io.storageconnections.application.connection.DeleteStorageConnection;
import io.storageconnections.application.connection.ListStorageConnections;
import io.storageconnections.application.connection.UpdateStorageConnection;
import io.storageconnections.application.contract.InMemoryIModelDirectory;
import io.storageconnections.application.contract.InMemoryStorageConnectionStore;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.ConnectionFilter;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.application.sourcefile.AddSourceFiles;
import io.storageconnections.application.sourcefile.GetSourceFile;
import io.storageconnections.application.sourcefile.ListSourceFiles;
import io.storageconnections.application.sourcefile.RemoveSourceFile;
import io.storageconnections.application.sourcefile.SourceFileReference;
import io.storageconnections.application.sourcefile.SourceFileRequest;
import io.storageconnections.application.sourcefile.UpdateSourceFile;
import io.storageconnections.application.validation.Violation;
import io.storageconnections.application.validation.Violation.Kind;
import io.storageconnections.domain.connection.AuthenticationType;
import io.storageconnections.domain.connection.ConnectionChange;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.DisplayName;
import io.storageconnections.domain.connection.FileMappings.Conflict;
import io.storageconnections.domain.connection.FileMappings.HeldFile;
import io.storageconnections.domain.connection.FileMappings.RepeatedFile;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.Limits.Excess;
import io.storageconnections.domain.connection.NewConnection;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.SourceFileChange;
import io.storageconnections.domain.connection.StorageConnection;
import io.storageconnections.domain.connection.Usage;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the use cases make of what they are asked and of what the store answers. */
final class UseCasesTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC);
  private static final Caller CALLER = new Caller("somebody");

  private final InMemoryStorageConnectionStore store = new InMemoryStorageConnectionStore();
  private final UseCases useCases = with(Limits.NONE);
  private final NewConnection there = connection().of(iModel()).mapping("a.dgn", "b.dgn").build();
  private final StorageConnection connection = there.connection();
  private final SourceFile sourceFile = there.sourceFiles().getFirst();
  private final String id = there.id().toString();
  private final String fileId = sourceFile.id().toString();
  private final NewConnection unknown = connection().of(there.iModel()).build();
  private final String unknownId = unknown.id().toString();
  private final String unknownFileId = unknown.sourceFiles().getFirst().id().toString();

  UseCasesTest() {
    store.add(there, Limits.NONE);
  }

  private UseCases with(Limits limits) {
    return UseCases.on(
        store, new InMemoryIModelDirectory(), limits, VALIDATOR, CLOCK, UUID::randomUUID);
  }

  // ---- connections -----------------------------------------------------------------------------

  @Test
  void a_list_is_told_with_what_was_meant() {
    var filter =
        new ConnectionFilter(
            there.iModel(), file("a.dgn"), ConnectorType.MSTN, connection.displayName());
    assertThat(list(there.iModel().toString(), file("a.dgn").toString(), "MSTN", "Site drawings"))
        .isEqualTo(
            new ListStorageConnections.Outcome.Listed(
                filter, new PageRequest(0, 100), new Page<>(List.of(connection), 0, false)));
  }

  @Test
  void a_list_of_nothing_in_particular_is_of_the_whole_imodel() {
    assertThat(list(there.iModel().toString(), null, null, null))
        .isEqualTo(
            new ListStorageConnections.Outcome.Listed(
                ConnectionFilter.of(there.iModel()),
                new PageRequest(0, 100),
                new Page<>(List.of(connection), 0, false)));
  }

  @Test
  void everything_that_is_wrong_with_a_query_is_told_at_once() {
    assertThat(
            useCases
                .listStorageConnections()
                .list(CALLER, new ListStorageConnections.Query(null, "x", "x", null, -1L, 0L)))
        .isEqualTo(
            new ListStorageConnections.Outcome.Invalid(
                List.of(
                    new Violation(Kind.MISSING, "iModelId"),
                    new Violation(Kind.INVALID, "storageFileId"),
                    new Violation(Kind.INVALID, "connectorType"),
                    new Violation(Kind.INVALID, "skip"),
                    new Violation(Kind.INVALID, "top"))));
  }

  @Test
  void more_than_the_greatest_page_is_the_greatest_page() {
    for (long top : new long[] {1_000, 1_001, Long.MAX_VALUE}) {
      assertThat(PageRequest.of(Long.MAX_VALUE, top))
          .isEqualTo(new PageRequest(Long.MAX_VALUE, 1_000));
    }
    assertThat(PageRequest.of(null, 999L)).isEqualTo(new PageRequest(0, 999));
  }

  @Test
  void an_update_changes_what_is_present() {
    assertThat(update(id, "new", null, Precondition.NONE))
        .isEqualTo(
            new UpdateStorageConnection.Outcome.Updated(
                connection.after(new ConnectionChange(new DisplayName("new"), null))));
    assertThat(update(id, null, "Service", Precondition.revision(2)))
        .isEqualTo(
            new UpdateStorageConnection.Outcome.Updated(
                new StorageConnection(
                    connection.id(),
                    connection.iTwin(),
                    new DisplayName("new"),
                    AuthenticationType.SERVICE,
                    connection.created(),
                    3)));
  }

  @Test
  void an_update_that_cannot_be_says_why() {
    assertThat(update(unknownId, null, null, Precondition.NONE))
        .isEqualTo(new UpdateStorageConnection.Outcome.ConnectionNotFound(unknown.id()));
    assertThat(update(id, "new", null, Precondition.revision(7)))
        .isEqualTo(new UpdateStorageConnection.Outcome.Outdated(1));
    assertThat(update("x", "n".repeat(256), "user", Precondition.NONE))
        .isEqualTo(
            new UpdateStorageConnection.Outcome.Invalid(
                List.of(
                    new Violation(Kind.INVALID, "connectionId"),
                    new Violation(Kind.INVALID, "displayName"),
                    new Violation(Kind.INVALID, "authenticationType"))));
  }

  @Test
  void a_deletion_deletes_once_and_only_what_is_meant() {
    assertThat(delete("x", Precondition.NONE))
        .isEqualTo(
            new DeleteStorageConnection.Outcome.Invalid(
                List.of(new Violation(Kind.INVALID, "connectionId"))));
    assertThat(delete(id, Precondition.revision(2)))
        .isEqualTo(new DeleteStorageConnection.Outcome.Outdated(1));
    assertThat(delete(id, Precondition.revision(1)))
        .isEqualTo(new DeleteStorageConnection.Outcome.Deleted());
    assertThat(delete(id, Precondition.NONE))
        .isEqualTo(new DeleteStorageConnection.Outcome.ConnectionNotFound(there.id()));
  }

  // ---- source files ----------------------------------------------------------------------------

  @Test
  void files_are_added_in_their_order_by_ids_that_ascend() {
    var outcome = add(useCases, id, "d.dgn", "c.dgn");
    assertThat(outcome).isInstanceOf(AddSourceFiles.Outcome.Added.class);
    var added = (AddSourceFiles.Outcome.Added) outcome;
    assertThat(added.connection()).isEqualTo(there.id());
    assertThat(added.usage()).isNull();
    assertThat(SourceFile.storageFileIds(added.sourceFiles()))
        .containsExactly(file("d.dgn"), file("c.dgn"));
    assertThat(added.sourceFiles()).extracting(SourceFile::id).isSorted();
    assertThat(added.sourceFiles()).extracting(SourceFile::created).containsOnly(CLOCK.instant());
    assertThat(store.listFiles(there.id(), new PageRequest(2, 9)).items())
        .isEqualTo(added.sourceFiles());
  }

  @Test
  void an_addition_that_cannot_be_says_why() {
    assertThat(add(useCases, unknownId, "c.dgn"))
        .isEqualTo(new AddSourceFiles.Outcome.ConnectionNotFound(unknown.id()));
    assertThat(add(useCases, unknownId, "c.dgn", "c.dgn"))
        .isEqualTo(new AddSourceFiles.Outcome.ConnectionNotFound(unknown.id()));
    assertThat(conflicts(add(useCases, id, "c.dgn", "a.dgn")))
        .singleElement()
        .isInstanceOf(HeldFile.class);
    assertThat(conflicts(add(useCases, id, "a.dgn", "c.dgn", "c.dgn")))
        .hasSize(2)
        .contains(new RepeatedFile(2, file("c.dgn"), 1));
    assertThat(add(useCases, "x"))
        .isEqualTo(
            new AddSourceFiles.Outcome.Invalid(
                List.of(
                    new Violation(Kind.INVALID, "connectionId"),
                    new Violation(Kind.EMPTY, "sourceFiles"))));
  }

  @Test
  void a_file_is_found_or_it_is_said_what_is_missing() {
    assertThat(get(id, fileId)).isEqualTo(new GetSourceFile.Outcome.Found(sourceFile));
    assertThat(get(unknownId, fileId))
        .isEqualTo(new GetSourceFile.Outcome.ConnectionNotFound(unknown.id()));
    assertThat(get(id, unknownFileId))
        .isEqualTo(
            new GetSourceFile.Outcome.SourceFileNotFound(unknown.sourceFiles().getFirst().id()));
    assertThat(get("x", "y"))
        .isEqualTo(
            new GetSourceFile.Outcome.Invalid(
                List.of(
                    new Violation(Kind.INVALID, "connectionId"),
                    new Violation(Kind.INVALID, "sourceFileId"))));
  }

  @Test
  void files_are_listed_and_an_empty_connection_is_not_an_unknown_one() {
    assertThat(listFiles(id, null, 1L))
        .isEqualTo(
            new ListSourceFiles.Outcome.Listed(
                there.id(), new PageRequest(0, 1), new Page<>(List.of(sourceFile), 0, true)));
    there.sourceFiles().forEach(file -> store.removeFile(there.id(), file.id(), Precondition.NONE));
    assertThat(listFiles(id, 5L, null))
        .isEqualTo(
            new ListSourceFiles.Outcome.Listed(
                there.id(), new PageRequest(5, 100), new Page<>(List.of(), 0, false)));
    assertThat(listFiles(unknownId, null, null))
        .isEqualTo(new ListSourceFiles.Outcome.ConnectionNotFound(unknown.id()));
    assertThat(listFiles("x", -1L, 0L))
        .isEqualTo(
            new ListSourceFiles.Outcome.Invalid(
                List.of(
                    new Violation(Kind.INVALID, "connectionId"),
                    new Violation(Kind.INVALID, "skip"),
                    new Violation(Kind.INVALID, "top"))));
  }

  @Test
  void a_file_becomes_another_or_it_is_said_why_not() {
    assertThat(updateFile(id, fileId, "c.dgn", "DWG", Precondition.revision(1)))
        .isEqualTo(
            new UpdateSourceFile.Outcome.Updated(
                sourceFile.after(new SourceFileChange(file("c.dgn"), ConnectorType.DWG))));
    assertThat(updateFile(id, fileId, "c.dgn", "DWG", Precondition.revision(1)))
        .isEqualTo(new UpdateSourceFile.Outcome.Outdated(2));
    assertThat(updateFile(id, fileId, "b.dgn", "DWG", Precondition.NONE))
        .isInstanceOf(UpdateSourceFile.Outcome.FilesAlreadyMapped.class);
    assertThat(updateFile(unknownId, fileId, "c.dgn", "DWG", Precondition.NONE))
        .isEqualTo(new UpdateSourceFile.Outcome.ConnectionNotFound(unknown.id()));
    assertThat(updateFile(id, unknownFileId, "c.dgn", "DWG", Precondition.NONE))
        .isEqualTo(
            new UpdateSourceFile.Outcome.SourceFileNotFound(unknown.sourceFiles().getFirst().id()));
    assertThat(
            useCases
                .updateSourceFile()
                .update(
                    CALLER, new UpdateSourceFile.Change("x", "x", null, "dwg"), Precondition.NONE))
        .isEqualTo(
            new UpdateSourceFile.Outcome.Invalid(
                List.of(
                    new Violation(Kind.INVALID, "connectionId"),
                    new Violation(Kind.INVALID, "sourceFileId"),
                    new Violation(Kind.MISSING, "storageFileId"),
                    new Violation(Kind.INVALID, "connectorType"))));
  }

  @Test
  void a_file_is_removed_or_it_is_said_why_not() {
    assertThat(remove(id, fileId, Precondition.revision(3)))
        .isEqualTo(new RemoveSourceFile.Outcome.Outdated(1));
    assertThat(remove(id, fileId, Precondition.NONE))
        .isEqualTo(new RemoveSourceFile.Outcome.Removed());
    assertThat(remove(id, fileId, Precondition.NONE))
        .isEqualTo(new RemoveSourceFile.Outcome.SourceFileNotFound(sourceFile.id()));
    assertThat(remove(unknownId, fileId, Precondition.NONE))
        .isEqualTo(new RemoveSourceFile.Outcome.ConnectionNotFound(unknown.id()));
    assertThat(remove("x", fileId, Precondition.NONE))
        .isEqualTo(
            new RemoveSourceFile.Outcome.Invalid(
                List.of(new Violation(Kind.INVALID, "connectionId"))));
  }

  // ---- what a caller cannot see ----------------------------------------------------------------

  @Test
  void what_a_caller_cannot_see_is_not_there_for_them_whatever_they_ask() {
    var blind =
        UseCases.on(
            store,
            new InMemoryIModelDirectory(there.iModel()),
            Limits.NONE,
            VALIDATOR,
            CLOCK,
            UUID::randomUUID);
    var iModelId = new Violation(Kind.INVALID, "iModelId");
    var file = new SourceFileReference(id, fileId);
    var gone =
        List.of(
            blind.getStorageConnection().get(CALLER, new ConnectionReference(id)),
            blind
                .updateStorageConnection()
                .update(
                    CALLER, new UpdateStorageConnection.Change(id, "new", null), Precondition.NONE),
            blind
                .deleteStorageConnection()
                .delete(CALLER, new ConnectionReference(id), Precondition.NONE),
            add(blind, id, "c.dgn"),
            add(blind, id, "c.dgn", "c.dgn"),
            blind.listSourceFiles().list(CALLER, new ListSourceFiles.Query(id, null, null)),
            blind.getSourceFile().get(CALLER, file),
            blind
                .updateSourceFile()
                .update(
                    CALLER,
                    new UpdateSourceFile.Change(id, fileId, file("c.dgn").toString(), "DWG"),
                    Precondition.NONE),
            blind.removeSourceFile().remove(CALLER, file, Precondition.NONE));
    assertThat(gone)
        .allSatisfy(outcome -> assertThat(outcome.toString()).startsWith("ConnectionNotFound["));
    assertThat(
            blind
                .listStorageConnections()
                .list(
                    CALLER,
                    new ListStorageConnections.Query(
                        there.iModel().toString(), null, null, null, null, null)))
        .isEqualTo(new ListStorageConnections.Outcome.Invalid(List.of(iModelId)));
    for (var names : List.of(new String[] {"c.dgn"}, new String[] {"a.dgn", "a.dgn"})) {
      assertThat(create(blind, names))
          .isEqualTo(new CreateStorageConnection.Outcome.Invalid(List.of(iModelId)));
    }
    assertThat(store.find(there.id())).contains(connection);
    assertThat(store.listFiles(there.id(), new PageRequest(0, 9)).items())
        .isEqualTo(there.sourceFiles());
  }

  // ---- limits and consent ----------------------------------------------------------------------

  @Test
  void limits_are_kept_by_creation_and_addition_and_told_as_they_are_approached() {
    var limited = with(new Limits(2, 4));
    assertThat(create(limited, "c.dgn")).extracting("usage").isEqualTo(new Usage(2, 3));
    assertThat(create(limited, "d.dgn"))
        .isEqualTo(
            new CreateStorageConnection.Outcome.LimitReached(
                new Excess(Limits.Subject.CONNECTIONS, 2, 2, 1)));
    assertThat(add(limited, id, "d.dgn", "e.dgn"))
        .isEqualTo(
            new AddSourceFiles.Outcome.LimitReached(
                new Excess(Limits.Subject.SOURCE_FILES, 4, 3, 2)));
    assertThat(add(limited, id, "d.dgn")).extracting("usage").isEqualTo(new Usage(2, 4));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:3301/callback",
        "https://example.org",
        "myapp://back?state=%20a#b",
        "http://[::1]:80/"
      })
  void consent_is_given_wherever_a_user_is_to_be_sent(String redirectUrl) {
    assertThat(authorization(redirectUrl, Set.of()))
        .isEqualTo(new GetAuthorizationInformation.Outcome.Authorized());
    assertThat(authorization(null, Set.of()))
        .isEqualTo(new GetAuthorizationInformation.Outcome.Authorized());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "/callback",
        "http:",
        "http://",
        "http://a b",
        "://x",
        "http:///",
        "http://:::",
        "http://%5B",
        "a\nb://c"
      })
  void nobody_can_be_sent_to_what_is_no_url(String redirectUrl) {
    var invalid =
        new GetAuthorizationInformation.Outcome.Invalid(
            List.of(new Violation(Kind.INVALID, "redirectUrl")));
    assertThat(authorization(redirectUrl, Set.of())).isEqualTo(invalid);
    assertThat(authorization(null, Set.of("redirectUrl"))).isEqualTo(invalid);
  }

  // ---- asking ----------------------------------------------------------------------------------

  private ListStorageConnections.Outcome list(
      String iModelId,
      @Nullable String storageFileId,
      @Nullable String connectorType,
      @Nullable String displayName) {
    return useCases
        .listStorageConnections()
        .list(
            CALLER,
            new ListStorageConnections.Query(
                iModelId, storageFileId, connectorType, displayName, null, null));
  }

  private UpdateStorageConnection.Outcome update(
      String id, @Nullable String name, @Nullable String type, Precondition precondition) {
    return useCases
        .updateStorageConnection()
        .update(CALLER, new UpdateStorageConnection.Change(id, name, type), precondition);
  }

  private DeleteStorageConnection.Outcome delete(String id, Precondition precondition) {
    return useCases
        .deleteStorageConnection()
        .delete(CALLER, new ConnectionReference(id), precondition);
  }

  private CreateStorageConnection.Outcome create(UseCases useCases, String... names) {
    return useCases
        .createStorageConnection()
        .create(
            CALLER, new ConnectionRequest(null, there.iModel().toString(), null, requests(names)));
  }

  private static AddSourceFiles.Outcome add(UseCases useCases, String id, String... names) {
    return useCases.addSourceFiles().add(CALLER, new AddSourceFiles.Addition(id, requests(names)));
  }

  private static List<SourceFileRequest> requests(String... names) {
    return Arrays.stream(names)
        .map(name -> new SourceFileRequest(file(name).toString(), "MSTN"))
        .toList();
  }

  private static List<Conflict> conflicts(AddSourceFiles.Outcome outcome) {
    assertThat(outcome).isInstanceOf(AddSourceFiles.Outcome.FilesAlreadyMapped.class);
    return ((AddSourceFiles.Outcome.FilesAlreadyMapped) outcome).conflicts();
  }

  private GetSourceFile.Outcome get(String id, String fileId) {
    return useCases.getSourceFile().get(CALLER, new SourceFileReference(id, fileId));
  }

  private ListSourceFiles.Outcome listFiles(String id, @Nullable Long skip, @Nullable Long top) {
    return useCases.listSourceFiles().list(CALLER, new ListSourceFiles.Query(id, skip, top));
  }

  private UpdateSourceFile.Outcome updateFile(
      String id, String fileId, String name, String type, Precondition precondition) {
    return useCases
        .updateSourceFile()
        .update(
            CALLER,
            new UpdateSourceFile.Change(id, fileId, file(name).toString(), type),
            precondition);
  }

  private RemoveSourceFile.Outcome remove(String id, String fileId, Precondition precondition) {
    return useCases
        .removeSourceFile()
        .remove(CALLER, new SourceFileReference(id, fileId), precondition);
  }

  private GetAuthorizationInformation.Outcome authorization(
      @Nullable String redirectUrl, Set<String> mistyped) {
    return useCases
        .getAuthorizationInformation()
        .get(CALLER, new GetAuthorizationInformation.Query(redirectUrl, mistyped));
  }
}
