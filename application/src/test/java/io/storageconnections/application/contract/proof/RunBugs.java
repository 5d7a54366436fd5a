package io.storageconnections.application.contract.proof;

import static io.storageconnections.application.outcome.Outcome.failed;
import static io.storageconnections.application.outcome.Outcome.success;

import io.storageconnections.application.contract.InMemoryRunStore;
import io.storageconnections.application.outcome.Failure.ConnectionNotFound;
import io.storageconnections.application.outcome.Failure.NoSourceFiles;
import io.storageconnections.application.outcome.Failure.OfReading;
import io.storageconnections.application.outcome.Failure.OfRun;
import io.storageconnections.application.outcome.Failure.OfRunRetry;
import io.storageconnections.application.outcome.Failure.OfRunStart;
import io.storageconnections.application.outcome.Failure.RunInProgress;
import io.storageconnections.application.outcome.Failure.RunNotFound;
import io.storageconnections.application.outcome.Failure.StartRaceLost;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.outcome.Outcome.Success;
import io.storageconnections.application.port.NewRun;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.RunRules;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.RunId;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.StorageConnection;
import io.storageconnections.domain.run.Run;
import io.storageconnections.domain.run.RunExclusivity;
import io.storageconnections.domain.run.RunKey;
import io.storageconnections.domain.run.Task;
import io.storageconnections.domain.run.Transition;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Stores of runs with a bug each, in what they start, list, retry and remove. */
final class RunBugs {

  private RunBugs() {}

  // ---- start ------------------------------------------------------------------------------------

  /** Checks that no run is live, and starts one after another thread has checked too. */
  @CaughtBy("of_simultaneous_starts_one_succeeds")
  static final class ChecksThenStarts extends InMemoryRunStore {

    private final RaceLatch checked = new RaceLatch(2);

    @Override
    protected Optional<RunKey> liveRun(ConnectionId connection, RunRules rules) {
      var seen = super.liveRun(connection, rules);
      checked.arriveAndAwait(connections());
      return seen;
    }
  }

  /** Does not look for live runs. */
  @CaughtBy({
    "a_connection_does_not_get_a_second_live_run",
    "connections_of_an_imodel_share_one_live_run",
    "connections_of_an_imodel_have_a_live_run_each_if_the_rules_say_so",
    "of_simultaneous_starts_one_succeeds",
    "a_retry_repeats_the_tasks_that_did_not_succeed_as_they_were_copied",
    "a_run_is_not_retried_while_another_one_is_live"
  })
  static final class StartsASecondLiveRun extends InMemoryRunStore {

    @Override
    protected Optional<RunKey> liveRun(ConnectionId connection, RunRules rules) {
      return Optional.empty();
    }
  }

  /** Lets each connection have a live run, and ignores the rules. */
  @CaughtBy({
    "connections_of_an_imodel_share_one_live_run",
    "a_live_run_counts_also_if_it_was_started_under_another_rule",
    "of_simultaneous_starts_one_succeeds"
  })
  static final class ExcludesRunsOfTheSameConnectionOnly extends InMemoryRunStore {

    @Override
    public Outcome<Run, OfRunStart> start(ConnectionId connection, NewRun newRun, RunRules rules) {
      return super.start(
          connection,
          newRun,
          new RunRules(RunExclusivity.PER_CONNECTION, rules.keptPerConnection()));
    }
  }

  /** Lets each iModel have one live run, and ignores the rules. */
  @CaughtBy("connections_of_an_imodel_have_a_live_run_each_if_the_rules_say_so")
  static final class AlwaysExcludesRunsOfTheSameIModel extends InMemoryRunStore {

    @Override
    public Outcome<Run, OfRunStart> start(ConnectionId connection, NewRun newRun, RunRules rules) {
      return super.start(
          connection, newRun, new RunRules(RunExclusivity.PER_IMODEL, rules.keptPerConnection()));
    }
  }

  /** Has one live run for all iModels. */
  @CaughtBy("a_run_does_not_hold_back_another_imodel")
  static final class HasOneLiveRunForAllIModels extends InMemoryRunStore {

    private final Set<ConnectionId> seen = new HashSet<>();

    @Override
    protected Optional<RunKey> liveRun(ConnectionId connection, RunRules rules) {
      seen.add(connection);
      return seen.stream().flatMap(each -> liveRun(each).stream()).findFirst();
    }
  }

  /** Keeps the row of a live run after the run is completed. */
  @CaughtBy({
    "a_completed_run_makes_place_for_the_next",
    "runs_are_listed_newest_first_even_if_the_clock_stands_still_or_goes_back",
    "only_the_newest_runs_are_kept",
    "a_retry_repeats_the_tasks_that_did_not_succeed_as_they_were_copied",
    "a_run_that_no_worker_has_is_cancelled_at_once"
  })
  static final class KeepsTheLiveRowOfACompletedRun extends InMemoryRunStore {

    @Override
    protected Optional<RunKey> liveRun(ConnectionId connection, RunRules rules) {
      return newestFirst(connection).stream().map(Run::key).findFirst();
    }
  }

  /** Reports that another request has won, although the live run was started long before. */
  @CaughtBy({
    "a_connection_does_not_get_a_second_live_run",
    "connections_of_an_imodel_share_one_live_run",
    "connections_of_an_imodel_have_a_live_run_each_if_the_rules_say_so",
    "a_retry_repeats_the_tasks_that_did_not_succeed_as_they_were_copied"
  })
  static final class ReportsALiveRunAsALostRace extends InMemoryRunStore {

    @Override
    public Outcome<Run, OfRunStart> start(ConnectionId connection, NewRun newRun, RunRules rules) {
      var outcome = super.start(connection, newRun, rules);
      return outcome instanceof Outcome.Failed<Run, OfRunStart>(RunInProgress(var live))
          ? failed(new StartRaceLost(live))
          : outcome;
    }
  }

  /** Copies the files in reverse order. */
  @CaughtBy("a_run_copies_the_files_of_its_connection_oldest_first")
  static final class CopiesTheNewestFileFirst extends InMemoryRunStore {

    @Override
    protected List<SourceFile> filesOf(ConnectionId connection) {
      return super.filesOf(connection).reversed();
    }
  }

  /** Copies one page of the files. */
  @CaughtBy("a_run_copies_the_files_of_its_connection_oldest_first")
  static final class CopiesTheFirstFilesOnly extends InMemoryRunStore {

    @Override
    protected List<SourceFile> filesOf(ConnectionId connection) {
      return super.filesOf(connection).stream().limit(2).toList();
    }
  }

  /** Does not write the new run into the connection. */
  @CaughtBy({
    "a_new_run_is_the_last_run_of_its_connection_whose_revision_stays",
    "a_completed_run_makes_place_for_the_next",
    "a_retry_repeats_the_tasks_that_did_not_succeed_as_they_were_copied"
  })
  static final class ForgetsTheLastRun extends InMemoryRunStore {

    @Override
    protected StorageConnection withLastRun(Run run) {
      return connections().find(run.connection()).orElseThrow();
    }
  }

  /** Writes the last run of a connection only once. */
  @CaughtBy({
    "a_completed_run_makes_place_for_the_next",
    "a_retry_repeats_the_tasks_that_did_not_succeed_as_they_were_copied"
  })
  static final class KeepsTheFirstRunAsTheLast extends InMemoryRunStore {

    @Override
    protected StorageConnection withLastRun(Run run) {
      var before = connections().find(run.connection()).orElseThrow();
      return before.lastRun() == null ? super.withLastRun(run) : before;
    }
  }

  /** Counts the start of a run as a change of the connection. */
  @CaughtBy("a_new_run_is_the_last_run_of_its_connection_whose_revision_stays")
  static final class CountsAStartAsAChange extends InMemoryRunStore {

    @Override
    protected StorageConnection withLastRun(Run run) {
      var it = super.withLastRun(run);
      return new StorageConnection(
          it.id(),
          it.iTwin(),
          it.displayName(),
          it.authenticationType(),
          it.created(),
          it.revision() + 1,
          it.lastRun());
    }
  }

  /** Starts runs in deleted iModels. */
  @CaughtBy("no_run_starts_in_a_deleted_imodel")
  static final class StartsRunsInDeletedIModels extends InMemoryRunStore {

    @Override
    protected boolean exists(ConnectionId connection) {
      return connections().find(connection).isPresent();
    }
  }

  /** Reports a connection without source files as missing, like an inner join with the files. */
  @CaughtBy("a_connection_without_source_files_does_not_run")
  static final class ReportsAConnectionWithoutFilesAsMissing extends InMemoryRunStore {

    @Override
    public Outcome<Run, OfRunStart> start(ConnectionId connection, NewRun newRun, RunRules rules) {
      var outcome = super.start(connection, newRun, rules);
      return outcome.equals(failed(new NoSourceFiles(connection)))
          ? failed(new ConnectionNotFound(connection))
          : outcome;
    }
  }

  /** Reports a connection that does not exist as one without files. */
  @CaughtBy({"a_connection_that_does_not_exist_has_no_runs", "no_run_starts_in_a_deleted_imodel"})
  static final class ReportsAMissingConnectionAsOneWithoutFiles extends InMemoryRunStore {

    @Override
    public Outcome<Run, OfRunStart> start(ConnectionId connection, NewRun newRun, RunRules rules) {
      var outcome = super.start(connection, newRun, rules);
      return outcome.equals(failed(new ConnectionNotFound(connection)))
          ? failed(new NoSourceFiles(connection))
          : outcome;
    }
  }

  // ---- find and list ----------------------------------------------------------------------------

  /** Lists a connection that does not exist as one without runs. */
  @CaughtBy("a_connection_that_does_not_exist_has_no_runs")
  static final class ListsAMissingConnectionAsEmpty extends InMemoryRunStore {

    @Override
    public Outcome<Page<Run>, OfReading> list(ConnectionId connection, PageRequest pageRequest) {
      var outcome = super.list(connection, pageRequest);
      return outcome instanceof Success ? outcome : success(Page.of(List.of(), pageRequest));
    }
  }

  /** Finds a run by its id, and ignores the connection that the caller names. */
  @CaughtBy("a_run_of_another_connection_is_not_found")
  static final class FindsARunByItsIdOnly extends InMemoryRunStore {

    private final Map<RunId, RunKey> keys = new HashMap<>();

    @Override
    protected StorageConnection withLastRun(Run run) {
      keys.put(run.id(), run.key());
      return super.withLastRun(run);
    }

    @Override
    public Outcome<Run, OfRun> find(RunKey key) {
      return super.find(keys.getOrDefault(key.run(), key));
    }
  }

  /** Reports a run that does not exist as a missing connection. */
  @CaughtBy("an_event_of_a_run_that_does_not_exist_is_not_applied")
  static final class ReportsAMissingRunAsAMissingConnection extends InMemoryRunStore {

    @Override
    public Outcome<Transition, OfRun> change(RunKey key, Function<Run, Transition> event) {
      var outcome = super.change(key, event);
      return outcome.equals(failed(new RunNotFound(key.run())))
          ? failed(new ConnectionNotFound(key.connection()))
          : outcome;
    }
  }

  /** Starts several runs at the same time. */
  @CaughtBy("runs_are_listed_newest_first_even_if_the_clock_stands_still_or_goes_back")
  static final class TrustsTheClock extends InMemoryRunStore {

    @Override
    protected Instant startTime(Instant now, @Nullable Instant latest) {
      return now;
    }
  }

  /** Lists the oldest run first. */
  @CaughtBy("runs_are_listed_newest_first_even_if_the_clock_stands_still_or_goes_back")
  static final class ListsTheOldestRunFirst extends InMemoryRunStore {

    @Override
    public Outcome<Page<Run>, OfReading> list(ConnectionId connection, PageRequest pageRequest) {
      return super.list(connection, pageRequest)
          .map(page -> new Page<>(page.items().reversed(), page.preceding(), page.more()));
    }
  }

  /** Ignores the page that the caller wants. */
  @CaughtBy("runs_are_listed_newest_first_even_if_the_clock_stands_still_or_goes_back")
  static final class ListsAllRuns extends InMemoryRunStore {

    @Override
    public Outcome<Page<Run>, OfReading> list(ConnectionId connection, PageRequest pageRequest) {
      return super.list(connection, new PageRequest(0, PageRequest.TOP_MAX));
    }
  }

  /** Reads a run together with the source files of its tasks. */
  @CaughtBy("source_files_change_while_a_run_is_live_and_the_run_does_not")
  static final class JoinsATaskWithItsSourceFile extends InMemoryRunStore {

    @Override
    public Outcome<Run, OfRun> find(RunKey key) {
      var outcome = super.find(key);
      var files = filesOf(key.connection()).stream().map(SourceFile::id).toList();
      return outcome instanceof Success<Run, OfRun>(var run)
              && !files.containsAll(run.tasks().stream().map(Task::sourceFile).toList())
          ? failed(new RunNotFound(key.run()))
          : outcome;
    }
  }

  /** Removes no runs. */
  @CaughtBy("only_the_newest_runs_are_kept")
  static final class KeepsAllRuns extends InMemoryRunStore {

    @Override
    protected List<RunKey> surplus(ConnectionId connection, RunRules rules) {
      return List.of();
    }
  }

  /** Removes the newest completed runs rather than the oldest ones. */
  @CaughtBy("only_the_newest_runs_are_kept")
  static final class RemovesTheNewestRuns extends InMemoryRunStore {

    @Override
    protected List<RunKey> surplus(ConnectionId connection, RunRules rules) {
      var completed = newestFirst(connection).stream().filter(Run::isCompleted).toList();
      return completed.stream()
          .limit(Math.max(0, 1L + completed.size() - rules.keptPerConnection()))
          .map(Run::key)
          .toList();
    }
  }

  /** Keeps one run less than the rules say, because it does not count the live one. */
  @CaughtBy("only_the_newest_runs_are_kept")
  static final class RemovesOneRunTooMany extends InMemoryRunStore {

    @Override
    protected List<RunKey> surplus(ConnectionId connection, RunRules rules) {
      return newestFirst(connection).stream()
          .skip(rules.keptPerConnection() - 1L)
          .filter(Run::isCompleted)
          .map(Run::key)
          .toList();
    }
  }

  // ---- retry ------------------------------------------------------------------------------------

  /** Retries all tasks, also those that succeeded. */
  @CaughtBy({
    "a_retry_repeats_the_tasks_that_did_not_succeed_as_they_were_copied",
    "a_run_whose_tasks_succeeded_is_not_retried_even_while_another_run_is_live"
  })
  static final class RepeatsSuccesses extends InMemoryRunStore {

    @Override
    protected Optional<Run> retried(Run completed, ConnectionId connection, NewRun newRun) {
      var mapped = SourceFile.storageFileIds(filesOf(connection));
      var files =
          completed.tasks().stream()
              .filter(task -> mapped.contains(task.storageFileId()))
              .map(task ->
                  new SourceFile(
                      task.sourceFile(),
                      task.storageFileId(),
                      task.connectorType(),
                      task.created()))
              .toList();
      return Optional.of(run(newRun, connection, files, completed));
    }
  }

  /** Retries also the files that are not in the connection any more. */
  @CaughtBy("a_retry_repeats_the_tasks_that_did_not_succeed_as_they_were_copied")
  static final class RepeatsRemovedFiles extends InMemoryRunStore {

    @Override
    protected Optional<Run> retried(Run completed, ConnectionId connection, NewRun newRun) {
      return completed.retry(
          newRun.id(),
          newRun.origin(),
          completed.tasks().stream().map(Task::storageFileId).toList(),
          newRun.guids(),
          startTime(newRun.now(), completed.started()));
    }
  }

  /** Copies the files of a retry anew from the connection. */
  @CaughtBy("a_retry_repeats_the_tasks_that_did_not_succeed_as_they_were_copied")
  static final class RepeatsFilesAsTheyAreNow extends InMemoryRunStore {

    @Override
    protected Optional<Run> retried(Run completed, ConnectionId connection, NewRun newRun) {
      return super.retried(completed, connection, newRun)
          .map(run -> {
            var repeated = run.tasks().stream().map(Task::storageFileId).toList();
            var files =
                filesOf(connection).stream()
                    .filter(file -> repeated.contains(file.storageFileId()))
                    .toList();
            return run(newRun, connection, files, completed);
          });
    }
  }

  private static Run run(
      NewRun newRun, ConnectionId connection, List<SourceFile> files, Run completed) {
    return Run.start(
        newRun.id(),
        connection,
        newRun.origin(),
        files,
        newRun.guids(),
        Run.startTime(newRun.now(), completed.started()));
  }

  /** Starts a retry while another run is live. */
  @CaughtBy("a_run_is_not_retried_while_another_one_is_live")
  static final class RetriesDuringALiveRun extends InMemoryRunStore {

    private boolean retrying;

    @Override
    protected Optional<Run> retried(Run completed, ConnectionId connection, NewRun newRun) {
      retrying = true;
      return super.retried(completed, connection, newRun);
    }

    @Override
    protected Optional<RunKey> liveRun(ConnectionId connection, RunRules rules) {
      var live = retrying ? Optional.<RunKey>empty() : super.liveRun(connection, rules);
      retrying = false;
      return live;
    }
  }

  /** Looks for a live run before it judges the run that is retried. */
  @CaughtBy({
    "a_live_run_is_not_retried",
    "a_run_whose_tasks_succeeded_is_not_retried_even_while_another_run_is_live"
  })
  static final class ReportsAnotherLiveRunFirst extends InMemoryRunStore {

    @Override
    public Outcome<Run, OfRunRetry> retry(RunKey key, NewRun newRun, RunRules rules) {
      var live = liveRun(key.connection(), rules);
      return live.isPresent()
          ? failed(new RunInProgress(live.get()))
          : super.retry(key, newRun, rules);
    }
  }

  // ---- connections with runs --------------------------------------------------------------------

  /** Removes connections with live runs. */
  @CaughtBy("a_connection_with_a_live_run_is_not_removed")
  static final class RemovesAConnectionWithALiveRun extends InMemoryRunStore {

    @Override
    protected Optional<RunKey> liveRun(ConnectionId connection) {
      return Optional.empty();
    }
  }

  /** Never removes a connection that had a run. */
  @CaughtBy("a_connection_with_a_live_run_is_not_removed")
  static final class KeepsAConnectionThatHadARun extends InMemoryRunStore {

    @Override
    protected Optional<RunKey> liveRun(ConnectionId connection) {
      return newestFirst(connection).stream().map(Run::key).findFirst();
    }
  }

  /** Checks that a connection has no live run, and removes it after another thread started one. */
  @CaughtBy("starts_and_the_removal_of_the_connection_exclude_each_other")
  static final class ChecksForRunsThenRemoves extends InMemoryRunStore {

    private final RaceLatch checked = new RaceLatch(1);
    private final RaceLatch started = new RaceLatch(1);

    @Override
    protected Optional<RunKey> liveRun(ConnectionId connection) {
      var seen = super.liveRun(connection);
      checked.arrive(connections());
      started.await(connections());
      return seen;
    }

    @Override
    public Outcome<Run, OfRunStart> start(ConnectionId connection, NewRun newRun, RunRules rules) {
      checked.await(connections());
      var outcome = super.start(connection, newRun, rules);
      started.arrive(connections());
      return outcome;
    }
  }

  /** Lets a worker continue a run that does not exist any more. */
  @CaughtBy({
    "the_deletion_of_an_imodel_takes_live_runs_with_it",
    "a_worker_continues_until_the_run_is_cancelled_fenced_or_completed"
  })
  static final class ContinuesADeletedRun extends InMemoryRunStore {

    @Override
    public boolean mayContinue(RunKey key, long fence) {
      return super.mayContinue(key, fence) || !(find(key) instanceof Success);
    }
  }
}
