package io.storageconnections.application.contract;

import static io.storageconnections.application.contract.OutcomeAssertions.assertFailure;
import static io.storageconnections.application.contract.OutcomeAssertions.assertSuccess;
import static io.storageconnections.application.contract.RunsUnderTest.newRun;
import static io.storageconnections.application.outcome.Outcome.failed;
import static io.storageconnections.application.outcome.Outcome.success;
import static io.storageconnections.domain.audit.AuditFixtures.CAUSE;
import static io.storageconnections.domain.connection.ConnectionFixtures.connection;
import static io.storageconnections.domain.connection.ConnectionFixtures.file;
import static io.storageconnections.domain.connection.ConnectionFixtures.iModel;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.outcome.Failure.ConnectionInUse;
import io.storageconnections.application.outcome.Failure.ConnectionNotFound;
import io.storageconnections.application.outcome.Failure.NoSourceFiles;
import io.storageconnections.application.outcome.Failure.NothingToRetry;
import io.storageconnections.application.outcome.Failure.OfRunStart;
import io.storageconnections.application.outcome.Failure.RunInProgress;
import io.storageconnections.application.outcome.Failure.RunNotCompleted;
import io.storageconnections.application.outcome.Failure.RunNotFound;
import io.storageconnections.application.outcome.Failure.StartRaceLost;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.outcome.Outcome.Success;
import io.storageconnections.application.outcome.Removed;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.application.port.RunRules;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.RunId;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.SourceFileChange;
import io.storageconnections.domain.connection.SourceFileId;
import io.storageconnections.domain.run.AttemptOutcome;
import io.storageconnections.domain.run.ErrorKey;
import io.storageconnections.domain.run.Run;
import io.storageconnections.domain.run.RunExclusivity;
import io.storageconnections.domain.run.RunKey;
import io.storageconnections.domain.run.RunState;
import io.storageconnections.domain.run.Task;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The part of the contract about runs that are started, listed, retried and removed. */
interface StartedRunsContract extends RunsUnderTest {

  @Test
  default void a_run_copies_the_files_of_its_connection_oldest_first() {
    var connection = added(iModel(), "b.dgn", "a.dgn", "c.dgn");
    var run = started(connection.id());
    assertThat(run.state()).isEqualTo(RunState.QUEUED);
    assertThat(run.tasks().stream().map(Task::storageFileId))
        .containsExactlyElementsOf(
            connection.sourceFiles().stream()
                .sorted(SourceFile.OLDEST_FIRST)
                .map(SourceFile::storageFileId)
                .toList());
    assertThat(runs().find(run.key())).isEqualTo(success(run));
  }

  @Test
  default void a_new_run_is_the_last_run_of_its_connection_whose_revision_stays() {
    var connection = added();
    var run = started(connection.id());
    assertThat(connections().find(connection.id()))
        .contains(connection.connection().withLastRun(run.id()));
  }

  @Test
  default void a_connection_does_not_get_a_second_live_run() {
    var connection = added();
    var run = started(connection.id());
    assertThat(runs().start(connection.id(), newRun(NOW), PER_IMODEL))
        .isEqualTo(failed(new RunInProgress(run.key())));
    assertThat(runs().start(connection.id(), newRun(NOW), PER_IMODEL))
        .isEqualTo(failed(new RunInProgress(run.key())));
  }

  @Test
  default void connections_of_an_imodel_share_one_live_run() {
    var iModel = iModel();
    var first = added(iModel, "a.dgn");
    var second = added(iModel, "b.dgn");
    var run = started(first.id());
    assertThat(runs().start(second.id(), newRun(NOW), PER_IMODEL))
        .isEqualTo(failed(new RunInProgress(run.key())));
    assertThat(connections().find(second.id()).orElseThrow().lastRun()).isNull();
  }

  @Test
  default void connections_of_an_imodel_have_a_live_run_each_if_the_rules_say_so() {
    var iModel = iModel();
    var first = added(iModel, "a.dgn");
    var second = added(iModel, "b.dgn");
    var run = assertSuccess(runs().start(first.id(), newRun(NOW), PER_CONNECTION));
    assertSuccess(runs().start(second.id(), newRun(NOW), PER_CONNECTION));
    assertThat(runs().start(first.id(), newRun(NOW), PER_CONNECTION))
        .isEqualTo(failed(new RunInProgress(run.key())));
  }

  @Test
  default void a_live_run_counts_also_if_it_was_started_under_another_rule() {
    var iModel = iModel();
    var first = added(iModel, "a.dgn");
    var second = added(iModel, "b.dgn");
    var run = assertSuccess(runs().start(first.id(), newRun(NOW), PER_CONNECTION));
    assertThat(runs().start(second.id(), newRun(NOW), PER_IMODEL))
        .isEqualTo(failed(new RunInProgress(run.key())));
    assertThat(runs().start(first.id(), newRun(NOW), PER_IMODEL))
        .isEqualTo(failed(new RunInProgress(run.key())));
  }

  @Test
  default void a_run_does_not_hold_back_another_imodel() {
    var connection = added();
    started(connection.id());
    var other = added();
    assertThat(started(other.id()).connection()).isEqualTo(other.id());
  }

  @Test
  default void a_completed_run_makes_place_for_the_next() {
    var connection = added();
    var first = started(connection.id());
    completed(first.key(), AttemptOutcome.succeeded());
    var second = started(connection.id());
    assertThat(connections().find(connection.id()).orElseThrow().lastRun()).isEqualTo(second.id());
  }

  @Test
  default void of_simultaneous_starts_one_succeeds() throws InterruptedException {
    for (int round = 0; round < 5; round++) {
      var iModel = iModel();
      var connections = List.of(added(iModel, "a.dgn"), added(iModel, "b.dgn"));
      var starts =
          IntStream.range(0, 32)
              .<Callable<Outcome<Run, OfRunStart>>>mapToObj(index ->
                  () -> runs().start(connections.get(index % 2).id(), newRun(NOW), PER_IMODEL))
              .toList();
      var outcomes = Race.among(starts);
      var started =
          outcomes.stream()
              .filter(Success.class::isInstance)
              .map(OutcomeAssertions::assertSuccess)
              .toList();
      assertThat(started).hasSize(1);
      var winner = started.getFirst().key();
      assertThat(outcomes.stream().filter(outcome -> !(outcome instanceof Success)))
          .allMatch(outcome ->
              outcome.equals(failed(new RunInProgress(winner)))
                  || outcome.equals(failed(new StartRaceLost(winner))));
      var all =
          connections.stream()
              .flatMap(connection -> runsOf(connection.id()).stream())
              .map(Run::key)
              .toList();
      assertThat(all).containsExactly(winner);
    }
  }

  private List<Run> runsOf(ConnectionId connection) {
    return assertSuccess(runs().list(connection, new PageRequest(0, 1_000))).items();
  }

  @Test
  default void a_connection_without_source_files_does_not_run() {
    var connection = added();
    for (var file : connection.sourceFiles()) {
      assertSuccess(connections().removeFile(CAUSE, connection.id(), file.id(), Precondition.NONE));
    }
    assertThat(runs().start(connection.id(), newRun(NOW), PER_IMODEL))
        .isEqualTo(failed(new NoSourceFiles(connection.id())));
    assertThat(runs().list(connection.id(), new PageRequest(0, 10)))
        .isEqualTo(success(new Page<Run>(List.of(), 0, false)));
  }

  @Test
  default void a_connection_that_does_not_exist_has_no_runs() {
    var missing = connection().of(iModel()).build().id();
    var key = new RunKey(missing, new RunId(UUID.randomUUID()));
    assertThat(runs().start(missing, newRun(NOW), PER_IMODEL))
        .isEqualTo(failed(new ConnectionNotFound(missing)));
    assertThat(runs().list(missing, new PageRequest(0, 10)))
        .isEqualTo(failed(new ConnectionNotFound(missing)));
    assertThat(runs().find(key)).isEqualTo(failed(new ConnectionNotFound(missing)));
    assertThat(runs().retry(key, newRun(NOW), PER_IMODEL))
        .isEqualTo(failed(new ConnectionNotFound(missing)));
  }

  @Test
  default void a_run_of_another_connection_is_not_found() {
    var iModel = iModel();
    var first = added(iModel, "a.dgn");
    var second = added(iModel, "b.dgn");
    var run = started(first.id());
    var wrong = new RunKey(second.id(), run.id());
    assertThat(runs().find(wrong)).isEqualTo(failed(new RunNotFound(run.id())));
    assertThat(runs().change(wrong, current -> current.requestCancel(NOW)))
        .isEqualTo(failed(new RunNotFound(run.id())));
    assertThat(runs().retry(wrong, newRun(NOW), PER_IMODEL))
        .isEqualTo(failed(new RunNotFound(run.id())));
  }

  @Test
  default void no_run_starts_in_a_deleted_imodel() {
    var connection = added();
    connections().markDeleted(CAUSE, connection.iModel());
    assertThat(runs().start(connection.id(), newRun(NOW), PER_IMODEL))
        .isEqualTo(failed(new ConnectionNotFound(connection.id())));
  }

  @Test
  default void runs_are_listed_newest_first_even_if_the_clock_stands_still_or_goes_back() {
    var connection = added();
    var first = started(connection.id());
    completed(first.key(), AttemptOutcome.succeeded());
    var second = started(connection.id());
    completed(second.key(), AttemptOutcome.failed(ErrorKey.UNSUPPORTED_FILE, ""));
    var third =
        assertSuccess(runs().start(connection.id(), newRun(NOW.minusSeconds(60)), PER_IMODEL));
    assertThat(runsOf(connection.id()).stream().map(Run::id))
        .containsExactly(third.id(), second.id(), first.id());
    assertThat(runsOf(connection.id()).stream().map(Run::started))
        .isSortedAccordingTo(Comparator.reverseOrder())
        .doesNotHaveDuplicates();
    var page = assertSuccess(runs().list(connection.id(), new PageRequest(1, 1)));
    assertThat(page.items()).isEqualTo(List.of(assertSuccess(runs().find(second.key()))));
    assertThat(page.more()).isTrue();
  }

  @Test
  default void only_the_newest_runs_are_kept() {
    var connection = added();
    var rules = new RunRules(RunExclusivity.PER_IMODEL, 2);
    var started =
        IntStream.range(0, 4)
            .mapToObj(index -> {
              var run =
                  assertSuccess(
                      runs().start(connection.id(), newRun(NOW.plusSeconds(index)), rules));
              completed(run.key(), AttemptOutcome.succeeded());
              return run;
            })
            .toList();
    assertThat(runsOf(connection.id()).stream().map(Run::id))
        .containsExactly(started.get(3).id(), started.get(2).id());
    assertThat(runs().find(started.getFirst().key()))
        .isEqualTo(failed(new RunNotFound(started.getFirst().id())));
  }

  // ---- retry -----------------------------------------------------------------------------------

  @Test
  default void a_retry_repeats_the_tasks_that_did_not_succeed_as_they_were_copied() {
    var connection = added(iModel(), "good.dgn", "bad.dgn", "removed.dgn");
    var run = started(connection.id());
    completed(
        run.key(),
        AttemptOutcome.succeeded(),
        AttemptOutcome.failed(ErrorKey.UNSUPPORTED_FILE, ""),
        AttemptOutcome.failed(ErrorKey.UNSUPPORTED_FILE, ""));
    var failed = run.tasks().get(1);
    var removed = run.tasks().get(2);
    assertSuccess(
        connections().removeFile(CAUSE, connection.id(), removed.sourceFile(), Precondition.NONE));
    assertSuccess(
        connections()
            .updateFile(
                CAUSE,
                connection.id(),
                failed.sourceFile(),
                new SourceFileChange(failed.storageFileId(), ConnectorType.DWG, null),
                Precondition.NONE));
    var again = assertSuccess(runs().retry(run.key(), newRun(NOW), PER_IMODEL));
    assertThat(again.tasks().stream().map(Task::storageFileId))
        .containsExactly(failed.storageFileId());
    assertThat(again.tasks().getFirst().connectorType()).isEqualTo(ConnectorType.MSTN);
    assertThat(runs().find(again.key())).isEqualTo(success(again));
    assertThat(connections().find(connection.id()).orElseThrow().lastRun()).isEqualTo(again.id());
    assertThat(runs().start(connection.id(), newRun(NOW), PER_IMODEL))
        .isEqualTo(failed(new RunInProgress(again.key())));
  }

  @Test
  default void a_live_run_is_not_retried() {
    var connection = added();
    var run = started(connection.id());
    assertThat(runs().retry(run.key(), newRun(NOW), PER_IMODEL))
        .isEqualTo(Outcome.failed(new RunNotCompleted(run.key())));
  }

  @Test
  default void a_run_whose_tasks_succeeded_is_not_retried_even_while_another_run_is_live() {
    var connection = added();
    var run = started(connection.id());
    completed(run.key(), AttemptOutcome.succeeded());
    started(connection.id());
    assertThat(runs().retry(run.key(), newRun(NOW), PER_IMODEL))
        .isEqualTo(Outcome.failed(new NothingToRetry(run.key())));
  }

  @Test
  default void a_run_is_not_retried_while_another_one_is_live() {
    var connection = added();
    var run = started(connection.id());
    completed(run.key(), AttemptOutcome.failed(ErrorKey.UNSUPPORTED_FILE, ""));
    var live = started(connection.id());
    assertThat(runs().retry(run.key(), newRun(NOW), PER_IMODEL))
        .isEqualTo(Outcome.failed(new RunInProgress(live.key())));
  }

  // ---- connections with runs -------------------------------------------------------------------

  @Test
  default void a_connection_with_a_live_run_is_not_removed() {
    var connection = added();
    var run = started(connection.id());
    assertThat(connections().remove(CAUSE, connection.id(), Precondition.NONE))
        .isEqualTo(Outcome.failed(new ConnectionInUse(run.key())));
    completed(run.key(), AttemptOutcome.succeeded());
    assertThat(connections().remove(CAUSE, connection.id(), Precondition.NONE))
        .isEqualTo(success(new Removed()));
    assertThat(runs().find(run.key()))
        .isEqualTo(Outcome.failed(new ConnectionNotFound(connection.id())));
  }

  @Test
  default void source_files_change_while_a_run_is_live_and_the_run_does_not() {
    var connection = added(iModel(), "a.dgn");
    var run = started(connection.id());
    var file = connection.sourceFiles().getFirst();
    var more =
        new SourceFile(new SourceFileId(UUID.randomUUID()), file("b.dgn"), ConnectorType.DWG, NOW);
    assertSuccess(connections().addFiles(CAUSE, connection.id(), List.of(more), Limits.NONE));
    assertSuccess(connections().removeFile(CAUSE, connection.id(), file.id(), Precondition.NONE));
    assertThat(runs().find(run.key())).isEqualTo(success(run));
  }

  @Test
  default void the_deletion_of_an_imodel_takes_live_runs_with_it() {
    var connection = added();
    var run = started(connection.id());
    pickedUp(run.key(), 1);
    begun(run.key(), 1);
    assertThat(runs().mayContinue(run.key(), 1)).isTrue();
    connections().markDeleted(CAUSE, connection.iModel());
    assertThat(connections().removeSome(CAUSE, connection.iModel(), 10))
        .containsExactly(connection.id());
    assertThat(runs().mayContinue(run.key(), 1)).isFalse();
    assertFailure(
        runs().change(run.key(), current -> current.release(1, NOW)), ConnectionNotFound.class);
  }

  @Test
  default void starts_and_the_removal_of_the_connection_exclude_each_other()
      throws InterruptedException {
    for (int round = 0; round < 10; round++) {
      var connection = added();
      var outcomes =
          Race.<Outcome<?, ?>>among(
              List.of(
                  () -> runs().start(connection.id(), newRun(NOW), PER_IMODEL),
                  () -> connections().remove(CAUSE, connection.id(), Precondition.NONE)));
      assertThat(outcomes.stream().filter(Success.class::isInstance)).hasSize(1);
      assertThat(connections().find(connection.id()).isPresent())
          .isEqualTo(outcomes.getFirst() instanceof Success);
    }
  }
}
