package io.storageconnections.application;

import static io.storageconnections.application.TestDependencies.CALLER;
import static io.storageconnections.application.contract.OutcomeAssertions.assertSuccess;
import static io.storageconnections.application.outcome.Outcome.failed;
import static io.storageconnections.application.outcome.Outcome.success;
import static io.storageconnections.domain.audit.AuditFixtures.CAUSE;
import static io.storageconnections.domain.connection.ConnectionFixtures.connection;
import static io.storageconnections.domain.connection.ConnectionFixtures.file;
import static io.storageconnections.domain.connection.ConnectionFixtures.iModel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.storageconnections.application.audit.ListAudit;
import io.storageconnections.application.authorization.GetAuthorizationInformation;
import io.storageconnections.application.connection.ConnectionReference;
import io.storageconnections.application.connection.ConnectionRequest;
import io.storageconnections.application.connection.CreateStorageConnection.Created;
import io.storageconnections.application.connection.ListStorageConnections;
import io.storageconnections.application.connection.UpdateStorageConnection;
import io.storageconnections.application.contract.InMemoryIModelDirectory;
import io.storageconnections.application.contract.InMemoryStorageConnectionStore;
import io.storageconnections.application.contract.OutcomeAssertions;
import io.storageconnections.application.outcome.Failure.ConnectionNotFound;
import io.storageconnections.application.outcome.Failure.IModelNotFound;
import io.storageconnections.application.outcome.Failure.InsufficientPermissions;
import io.storageconnections.application.outcome.Failure.Invalid;
import io.storageconnections.application.outcome.Failure.LimitReached;
import io.storageconnections.application.outcome.Failure.OfCreation;
import io.storageconnections.application.outcome.Failure.OfFileAddition;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.outcome.Violation;
import io.storageconnections.application.outcome.Violation.Kind;
import io.storageconnections.application.port.Access;
import io.storageconnections.application.port.ConnectionFilter;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.application.sourcefile.AddSourceFiles;
import io.storageconnections.application.sourcefile.ListSourceFiles;
import io.storageconnections.application.sourcefile.MoveSourceFile;
import io.storageconnections.application.sourcefile.SourceFileReference;
import io.storageconnections.application.sourcefile.SourceFileRequest;
import io.storageconnections.application.sourcefile.UpdateSourceFile;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.Limits.Excess;
import io.storageconnections.domain.connection.NewConnection;
import io.storageconnections.domain.connection.Usage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests of rules that several use cases share: visibility of iModels, and limits. */
final class UseCasesTest {

  private final InMemoryStorageConnectionStore store = new InMemoryStorageConnectionStore();
  private final NewConnection existing =
      connection().of(iModel()).mapping("a.dgn", "b.dgn").build();
  private final String id = existing.id().toString();
  private final String fileId = existing.sourceFiles().getFirst().id().toString();

  UseCasesTest() {
    store.add(CAUSE, existing, Limits.NONE);
  }

  @Test
  void an_imodel_that_the_caller_cannot_see_does_not_exist_for_any_operation() {
    var useCases =
        UseCases.on(
            TestDependencies.on(
                store, new InMemoryIModelDirectory(existing.iModel()), Limits.NONE));
    assertThat(Stream.concat(readings(useCases), changes(useCases)))
        .allSatisfy(outcome ->
            assertThat(outcome).isEqualTo(failed(new ConnectionNotFound(existing.id()))));
    var invalid = failed(new Invalid(List.of(new Violation(Kind.INVALID, "iModelId"))));
    assertThat(list(useCases)).isEqualTo(invalid);
    assertThat(audit(useCases)).isEqualTo(failed(new IModelNotFound(existing.iModel())));
    assertThat(create(useCases, "c.dgn")).isEqualTo(invalid);
    assertThat(create(useCases, "a.dgn", "a.dgn")).isEqualTo(invalid);
    assertNothingChanged();
  }

  @Test
  void a_caller_who_may_only_read_an_imodel_can_read_and_not_change() {
    var useCases = useCasesWith(Access.READ);
    assertThat(readings(useCases)).allSatisfy(OutcomeAssertions::assertSuccess);
    assertSuccess(list(useCases));
    assertSuccess(audit(useCases));
    var refused = failed(new InsufficientPermissions(existing.iModel()));
    assertThat(changes(useCases)).allSatisfy(outcome -> assertThat(outcome).isEqualTo(refused));
    assertThat(create(useCases, "c.dgn")).isEqualTo(refused);
    assertThat(create(useCases, "a.dgn", "a.dgn")).isEqualTo(refused);
    assertNothingChanged();
  }

  @Test
  void a_caller_who_is_denied_an_imodel_can_neither_read_nor_change() {
    var useCases = useCasesWith(Access.DENIED);
    var refused = failed(new InsufficientPermissions(existing.iModel()));
    assertThat(Stream.concat(readings(useCases), changes(useCases)))
        .allSatisfy(outcome -> assertThat(outcome).isEqualTo(refused));
    assertThat(list(useCases)).isEqualTo(refused);
    assertThat(audit(useCases)).isEqualTo(refused);
    assertThat(create(useCases, "c.dgn")).isEqualTo(refused);
    assertNothingChanged();
  }

  private UseCases useCasesWith(Access access) {
    var directory = new InMemoryIModelDirectory();
    directory.grant(existing.iModel(), access);
    return UseCases.on(TestDependencies.on(store, directory, Limits.NONE));
  }

  private void assertNothingChanged() {
    assertThat(store.find(existing.id())).contains(existing.connection());
    assertThat(store.listFiles(existing.id(), new PageRequest(0, 9)))
        .isEqualTo(success(new Page<>(existing.sourceFiles(), 0, false)));
  }

  private Outcome<?, ?> list(UseCases useCases) {
    return useCases
        .listStorageConnections()
        .list(
            CALLER,
            new ListStorageConnections.Query(
                existing.iModel().toString(), null, null, null, null, null));
  }

  private Outcome<?, ?> audit(UseCases useCases) {
    return useCases
        .listAudit()
        .list(
            CALLER, new ListAudit.Query(existing.iModel().toString(), null, null, null, Set.of()));
  }

  private Stream<Outcome<?, ?>> readings(UseCases useCases) {
    return Stream.of(
        useCases.getStorageConnection().get(CALLER, new ConnectionReference(id)),
        useCases.listSourceFiles().list(CALLER, new ListSourceFiles.Query(id, null, null)),
        useCases.getSourceFile().get(CALLER, new SourceFileReference(id, fileId)));
  }

  private Stream<Outcome<?, ?>> changes(UseCases useCases) {
    var file = new SourceFileReference(id, fileId);
    return Stream.of(
        useCases
            .updateStorageConnection()
            .update(CALLER, new UpdateStorageConnection.Change(id, "new", null), Precondition.NONE),
        useCases
            .deleteStorageConnection()
            .delete(CALLER, new ConnectionReference(id), Precondition.NONE),
        add(useCases, "c.dgn"),
        add(useCases, "c.dgn", "c.dgn"),
        useCases
            .updateSourceFile()
            .update(
                CALLER,
                new UpdateSourceFile.Change(id, fileId, file("c.dgn").toString(), "DWG"),
                Precondition.NONE),
        useCases
            .moveSourceFile()
            .move(CALLER, new MoveSourceFile.Move(id, fileId, id), Precondition.NONE),
        useCases.removeSourceFile().remove(CALLER, file, Precondition.NONE));
  }

  /** A new use case must be added to the tests above, or here if it does not ask for access. */
  @Test
  void every_use_case_is_tested_with_an_invisible_imodel_or_has_no_imodel() {
    assertThat(UseCases.class.getDeclaredMethods())
        .filteredOn(method ->
            Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers()))
        .extracting(Method::getName)
        .containsExactlyInAnyOrder(
            "createStorageConnection",
            "listStorageConnections",
            "listAudit",
            "getStorageConnection",
            "updateStorageConnection",
            "deleteStorageConnection",
            "addSourceFiles",
            "listSourceFiles",
            "getSourceFile",
            "updateSourceFile",
            "moveSourceFile",
            "removeSourceFile",
            // Tested with the use cases of runs:
            "runs",
            // Without a question for access:
            "deleteConnectionsOfIModel",
            "getAuthorizationInformation",
            "listConnectorTypes",
            "checkReadiness",
            "limits",
            "removeExpiredAudit");
  }

  @Test
  void a_null_argument_is_refused_at_once_by_its_name() {
    var useCases =
        UseCases.on(TestDependencies.on(store, new InMemoryIModelDirectory(), Limits.NONE));
    assertThat(operations(useCases)).hasSize(17).allSatisfy(this::assertRefusesNull);
    assertThat(store.find(existing.id())).contains(existing.connection());
  }

  /** An operation of a use case, and the use case. */
  private record Operation(Object useCase, Method method) {}

  private static List<Operation> operations(UseCases useCases) {
    return Arrays.stream(UseCases.class.getDeclaredMethods())
        .filter(method -> method.getReturnType().isInterface())
        .flatMap(method ->
            Arrays.stream(method.getReturnType().getDeclaredMethods())
                .filter(operation -> !Modifier.isStatic(operation.getModifiers()))
                .filter(operation -> !operation.isSynthetic())
                .filter(operation -> operation.getParameterCount() > 0)
                .map(operation -> new Operation(invoke(useCases, method), operation)))
        .toList();
  }

  private void assertRefusesNull(Operation operation) {
    var parameters = operation.method().getParameters();
    for (int i = 0; i < parameters.length; i++) {
      var arguments =
          Arrays.stream(parameters).map(parameter -> argument(parameter.getType())).toArray();
      arguments[i] = null;
      assertThatNullPointerException()
          .as("%s", operation)
          .isThrownBy(() -> invoke(operation.useCase(), operation.method(), arguments))
          .withMessage(parameters[i].getName());
    }
  }

  private Object argument(Class<?> type) {
    return Stream.of(
            CALLER,
            Precondition.NONE,
            ConnectionFilter.of(existing.iModel()),
            existing.id(),
            existing.iModel(),
            new ConnectionReference(id),
            new SourceFileReference(id, fileId),
            new ConnectionRequest(null, null, null, null),
            new ListAudit.Query(null, null, null, null, Set.of()),
            new ListStorageConnections.Query(null, null, null, null, null, null),
            new UpdateStorageConnection.Change(id, "new", null),
            new AddSourceFiles.Addition(id, List.of()),
            new ListSourceFiles.Query(id, null, null),
            new UpdateSourceFile.Change(id, fileId, null, null),
            new MoveSourceFile.Move(id, fileId, null),
            new GetAuthorizationInformation.Query(null))
        .filter(type::isInstance)
        .findFirst()
        .orElseThrow();
  }

  private static Object invoke(Object target, Method method, @Nullable Object... arguments) {
    try {
      method.setAccessible(true);
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw (RuntimeException) e.getCause();
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void creation_and_addition_enforce_the_limits_and_report_the_usage() {
    var useCases =
        UseCases.on(TestDependencies.on(store, new InMemoryIModelDirectory(), new Limits(2, 4)));
    assertThat(assertSuccess(create(useCases, "c.dgn")).usage()).isEqualTo(new Usage(2, 3));
    assertThat(create(useCases, "d.dgn"))
        .isEqualTo(failed(new LimitReached(new Excess(Limits.Subject.CONNECTIONS, 2, 2, 1))));
    assertThat(add(useCases, "d.dgn", "e.dgn"))
        .isEqualTo(failed(new LimitReached(new Excess(Limits.Subject.SOURCE_FILES, 4, 3, 2))));
    assertThat(assertSuccess(add(useCases, "d.dgn")).usage()).isEqualTo(new Usage(2, 4));
  }

  private Outcome<Created, OfCreation> create(UseCases useCases, String... names) {
    return useCases
        .createStorageConnection()
        .create(
            CALLER,
            new ConnectionRequest(null, existing.iModel().toString(), null, requests(names)));
  }

  private Outcome<AddSourceFiles.Added, OfFileAddition> add(UseCases useCases, String... names) {
    return useCases.addSourceFiles().add(CALLER, new AddSourceFiles.Addition(id, requests(names)));
  }

  private static List<SourceFileRequest> requests(String... names) {
    return Arrays.stream(names)
        .map(name -> new SourceFileRequest(file(name).toString(), "MSTN"))
        .toList();
  }
}
