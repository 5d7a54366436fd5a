package io.storageconnections.application.run;

import static io.storageconnections.application.TestDependencies.CALLER;
import static io.storageconnections.application.contract.OutcomeAssertions.assertSuccess;
import static io.storageconnections.application.outcome.Outcome.failed;
import static io.storageconnections.application.outcome.Outcome.success;
import static io.storageconnections.domain.audit.AuditFixtures.CAUSE;
import static io.storageconnections.domain.connection.ConnectionFixtures.connection;
import static io.storageconnections.domain.connection.ConnectionFixtures.iModel;
import static io.storageconnections.domain.connection.ConnectorType.MSTN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.storageconnections.application.TestDependencies;
import io.storageconnections.application.UseCases;
import io.storageconnections.application.connection.ConnectionReference;
import io.storageconnections.application.contract.InMemoryIModelDirectory;
import io.storageconnections.application.contract.InMemoryRunStore;
import io.storageconnections.application.contract.InMemoryStorageConnectionStore;
import io.storageconnections.application.contract.OutcomeAssertions;
import io.storageconnections.application.outcome.Failure.ConnectionInUse;
import io.storageconnections.application.outcome.Failure.ConnectionNotFound;
import io.storageconnections.application.outcome.Failure.InsufficientPermissions;
import io.storageconnections.application.outcome.Failure.Invalid;
import io.storageconnections.application.outcome.Failure.NoSourceFiles;
import io.storageconnections.application.outcome.Failure.NothingToRetry;
import io.storageconnections.application.outcome.Failure.OfRunStart;
import io.storageconnections.application.outcome.Failure.RunInProgress;
import io.storageconnections.application.outcome.Failure.RunNotCompleted;
import io.storageconnections.application.outcome.Failure.RunNotFound;
import io.storageconnections.application.outcome.Failure.TaskNotFound;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.outcome.Violation;
import io.storageconnections.application.outcome.Violation.Kind;
import io.storageconnections.application.port.Access;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Connector;
import io.storageconnections.application.port.Connectors;
import io.storageconnections.application.port.IModelDirectory;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.application.port.RunDependencies;
import io.storageconnections.application.port.RunQueue;
import io.storageconnections.application.port.RunRules;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.run.CancelRun.Cancellation;
import io.storageconnections.application.run.ListRuns.Listed;
import io.storageconnections.application.run.RunDetails.ForConnector;
import io.storageconnections.application.run.RunDetails.ForMissingConnector;
import io.storageconnections.application.run.RunDetails.ForRetry;
import io.storageconnections.application.run.RunDetails.ForStop;
import io.storageconnections.application.run.RunDetails.ForWorker;
import io.storageconnections.application.run.RunDetails.Wait;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.NewConnection;
import io.storageconnections.domain.connection.Origin;
import io.storageconnections.domain.connection.RunId;
import io.storageconnections.domain.run.AttemptOutcome;
import io.storageconnections.domain.run.ErrorKey;
import io.storageconnections.domain.run.RetryPolicy;
import io.storageconnections.domain.run.Run;
import io.storageconnections.domain.run.RunExclusivity;
import io.storageconnections.domain.run.RunKey;
import io.storageconnections.domain.run.RunResult;
import io.storageconnections.domain.run.RunState;
import io.storageconnections.domain.run.Task;
import io.storageconnections.domain.run.TaskId;
import io.storageconnections.domain.run.Transition;
import io.storageconnections.domain.run.Transition.Applied;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests of starting, listing, reading, cancelling and retrying runs. */
final class RunUseCasesTest {

  private final Instant now = TestDependencies.CLOCK.instant();
  private static final RetryPolicy RETRIES = new RetryPolicy(3, Duration.ofSeconds(30));
  private static final Connector CONNECTOR =
      (attempt, control) -> Optional.of(AttemptOutcome.succeeded());
  private static final Connectors EVERY_CONNECTOR = type -> Optional.of(CONNECTOR);
  private static final String CORRELATION = "correlation";
  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private final InMemoryStorageConnectionStore connections = new InMemoryStorageConnectionStore();
  private final InMemoryRunStore runs = new InMemoryRunStore(connections);
  private final InMemoryIModelDirectory directory = new InMemoryIModelDirectory();
  private final NewConnection existing = added(iModel(), "a.dgn", "b.dgn");
  private final String id = existing.id().toString();
  private int wakeUps;
  private final RunUseCases useCases = useCases(directory, EVERY_CONNECTOR, RunRules.DEFAULT);

  private NewConnection added(IModelId iModel, String... files) {
    var connection = connection().of(iModel).mapping(files).build();
    assertSuccess(connections.add(CAUSE, connection, Limits.NONE));
    return connection;
  }

  private RunUseCases useCases(IModelDirectory iModels, Connectors connectors, RunRules rules) {
    return RunUseCases.on(
        TestDependencies.on(connections, iModels, Limits.NONE),
        new RunDependencies(runs, () -> wakeUps++, connectors, rules));
  }

  // ---- access -----------------------------------------------------------------------------------

  @Test
  void an_imodel_that_the_caller_cannot_see_does_not_exist_for_any_operation() {
    var run = completedWithErrors();
    directory.hide(existing.iModel());

    assertThat(Stream.concat(readings(run), changes(run)))
        .hasSize(6)
        .allSatisfy(outcome ->
            assertThat(outcome).isEqualTo(failed(new ConnectionNotFound(existing.id()))));

    assertNothingChanged(run);
  }

  @Test
  void a_caller_who_may_only_read_an_imodel_can_read_runs_and_not_start_cancel_or_retry_them() {
    var run = completedWithErrors();
    directory.grant(existing.iModel(), Access.READ);

    assertThat(readings(run)).hasSize(3).allSatisfy(OutcomeAssertions::assertSuccess);
    assertThat(changes(run))
        .hasSize(3)
        .allSatisfy(outcome ->
            assertThat(outcome).isEqualTo(failed(new InsufficientPermissions(existing.iModel()))));

    assertNothingChanged(run);
  }

  @Test
  void a_caller_who_is_denied_an_imodel_can_neither_read_nor_change_runs() {
    var run = completedWithErrors();
    directory.grant(existing.iModel(), Access.DENIED);

    assertThat(Stream.concat(readings(run), changes(run)))
        .hasSize(6)
        .allSatisfy(outcome ->
            assertThat(outcome).isEqualTo(failed(new InsufficientPermissions(existing.iModel()))));

    assertNothingChanged(run);
  }

  private Stream<Outcome<?, ?>> readings(Run run) {
    return Stream.of(
        list(new PageRequest(0, 10)),
        useCases.getRun().get(CALLER, RunReference.of(run.key())),
        useCases
            .getTaskOutput()
            .get(CALLER, TaskReference.of(run.key(), run.tasks().getFirst().id())));
  }

  private Stream<Outcome<?, ?>> changes(Run run) {
    return Stream.of(start(), cancel(run), retry(run));
  }

  private void assertNothingChanged(Run run) {
    assertThat(runs.list(existing.id(), new PageRequest(0, 10)))
        .isEqualTo(success(new Page<>(List.of(run), 0, false)));
    assertThat(wakeUps).isZero();
  }

  /** A new use case must be added to the tests of this class. */
  @Test
  void every_use_case_of_runs_is_tested_with_an_invisible_imodel() {
    assertThat(RunUseCases.class.getDeclaredMethods())
        .filteredOn(method ->
            Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers()))
        .extracting(Method::getName)
        .containsExactlyInAnyOrder(
            "startRun", "listRuns", "getRun", "cancelRun", "retryRun", "getTaskOutput");
  }

  @Test
  void a_service_without_a_store_of_runs_has_no_use_cases_of_runs() {
    var dependencies = TestDependencies.on(connections);
    var ofRuns =
        new RunDependencies(runs, RunQueue.WITHOUT_WORKERS, EVERY_CONNECTOR, RunRules.DEFAULT);

    assertThat(UseCases.on(dependencies).runs()).isEmpty();
    assertThat(UseCases.on(dependencies, ofRuns).runs()).isPresent();
  }

  // ---- validation -------------------------------------------------------------------------------

  @Test
  void every_malformed_id_is_reported_by_its_name() {
    var connectionId = new Violation(Kind.INVALID, "connectionId");
    var runId = new Violation(Kind.INVALID, "runId");
    var reference = new RunReference("x", "y");

    assertInvalid(useCases.startRun().start(CALLER, new ConnectionReference("x")), connectionId);
    assertInvalid(useCases.getRun().get(CALLER, reference), connectionId, runId);
    assertInvalid(useCases.getRun().get(CALLER, new RunReference(id, "y")), runId);
    assertInvalid(useCases.cancelRun().cancel(CALLER, reference), connectionId, runId);
    assertInvalid(useCases.retryRun().retry(CALLER, reference), connectionId, runId);
    assertInvalid(
        useCases.getTaskOutput().get(CALLER, new TaskReference("x", "y", "z")),
        connectionId,
        runId,
        new Violation(Kind.INVALID, "taskId"));
    assertInvalid(
        useCases.listRuns().list(CALLER, new ListRuns.Query("x", -1L, 0L, Set.of())),
        connectionId,
        new Violation(Kind.INVALID, "skip"),
        new Violation(Kind.INVALID, "top"));
    assertThat(wakeUps).isZero();
  }

  @Test
  void every_missing_id_is_reported_by_its_name() {
    var connectionId = new Violation(Kind.MISSING, "connectionId");
    var runId = new Violation(Kind.MISSING, "runId");
    var reference = new RunReference(null, null);

    assertInvalid(useCases.startRun().start(CALLER, new ConnectionReference(null)), connectionId);
    assertInvalid(useCases.getRun().get(CALLER, reference), connectionId, runId);
    assertInvalid(useCases.cancelRun().cancel(CALLER, reference), connectionId, runId);
    assertInvalid(useCases.retryRun().retry(CALLER, reference), connectionId, runId);
    assertInvalid(
        useCases.getTaskOutput().get(CALLER, new TaskReference(null, null, null)),
        connectionId,
        runId,
        new Violation(Kind.MISSING, "taskId"));
    assertInvalid(
        useCases.listRuns().list(CALLER, new ListRuns.Query(null, null, null, Set.of())),
        connectionId);
  }

  private static void assertInvalid(Outcome<?, ?> outcome, Violation... violations) {
    assertThat(outcome).isEqualTo(failed(new Invalid(List.of(violations))));
  }

  // ---- start ------------------------------------------------------------------------------------

  @Test
  void a_started_run_is_queued_with_its_origin_and_the_time_of_the_request() {
    var caller =
        Caller.ofUser("client", "user").withCorrelationId(CORRELATION).withTraceParent(TRACE);

    var run =
        assertSuccess(useCases.startRun().start(caller, ConnectionReference.of(existing.id())));

    assertThat(run.state()).isEqualTo(RunState.QUEUED);
    assertThat(run.origin()).isEqualTo(new Origin("client", "user", CORRELATION, TRACE));
    assertThat(run.started()).isEqualTo(now);
    assertThat(run.tasks()).hasSize(2);
    assertThat(runs.find(run.key())).isEqualTo(success(run));
  }

  @Test
  void a_run_may_have_no_correlation_id() {
    var run =
        assertSuccess(useCases.startRun().start(CALLER, ConnectionReference.of(existing.id())));

    assertThat(run.origin().correlationId()).isNull();
  }

  @Test
  void the_workers_are_woken_after_a_run_was_stored() {
    var found = new int[1];
    var dependencies =
        new RunDependencies(
            runs,
            () ->
                found[0] +=
                    assertSuccess(runs.list(existing.id(), new PageRequest(0, 10))).items().size(),
            EVERY_CONNECTOR,
            RunRules.DEFAULT);

    assertSuccess(
        RunUseCases.on(TestDependencies.on(connections), dependencies)
            .startRun()
            .start(CALLER, ConnectionReference.of(existing.id())));

    assertThat(found[0]).isEqualTo(1);
  }

  @Test
  void the_workers_are_woken_only_by_a_start_that_succeeds() {
    var run = assertSuccess(start());
    assertThat(wakeUps).isEqualTo(1);

    assertThat(start()).isEqualTo(failed(new RunInProgress(run.key())));
    assertThat(wakeUps).isEqualTo(1);
  }

  @Test
  void a_connection_that_does_not_exist_or_has_no_files_does_not_run() {
    var missing = connection().of(existing.iModel()).build().id();
    assertThat(useCases.startRun().start(CALLER, ConnectionReference.of(missing)))
        .isEqualTo(failed(new ConnectionNotFound(missing)));
    for (var file : existing.sourceFiles()) {
      assertSuccess(connections.removeFile(CAUSE, existing.id(), file.id(), Precondition.NONE));
    }

    assertThat(start()).isEqualTo(failed(new NoSourceFiles(existing.id())));

    assertThat(wakeUps).isZero();
  }

  @Test
  void a_start_obeys_the_rules_of_the_service() {
    var other = added(existing.iModel(), "c.dgn");
    var perConnection =
        useCases(directory, EVERY_CONNECTOR, new RunRules(RunExclusivity.PER_CONNECTION, 10));
    var reference = ConnectionReference.of(other.id());
    assertSuccess(perConnection.startRun().start(CALLER, ConnectionReference.of(existing.id())));

    assertSuccess(perConnection.startRun().start(CALLER, reference));
  }

  // ---- list, get, output ------------------------------------------------------------------------

  @Test
  void the_runs_of_a_connection_are_listed_with_the_page() {
    var first = completedWithErrors();
    var second = assertSuccess(start());
    var details = new RunDetails(second, Optional.of(new ForWorker()));

    assertThat(list(new PageRequest(0, 1)))
        .isEqualTo(
            success(
                new Listed(
                    existing.id(), new PageRequest(0, 1), new Page<>(List.of(details), 0, true))));
    assertThat(useCases.listRuns().list(CALLER, new ListRuns.Query(id, 1L, null, Set.of())))
        .isEqualTo(
            success(
                new Listed(
                    existing.id(),
                    new PageRequest(1, PageRequest.TOP_DEFAULT),
                    new Page<>(List.of(new RunDetails(first, Optional.empty())), 1, false))));
  }

  @Test
  void a_connection_without_runs_has_an_empty_list() {
    assertThat(assertSuccess(list(new PageRequest(0, 10))).page().items()).isEmpty();
  }

  @Test
  void a_run_that_does_not_exist_is_not_found_by_any_operation() {
    var missing = new RunKey(existing.id(), new RunId(UUID.randomUUID()));
    var reference = RunReference.of(missing);
    var notFound = failed(new RunNotFound(missing.run()));

    assertThat(useCases.getRun().get(CALLER, reference)).isEqualTo(notFound);
    assertThat(useCases.cancelRun().cancel(CALLER, reference)).isEqualTo(notFound);
    assertThat(useCases.retryRun().retry(CALLER, reference)).isEqualTo(notFound);
    assertThat(
            useCases
                .getTaskOutput()
                .get(CALLER, TaskReference.of(missing, new TaskId(UUID.randomUUID()))))
        .isEqualTo(notFound);
    assertThat(wakeUps).isZero();
  }

  @Test
  void the_output_of_a_task_is_found_by_its_ids() {
    var run = assertSuccess(start());
    pickUp(run);
    var task = run.tasks().getFirst().id();
    assertThat(useCases.getTaskOutput().get(CALLER, TaskReference.of(run.key(), task)))
        .isEqualTo(success(""));
    runs.saveOutput(run.key(), task, 1, "line 1\n");

    assertThat(useCases.getTaskOutput().get(CALLER, TaskReference.of(run.key(), task)))
        .isEqualTo(success("line 1\n"));
    var missing = new TaskId(UUID.randomUUID());
    assertThat(useCases.getTaskOutput().get(CALLER, TaskReference.of(run.key(), missing)))
        .isEqualTo(failed(new TaskNotFound(missing)));
  }

  // ---- what a run waits for ---------------------------------------------------------------------

  @Test
  void a_queued_run_waits_for_a_worker() {
    var run = assertSuccess(start());

    assertThat(waitsFor(run)).contains(new ForWorker());
    assertThat(waitsFor(pickUp(run))).contains(new ForWorker());
  }

  @Test
  void a_queued_run_whose_next_task_has_no_connector_on_this_node_says_so() {
    var run = assertSuccess(start());
    var onThisNode = useCases(directory, Connectors.NONE, RunRules.DEFAULT);

    var details = assertSuccess(onThisNode.getRun().get(CALLER, RunReference.of(run.key())));

    assertThat(details.waitsFor()).contains(new ForMissingConnector(MSTN));
  }

  @Test
  void a_run_during_an_attempt_waits_for_the_connector_or_for_its_stop() {
    var run = begin(pickUp(assertSuccess(start())));
    var task = run.tasks().getFirst();
    assertThat(waitsFor(run)).contains(new ForConnector(task));

    assertThat(assertSuccess(cancel(run)).details().waitsFor()).contains(new ForStop(task));
    assertThat(waitsFor(run)).contains(new ForStop(task));
  }

  @Test
  void a_run_that_waits_for_a_retry_says_when_it_begins() {
    var run = pickUp(assertSuccess(start()));
    var transientError = AttemptOutcome.failed(ErrorKey.LOCK_ERROR, "");
    run = end(begin(run), transientError);
    run = end(begin(run), transientError);

    assertThat(waitsFor(run)).contains(new ForRetry(now.plus(RETRIES.backoff())));
  }

  @Test
  void a_completed_run_waits_for_nothing() {
    assertThat(waitsFor(completedWithErrors())).isEmpty();
  }

  private Optional<Wait> waitsFor(Run run) {
    return assertSuccess(useCases.getRun().get(CALLER, RunReference.of(run.key()))).waitsFor();
  }

  // ---- cancel -----------------------------------------------------------------------------------

  @Test
  void a_run_that_no_worker_has_is_cancelled_at_once_and_again_without_effect() {
    var run = assertSuccess(start());

    var first = assertSuccess(cancel(run));
    assertThat(first.wasCompleted()).isFalse();
    assertThat(first.details().run().result()).isEqualTo(RunResult.CANCELLED);
    assertThat(first.details().waitsFor()).isEmpty();
    assertThat(runs.find(run.key())).isEqualTo(success(first.details().run()));

    assertThat(cancel(run)).isEqualTo(success(new Cancellation(first.details(), true)));
  }

  @Test
  void a_run_during_an_attempt_is_cancelled_once_and_again_without_effect() {
    var run = begin(pickUp(assertSuccess(start())));

    var first = assertSuccess(cancel(run));
    assertThat(first.wasCompleted()).isFalse();
    assertThat(first.details().run().cancelRequested()).isTrue();
    assertThat(first.details().run().isCompleted()).isFalse();

    assertThat(cancel(run)).isEqualTo(success(first));
  }

  @Test
  void a_completed_run_is_not_cancelled() {
    var run = completedWithErrors();

    assertThat(cancel(run))
        .isEqualTo(success(new Cancellation(new RunDetails(run, Optional.empty()), true)));

    assertThat(runs.find(run.key())).isEqualTo(success(run));
  }

  // ---- retry ------------------------------------------------------------------------------------

  @Test
  void a_retry_starts_a_run_of_the_tasks_that_failed_and_wakes_the_workers() {
    var run = completedWithErrors();
    var caller = Caller.ofUser("other client", "other user").withCorrelationId("other");

    var retried = assertSuccess(useCases.retryRun().retry(caller, RunReference.of(run.key())));

    assertThat(retried.id()).isNotEqualTo(run.id());
    assertThat(retried.origin()).isEqualTo(new Origin("other client", "other user", "other"));
    assertThat(retried.state()).isEqualTo(RunState.QUEUED);
    assertThat(retried.tasks())
        .extracting(Task::storageFileId)
        .containsExactly(run.tasks().get(1).storageFileId());
    assertThat(wakeUps).isEqualTo(1);

    assertThat(retry(run)).isEqualTo(failed(new RunInProgress(retried.key())));
    assertThat(retry(retried)).isEqualTo(failed(new RunNotCompleted(retried.key())));
    assertThat(wakeUps).isEqualTo(1);
  }

  @Test
  void a_successful_run_is_not_retried_and_wakes_no_worker() {
    var run = completed(AttemptOutcome.succeeded(), AttemptOutcome.succeeded());

    assertThat(retry(run)).isEqualTo(failed(new NothingToRetry(run.key())));

    assertThat(wakeUps).isZero();
  }

  // ---- connections with runs --------------------------------------------------------------------

  @Test
  void a_connection_is_deleted_only_without_a_live_run() {
    var run = assertSuccess(start());
    var delete =
        UseCases.on(TestDependencies.on(connections, directory, Limits.NONE))
            .deleteStorageConnection();
    var reference = ConnectionReference.of(existing.id());

    assertThat(delete.delete(CALLER, reference, Precondition.NONE))
        .isEqualTo(failed(new ConnectionInUse(run.key())));
    cancel(run);

    assertSuccess(delete.delete(CALLER, reference, Precondition.NONE));
  }

  @Test
  void the_deletion_of_an_imodel_takes_its_live_runs_with_it() {
    var run = assertSuccess(start());

    UseCases.on(TestDependencies.on(connections, directory, Limits.NONE))
        .deleteConnectionsOfIModel()
        .delete(CALLER, existing.iModel());

    assertThat(runs.find(run.key())).isEqualTo(failed(new ConnectionNotFound(existing.id())));
  }

  // ---- failures of the store, null --------------------------------------------------------------

  @Test
  void a_store_that_cannot_be_reached_is_not_hidden_and_wakes_no_worker() {
    var run = completedWithErrors();
    runs.makeUnavailable();

    for (var call :
        List.<Runnable>of(
            this::start,
            () -> list(new PageRequest(0, 10)),
            () -> useCases.getRun().get(CALLER, RunReference.of(run.key())),
            () -> cancel(run),
            () -> retry(run))) {
      assertThatExceptionOfType(StoreException.class).isThrownBy(call::run);
    }

    assertThat(wakeUps).isZero();
  }

  @Test
  void a_null_argument_is_refused_at_once_by_its_name() {
    var operations =
        Arrays.stream(RunUseCases.class.getDeclaredMethods())
            .filter(method -> !Modifier.isStatic(method.getModifiers()))
            .flatMap(method ->
                Arrays.stream(method.getReturnType().getDeclaredMethods())
                    .map(operation -> new Operation(invoke(useCases, method), operation)))
            .filter(operation -> !operation.method().isSynthetic())
            .toList();

    assertThat(operations).hasSize(6).allSatisfy(this::assertRefusesNull);
    assertThat(wakeUps).isZero();
  }

  /** An operation of a use case, and the use case. */
  private record Operation(Object useCase, Method method) {}

  private void assertRefusesNull(Operation operation) {
    var parameters = operation.method().getParameters();
    for (int i = 0; i < parameters.length; i++) {
      if (parameters[i].getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        continue;
      }
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
    var run = new RunKey(existing.id(), new RunId(UUID.randomUUID()));
    return Stream.of(
            CALLER,
            CORRELATION,
            ConnectionReference.of(existing.id()),
            RunReference.of(run),
            TaskReference.of(run, new TaskId(UUID.randomUUID())),
            ListRuns.Query.of(existing.id(), new PageRequest(0, 10)))
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

  // ---- operations and events --------------------------------------------------------------------

  private Outcome<Run, OfRunStart> start() {
    return useCases.startRun().start(CALLER, ConnectionReference.of(existing.id()));
  }

  private Outcome<Listed, ?> list(PageRequest page) {
    return useCases.listRuns().list(CALLER, ListRuns.Query.of(existing.id(), page));
  }

  private Outcome<Cancellation, ?> cancel(Run run) {
    return useCases.cancelRun().cancel(CALLER, RunReference.of(run.key()));
  }

  private Outcome<Run, ?> retry(Run run) {
    return useCases.retryRun().retry(CALLER, RunReference.of(run.key()));
  }

  /** Executes a run whose first task succeeds and whose second one fails. */
  private Run completedWithErrors() {
    return completed(
        AttemptOutcome.succeeded(), AttemptOutcome.failed(ErrorKey.UNSUPPORTED_FILE, ""));
  }

  private Run completed(AttemptOutcome... outcomes) {
    var run = pickUp(assertSuccess(start()));
    for (var outcome : outcomes) {
      run = end(begin(run), outcome);
    }
    assertThat(run.isCompleted()).isTrue();
    wakeUps = 0;
    return run;
  }

  private Run pickUp(Run run) {
    return changed(run, current -> current.pickUp(1, "node", RETRIES, now));
  }

  private Run begin(Run run) {
    return changed(
        run, current -> current.beginAttempt(1, current.nextTask(now).orElseThrow().id(), now));
  }

  private Run end(Run run, AttemptOutcome outcome) {
    var task =
        run.tasks().stream()
            .filter(each -> each.state() == RunState.EXECUTING)
            .findFirst()
            .orElseThrow();
    return changed(run, current -> current.endAttempt(1, task.id(), outcome, RETRIES, now));
  }

  private Run changed(Run run, Function<Run, Transition> event) {
    var transition = assertSuccess(runs.change(run.key(), event));
    assertThat(transition).isInstanceOf(Applied.class);
    return transition.run();
  }
}
