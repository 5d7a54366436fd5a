package io.storageconnections.application.connection;

import static io.storageconnections.application.TestDependencies.CALLER;
import static io.storageconnections.application.contract.OutcomeAssertions.assertSuccess;
import static io.storageconnections.application.contract.TestValidator.VALIDATOR;
import static io.storageconnections.application.outcome.Outcome.failed;
import static io.storageconnections.domain.audit.AuditFixtures.CAUSE;
import static io.storageconnections.domain.connection.ConnectionFixtures.connection;
import static io.storageconnections.domain.connection.ConnectionFixtures.file;
import static io.storageconnections.domain.connection.ConnectionFixtures.iModel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.groups.Tuple.tuple;

import io.storageconnections.application.connection.CreateStorageConnection.Created;
import io.storageconnections.application.contract.InMemoryIModelDirectory;
import io.storageconnections.application.contract.InMemoryStorageConnectionStore;
import io.storageconnections.application.contract.InMemoryStorageFiles;
import io.storageconnections.application.outcome.Failure.FilesAlreadyMapped;
import io.storageconnections.application.outcome.Failure.IModelDeleted;
import io.storageconnections.application.outcome.Failure.Invalid;
import io.storageconnections.application.outcome.Failure.OfCreation;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.outcome.Violation;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.StorageConnectionStore;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.readiness.CheckReadiness;
import io.storageconnections.application.sourcefile.SourceFileRequest;
import io.storageconnections.application.validation.RequestValidator;
import io.storageconnections.domain.connection.AuthenticationType;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.DisplayName;
import io.storageconnections.domain.connection.FileMappings.HeldFile;
import io.storageconnections.domain.connection.FileMappings.Holder;
import io.storageconnections.domain.connection.FileMappings.RepeatedFile;
import io.storageconnections.domain.connection.FileName;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.SourceFileId;
import io.storageconnections.domain.connection.StorageConnection;
import io.storageconnections.domain.connection.StorageFileId;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class CreateStorageConnectionUseCaseTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T10:00:00.123456789Z"), ZoneOffset.UTC);

  private final IModelId iModel = iModel();
  private final IModelId hidden = iModel();
  private final InMemoryStorageConnectionStore store = new InMemoryStorageConnectionStore();
  private final InMemoryIModelDirectory iModels = new InMemoryIModelDirectory(hidden);
  private final InMemoryStorageFiles files = new InMemoryStorageFiles();
  private final Dependencies dependencies = dependencies(store, UUID::randomUUID);

  private Dependencies dependencies(StorageConnectionStore store, Supplier<UUID> ids) {
    return new Dependencies(
        store,
        iModels,
        files,
        Limits.NONE,
        new RequestValidator(VALIDATOR),
        CLOCK,
        ids,
        Dependencies.AUDIT_RETENTION);
  }

  @Test
  void a_valid_request_creates_the_connection_that_it_describes() {
    var request =
        new ConnectionRequest(
            "30",
            iModel.toString(),
            "Service",
            List.of(fileRequest("a.dgn", "MSTN"), fileRequest("b.ifc", "IFC")));
    var created = created(request);
    assertThat(created.iModel()).isEqualTo(iModel);
    assertThat(created.iTwin()).isEqualTo(file("a.dgn").iTwin());
    assertThat(created.displayName()).isEqualTo(new DisplayName("30"));
    assertThat(created.authenticationType()).isEqualTo(AuthenticationType.SERVICE);
    assertThat(created.created()).isEqualTo(Instant.parse("2026-11-23T10:00:00.123456Z"));
    assertThat(files(created))
        .extracting(SourceFile::storageFileId, SourceFile::connectorType)
        .containsExactly(
            tuple(file("a.dgn"), ConnectorType.MSTN), tuple(file("b.ifc"), ConnectorType.IFC));
    assertThat(store.find(created.id())).contains(created);
  }

  @Test
  void absent_optional_members_have_their_defaults() {
    var created = created(new ConnectionRequest(null, iModel.toString(), null, files("a.dgn")));
    assertThat(created.displayName()).isNull();
    assertThat(created.authenticationType()).isEqualTo(AuthenticationType.USER);
  }

  @Test
  void new_ids_come_from_the_supplier_and_source_file_ids_ascend() {
    Iterator<UUID> ids =
        List.of(new UUID(-1, 3), new UUID(1, 2), new UUID(0, 1), new UUID(9, 9)).iterator();
    var created =
        created(
            dependencies(store, ids::next),
            new ConnectionRequest(null, iModel.toString(), null, files("c.dgn", "b.dgn", "a.dgn")));
    assertThat(files(created))
        .extracting(SourceFile::id)
        .containsExactly(
            new SourceFileId(new UUID(0, 1)),
            new SourceFileId(new UUID(1, 2)),
            new SourceFileId(new UUID(-1, 3)));
    assertThat(created.id()).isEqualTo(new ConnectionId(iModel, new UUID(9, 9)));
  }

  @Test
  void all_violations_of_a_request_are_reported_and_nothing_is_changed() {
    var outcome = create(new ConnectionRequest(null, "x", "Robot", List.of()));
    assertThat(outcome)
        .isEqualTo(
            failed(
                new Invalid(
                    List.of(
                        new Violation(Violation.Kind.INVALID, "iModelId"),
                        new Violation(Violation.Kind.INVALID, "authenticationType"),
                        new Violation(Violation.Kind.EMPTY, "sourceFiles")))));
    assertThat(iModels.knowsITwinOf(iModel)).isFalse();
  }

  @Test
  void an_imodel_that_the_caller_cannot_see_is_a_violation() {
    assertThat(create(new ConnectionRequest(null, hidden.toString(), null, files("a.dgn"))))
        .isEqualTo(failed(new Invalid(List.of(new Violation(Violation.Kind.INVALID, "iModelId")))));
    assertThat(store.mappings(hidden, List.of(file("a.dgn"))).holders()).isEmpty();
  }

  @Test
  void a_file_that_the_caller_may_not_map_is_a_violation_beside_all_others() {
    files.remove(file("gone.dgn"));
    assertThat(
            create(
                new ConnectionRequest(
                    null, iModel.toString(), "Robot", files("a.dgn", "gone.dgn", "gone.dgn"))))
        .isEqualTo(
            failed(
                new Invalid(
                    List.of(
                        new Violation(Violation.Kind.INVALID, "authenticationType"),
                        new Violation(Violation.Kind.INVALID, "sourceFiles[1].storageFileId"),
                        new Violation(Violation.Kind.INVALID, "sourceFiles[2].storageFileId")))));
    assertThat(iModels.knowsITwinOf(iModel)).isFalse();
  }

  @Test
  void the_name_of_a_file_is_stored_if_storage_knows_it() {
    files.name(file("a.dgn"), "Level 1.dgn");
    var created =
        created(new ConnectionRequest(null, iModel.toString(), null, files("a.dgn", "b.dgn")));
    assertThat(files(created))
        .extracting(SourceFile::lastKnownFileName)
        .containsExactly(new FileName("Level 1.dgn"), null);
  }

  @Test
  void no_connection_is_created_in_an_imodel_that_is_deleted_meanwhile() {
    store.markDeleted(CAUSE, iModel);
    assertThat(create(new ConnectionRequest(null, iModel.toString(), null, files("a.dgn"))))
        .isEqualTo(failed(new IModelDeleted(iModel)));
  }

  @Test
  void a_file_that_another_connection_maps_is_a_conflict_that_names_the_holder() {
    var holder = created(new ConnectionRequest("30", iModel.toString(), null, files("a.dgn")));
    assertThat(
            create(new ConnectionRequest(null, iModel.toString(), null, files("b.dgn", "a.dgn"))))
        .isEqualTo(
            failed(
                new FilesAlreadyMapped(
                    List.of(
                        new HeldFile(
                            1,
                            file("a.dgn"),
                            new Holder(
                                holder.id(),
                                holder.displayName(),
                                files(holder).getFirst().id()))))));
    assertThat(store.mappings(iModel, List.of(file("b.dgn"))).holders()).isEmpty();
  }

  @Test
  void a_file_that_the_request_names_twice_is_a_conflict_and_nothing_is_changed() {
    assertThat(
            create(
                new ConnectionRequest(
                    null, iModel.toString(), null, files("a.dgn", "b.dgn", "a.dgn"))))
        .isEqualTo(failed(new FilesAlreadyMapped(List.of(new RepeatedFile(2, file("a.dgn"), 0)))));
    assertThat(iModels.knowsITwinOf(iModel)).isFalse();
    assertThat(store.mappings(iModel, List.of(file("a.dgn"), file("b.dgn"))).holders()).isEmpty();
  }

  @Test
  void a_file_that_the_request_names_twice_hides_no_other_conflict() {
    var holder = connection().of(iModel).mapping("b.dgn").build();
    store.add(CAUSE, holder, Limits.NONE);
    assertThat(
            create(
                new ConnectionRequest(
                    null, iModel.toString(), null, files("a.dgn", "a.dgn", "b.dgn"))))
        .isEqualTo(
            failed(
                new FilesAlreadyMapped(
                    List.of(
                        new RepeatedFile(1, file("a.dgn"), 0),
                        new HeldFile(
                            2,
                            file("b.dgn"),
                            new Holder(
                                holder.id(),
                                holder.connection().displayName(),
                                holder.sourceFiles().getFirst().id()))))));
  }

  @Test
  void the_exception_of_an_unavailable_store_is_passed_on() {
    var failing = dependencies(failingStore(), UUID::randomUUID);
    var request = new ConnectionRequest(null, iModel.toString(), null, files("a.dgn"));
    var reference = new ConnectionReference(connection().build().id().toString());
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> CreateStorageConnection.on(failing).create(CALLER, request));
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> GetStorageConnection.on(failing).get(CALLER, reference));
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> CheckReadiness.on(failing).check());
  }

  private List<SourceFile> files(StorageConnection connection) {
    return assertSuccess(store.listFiles(connection.id(), new PageRequest(0, 100))).items();
  }

  private Outcome<Created, OfCreation> create(ConnectionRequest request) {
    return CreateStorageConnection.on(dependencies).create(CALLER, request);
  }

  private StorageConnection created(ConnectionRequest request) {
    return created(dependencies, request);
  }

  private static StorageConnection created(Dependencies dependencies, ConnectionRequest request) {
    return assertSuccess(CreateStorageConnection.on(dependencies).create(CALLER, request))
        .connection();
  }

  private static List<SourceFileRequest> files(String... names) {
    return Arrays.stream(names).map(name -> fileRequest(name, "MSTN")).toList();
  }

  private static SourceFileRequest fileRequest(String name, String connectorType) {
    StorageFileId file = file(name);
    return new SourceFileRequest(file.toString(), connectorType);
  }

  private static StorageConnectionStore failingStore() {
    return (StorageConnectionStore)
        Proxy.newProxyInstance(
            CreateStorageConnectionUseCaseTest.class.getClassLoader(),
            new Class<?>[] {StorageConnectionStore.class},
            (proxy, method, arguments) -> {
              throw new StoreException(method.getName(), new IllegalStateException("unavailable"));
            });
  }
}
