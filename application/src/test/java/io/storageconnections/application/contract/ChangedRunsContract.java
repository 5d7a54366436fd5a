package io.storageconnections.application.contract;

import static io.storageconnections.application.contract.OutcomeAssertions.assertSuccess;
import static io.storageconnections.application.contract.RunsUnderTest.newRun;
import static io.storageconnections.application.outcome.Outcome.failed;
import static io.storageconnections.application.outcome.Outcome.success;
import static io.storageconnections.domain.audit.AuditFixtures.CAUSE;
import static io.storageconnections.domain.connection.ConnectionFixtures.connection;
import static io.storageconnections.domain.connection.ConnectionFixtures.file;
import static io.storageconnections.domain.connection.ConnectionFixtures.iModel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.storageconnections.application.outcome.Failure.RunNotFound;
import io.storageconnections.application.outcome.Failure.TaskNotFound;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.FileName;
import io.storageconnections.domain.connection.RunId;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.SourceFileChange;
import io.storageconnections.domain.run.AttemptOutcome;
import io.storageconnections.domain.run.ErrorKey;
import io.storageconnections.domain.run.Run;
import io.storageconnections.domain.run.RunKey;
import io.storageconnections.domain.run.RunResult;
import io.storageconnections.domain.run.RunState;
import io.storageconnections.domain.run.SynchronizationReport;
import io.storageconnections.domain.run.TaskError;
import io.storageconnections.domain.run.TaskId;
import io.storageconnections.domain.run.Transition;
import io.storageconnections.domain.run.Transition.Applied;
import io.storageconnections.domain.run.Transition.Reason;
import io.storageconnections.domain.run.Transition.Refused;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The part of the contract about the events of runs, and what their connectors report. */
interface ChangedRunsContract extends RunsUnderTest {

  @Test
  default void every_event_is_stored_with_all_values() {
    var connection = added(iModel(), "a.dgn", "b.dgn", "c.dgn");
    var run = started(connection.id()).key();
    assertStored(pickedUp(run, 7));
    assertStored(begun(run, 7));
    var report = new SynchronizationReport("Warning", "2 elements", 1, 2, 3);
    assertStored(ended(run, 7, AttemptOutcome.succeeded().withReport(report)));
    begun(run, 7);
    assertStored(ended(run, 7, AttemptOutcome.failed(ErrorKey.LOCK_ERROR, "held by x")));
    begun(run, 7);
    var error =
        TaskError.of(ErrorKey.BRIDGING_FAILED, "text: \ud83d\ude00").withBridgeExitCode(-7002);
    assertStored(ended(run, 7, AttemptOutcome.failed(error, false)));
    assertThat(assertSuccess(runs().find(run)).state()).isEqualTo(RunState.WAITING_TO_RETRY);
    var later = NOW.plusSeconds(60);
    assertStored(changed(run, current -> current.pickUp(8, "other node", RETRIES, later)));
    assertStored(
        changed(run, current -> current.fail(8, ErrorKey.RUN_ORCHESTRATION_ERROR, "x", later)));
    assertThat(assertSuccess(runs().find(run)).result()).isEqualTo(RunResult.PARTIAL_SUCCESS);
  }

  private void assertStored(Run run) {
    assertThat(runs().find(run.key())).isEqualTo(success(run));
    assertThat(assertSuccess(runs().list(run.connection(), new PageRequest(0, 1))).items())
        .isEqualTo(List.of(run));
  }

  @Test
  default void a_refused_event_changes_nothing() {
    var run = started(added().id());
    pickedUp(run.key(), 2);
    var before = assertSuccess(runs().find(run.key()));
    var transition =
        assertSuccess(runs().change(run.key(), current -> current.pickUp(2, "node", RETRIES, NOW)));
    assertThat(transition).isEqualTo(new Refused(before, Reason.FENCED));
    assertThat(runs().find(run.key())).isEqualTo(success(before));
  }

  @Test
  default void an_event_of_a_run_that_does_not_exist_is_not_applied() {
    var connection = added();
    var missing = new RunId(UUID.randomUUID());
    assertThat(
            runs()
                .change(
                    new RunKey(connection.id(), missing), current -> current.requestCancel(NOW)))
        .isEqualTo(failed(new RunNotFound(missing)));
  }

  @Test
  default void of_simultaneous_pick_ups_each_is_applied_or_fenced() throws InterruptedException {
    var run = started(added().id()).key();
    var pickUps =
        LongStream.rangeClosed(1, 16)
            .<Callable<Transition>>mapToObj(fence ->
                () ->
                    assertSuccess(
                        runs().change(run, current -> current.pickUp(fence, "node", RETRIES, NOW))))
            .toList();
    var transitions = Race.among(pickUps);
    var applied = transitions.stream().filter(Applied.class::isInstance).count();
    var found = assertSuccess(runs().find(run));
    assertThat(found.fence()).isEqualTo(16);
    assertThat(found.revision()).isEqualTo(1 + applied);
  }

  @Test
  default void a_run_that_no_worker_has_is_cancelled_at_once() {
    var connection = added();
    var run = started(connection.id());
    var cancelled = changed(run.key(), current -> current.requestCancel(NOW));
    assertThat(cancelled.result()).isEqualTo(RunResult.CANCELLED);
    assertStored(cancelled);
    assertThat(started(connection.id()).id()).isNotEqualTo(run.id());
  }

  @Test
  default void a_worker_continues_until_the_run_is_cancelled_fenced_or_completed() {
    var connection = added();
    var run = started(connection.id()).key();
    assertThat(runs().mayContinue(run, 1)).isFalse();
    pickedUp(run, 1);
    begun(run, 1);
    assertThat(runs().mayContinue(run, 1)).isTrue();
    pickedUp(run, 2);
    assertThat(runs().mayContinue(run, 1)).isFalse();
    begun(run, 2);
    assertThat(runs().mayContinue(run, 2)).isTrue();
    changed(run, current -> current.requestCancel(NOW));
    assertThat(runs().mayContinue(run, 2)).isFalse();
    changed(run, current -> current.release(2, NOW));
    assertThat(runs().mayContinue(run, 2)).isFalse();
    var next = started(connection.id()).key();
    pickedUp(next, 1);
    begun(next, 1);
    ended(next, 1, AttemptOutcome.succeeded());
    assertThat(runs().mayContinue(next, 1)).isFalse();
    assertThat(runs().mayContinue(new RunKey(next.connection(), new RunId(UUID.randomUUID())), 1))
        .isFalse();
  }

  @Test
  default void the_output_of_a_task_is_replaced_by_its_worker_only() {
    var run = started(added().id());
    var task = run.tasks().getFirst().id();
    pickedUp(run.key(), 3);
    assertThat(runs().output(run.key(), task)).isEqualTo(success(""));
    runs().saveOutput(run.key(), task, 3, "line 1");
    runs().saveOutput(run.key(), task, 3, "line 1\nline 2 \u00e4\ud83d\ude00");
    runs().saveOutput(run.key(), task, 2, "late");
    assertThat(runs().output(run.key(), task))
        .isEqualTo(success("line 1\nline 2 \u00e4\ud83d\ude00"));
    var missing = new TaskId(UUID.randomUUID());
    runs().saveOutput(run.key(), missing, 3, "lost");
    assertThat(runs().output(run.key(), missing)).isEqualTo(failed(new TaskNotFound(missing)));
    var missingRun = new RunKey(run.connection(), new RunId(UUID.randomUUID()));
    assertThat(runs().output(missingRun, task))
        .isEqualTo(failed(new RunNotFound(missingRun.run())));
  }

  @Test
  default void an_output_of_64_kib_is_kept() {
    var run = started(added().id());
    var task = run.tasks().getFirst().id();
    pickedUp(run.key(), 1);
    var output = "x".repeat(64 * 1024);
    runs().saveOutput(run.key(), task, 1, output);
    assertThat(runs().output(run.key(), task)).isEqualTo(success(output));
  }

  @Test
  default void the_name_that_a_run_finds_changes_no_revision() {
    var connection = added(iModel(), "old.dgn");
    var file = connection.sourceFiles().getFirst();
    var name = new FileName("new.dgn");
    runs().saveFileName(connection.id(), file.id(), file.storageFileId(), name);
    runs().saveFileName(connection.id(), file.id(), file.storageFileId(), name);
    assertThat(connections().findFile(connection.id(), file.id()))
        .isEqualTo(success(file.foundAs(name)));
    assertThat(file.foundAs(name).nameRevision()).isEqualTo(1);
  }

  @Test
  default void the_name_of_a_file_that_is_not_mapped_any_more_is_not_kept() {
    var connection = added(iModel(), "old.dgn");
    var file = connection.sourceFiles().getFirst();
    var changed =
        assertSuccess(
            connections()
                .updateFile(
                    CAUSE,
                    connection.id(),
                    file.id(),
                    new SourceFileChange(file("other.dgn"), ConnectorType.MSTN, null),
                    Precondition.NONE));
    runs().saveFileName(connection.id(), file.id(), file.storageFileId(), new FileName("late.dgn"));
    assertThat(connections().findFile(connection.id(), file.id())).isEqualTo(success(changed));
  }

  @Test
  default void a_store_of_runs_that_cannot_be_reached_says_so() {
    var unavailable = unavailableRuns();
    assumeTrue(unavailable.isPresent());
    var runs = unavailable.orElseThrow();
    var connection = connection().build();
    SourceFile file = connection.sourceFiles().getFirst();
    var key = new RunKey(connection.id(), new RunId(UUID.randomUUID()));
    var task = new TaskId(UUID.randomUUID());
    List<ThrowingCallable> calls =
        List.of(
            () -> runs.start(connection.id(), newRun(NOW), PER_IMODEL),
            () -> runs.retry(key, newRun(NOW), PER_IMODEL),
            () -> runs.find(key),
            () -> runs.list(connection.id(), new PageRequest(0, 1)),
            () -> runs.change(key, run -> run.requestCancel(NOW)),
            () -> runs.mayContinue(key, 1),
            () -> runs.saveOutput(key, task, 1, "x"),
            () -> runs.output(key, task),
            () ->
                runs.saveFileName(
                    connection.id(), file.id(), file.storageFileId(), new FileName("a.dgn")));
    for (var call : calls) {
      assertThatThrownBy(call).isInstanceOf(StoreException.class);
    }
  }
}
