package io.storageconnections.application.contract.proof;

import io.storageconnections.application.contract.InMemoryRunStore;
import io.storageconnections.application.contract.InMemoryStorageConnectionStore;
import io.storageconnections.application.outcome.Failure.OfCreation;
import io.storageconnections.application.outcome.Failure.OfDeletion;
import io.storageconnections.application.outcome.Failure.OfRun;
import io.storageconnections.application.outcome.Failure.OfRunStart;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.outcome.Removed;
import io.storageconnections.application.port.AuditFilter;
import io.storageconnections.application.port.NewRun;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.application.port.RunRules;
import io.storageconnections.domain.audit.AuditAction;
import io.storageconnections.domain.audit.AuditEntry;
import io.storageconnections.domain.audit.Cause;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.NewConnection;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.SourceFileChange;
import io.storageconnections.domain.run.Run;
import io.storageconnections.domain.run.RunKey;
import io.storageconnections.domain.run.Transition;
import io.storageconnections.domain.run.Transition.Applied;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Stores with a bug each in the audit trail. */
final class AuditBugs {

  private AuditBugs() {}

  // ---- connections ------------------------------------------------------------------------------

  /** Writes no entry of a removal of a source file. */
  @CaughtBy("every_change_has_an_entry_that_outlives_the_connection")
  static final class ForgetsAnAction extends InMemoryStorageConnectionStore {

    @Override
    protected synchronized void record(AuditEntry entry) {
      if (entry.action() != AuditAction.SOURCE_FILE_REMOVED) {
        super.record(entry);
      }
    }
  }

  /** Writes the new values as those before the change. */
  @CaughtBy("every_change_has_an_entry_that_outlives_the_connection")
  static final class WritesTheNewValuesTwice extends InMemoryStorageConnectionStore {

    @Override
    protected synchronized void record(AuditEntry entry) {
      super.record(
          entry.before() == null || entry.after() == null
              ? entry
              : withBefore(entry, entry.after()));
    }
  }

  private static AuditEntry withBefore(AuditEntry entry, @Nullable String before) {
    return new AuditEntry(
        entry.at(),
        entry.origin(),
        entry.action(),
        entry.iModel(),
        entry.connection(),
        entry.run(),
        before,
        entry.after());
  }

  /** Removes the entries of a connection with the connection. */
  @CaughtBy("every_change_has_an_entry_that_outlives_the_connection")
  static final class RemovesEntriesWithTheirConnection extends InMemoryStorageConnectionStore {

    private final Set<ConnectionId> removed = new HashSet<>();

    @Override
    public synchronized Outcome<Removed, OfDeletion> remove(
        Cause cause, ConnectionId id, Precondition precondition) {
      removed.add(id);
      return super.remove(cause, id, precondition);
    }

    @Override
    protected List<AuditEntry> trail(AuditFilter filter) {
      return super.trail(filter).stream()
          .filter(entry -> entry.connection() == null || !removed.contains(entry.connection()))
          .toList();
    }
  }

  /** Writes an entry of a change that changes nothing. */
  @CaughtBy("a_call_that_changes_nothing_has_no_entry")
  static final class WritesAnEntryOfEveryCall extends InMemoryStorageConnectionStore {

    @Override
    protected SourceFile after(SourceFile before, SourceFileChange change) {
      return before.after(change).moved();
    }
  }

  /** Writes the entry before the change, and not in its transaction. */
  @CaughtBy("a_refused_change_has_no_entry")
  static final class WritesTheEntryFirst extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Added, OfCreation> add(
        Cause cause, NewConnection connection, Limits limits) {
      var outcome = super.add(cause, connection, limits);
      if (outcome instanceof Outcome.Failed) {
        record(AuditEntry.created(cause, connection));
      }
      return outcome;
    }
  }

  /** Writes the time of the node, though a node whose clock is ahead made the change before. */
  @CaughtBy("entries_of_a_connection_are_in_the_order_of_its_changes_if_clocks_differ")
  static final class TrustsTheClockOfTheNode extends InMemoryStorageConnectionStore {

    @Override
    protected @Nullable Instant latestOf(@Nullable ConnectionId connection) {
      return null;
    }
  }

  /** Lists the oldest entry first. */
  @CaughtBy({
    "every_change_has_an_entry_that_outlives_the_connection",
    "entries_of_a_connection_are_in_the_order_of_its_changes_if_clocks_differ"
  })
  static final class ListsTheOldestFirst extends InMemoryStorageConnectionStore {

    @Override
    protected List<AuditEntry> trail(AuditFilter filter) {
      return super.trail(filter).reversed();
    }
  }

  /** Skips one entry too few. */
  @CaughtBy("pages_of_any_size_cover_the_trail_of_an_imodel_and_that_of_a_connection")
  static final class SkipsOneEntryTooFew extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Page<AuditEntry> audit(AuditFilter filter, PageRequest pageRequest) {
      return super.audit(
          filter, new PageRequest(Math.max(0, pageRequest.skip() - 1), pageRequest.top()));
    }
  }

  /** Ignores the connection of the filter. */
  @CaughtBy("pages_of_any_size_cover_the_trail_of_an_imodel_and_that_of_a_connection")
  static final class IgnoresTheConnectionOfTheFilter extends InMemoryStorageConnectionStore {

    @Override
    protected List<AuditEntry> trail(AuditFilter filter) {
      return super.trail(new AuditFilter(filter.iModel(), null));
    }
  }

  /** Cuts the values to the width of a column. */
  @CaughtBy("an_entry_has_all_1000_files_of_a_request")
  static final class CutsLongValues extends InMemoryStorageConnectionStore {

    @Override
    protected synchronized void record(AuditEntry entry) {
      var before = entry.before();
      super.record(
          before == null || before.length() < 65_536
              ? entry
              : withBefore(entry, before.substring(0, 65_536)));
    }
  }

  /** Writes one entry of the deletion of an iModel, and none of its connections. */
  @CaughtBy("a_deleted_imodel_and_each_of_its_connections_has_an_entry")
  static final class ForgetsTheConnectionsOfADeletedIModel extends InMemoryStorageConnectionStore {

    @Override
    protected synchronized void record(AuditEntry entry) {
      if (entry.action() != AuditAction.CONNECTION_DELETED || !isDeleted(entry.iModel())) {
        super.record(entry);
      }
    }
  }

  /** Removes the trail of every iModel that is deleted. */
  @CaughtBy("the_trail_of_a_deleted_imodel_is_removed_in_batches_when_its_time_has_passed")
  static final class IgnoresTheTimeOfTheDeletion extends InMemoryStorageConnectionStore {

    @Override
    protected boolean isExpired(AuditEntry entry, Instant deletedBefore) {
      return super.isExpired(entry, Instant.MAX);
    }
  }

  /** Removes the trail of iModels that exist. */
  @CaughtBy("the_trail_of_a_deleted_imodel_is_removed_in_batches_when_its_time_has_passed")
  static final class RemovesTheTrailOfExistingIModels extends InMemoryStorageConnectionStore {

    @Override
    protected boolean isExpired(AuditEntry entry, Instant deletedBefore) {
      return super.isExpired(entry, deletedBefore) || !isDeleted(entry.iModel());
    }
  }

  // ---- runs -------------------------------------------------------------------------------------

  /** Writes an entry of what a worker does. */
  @CaughtBy("starts_cancels_and_retries_have_entries_and_events_of_workers_have_none")
  static final class RecordsWorkers extends InMemoryRunStore {

    @Override
    public Outcome<Transition, OfRun> change(RunKey key, Function<Run, Transition> event) {
      var changed = super.change(key, event);
      if (changed instanceof Outcome.Success<Transition, OfRun>(Applied applied)) {
        record(AuditEntry.runStarted(applied.run()));
      }
      return changed;
    }
  }

  /** Writes no entry of a cancel. */
  @CaughtBy({
    "starts_cancels_and_retries_have_entries_and_events_of_workers_have_none",
    "a_refused_start_or_cancel_has_no_entry"
  })
  static final class ForgetsCancels extends InMemoryRunStore {

    @Override
    public Outcome<Transition, OfRun> cancel(Cause cause, RunKey key) {
      return change(key, run -> run.requestCancel(cause.at()));
    }
  }

  /** Writes an entry of a start that is refused. */
  @CaughtBy("a_refused_start_or_cancel_has_no_entry")
  static final class RecordsRefusedStarts extends InMemoryRunStore {

    private @Nullable Run started;

    @Override
    public Outcome<Run, OfRunStart> start(ConnectionId connection, NewRun newRun, RunRules rules) {
      var outcome = super.start(connection, newRun, rules);
      if (outcome instanceof Outcome.Success<Run, OfRunStart>(var run)) {
        started = run;
      } else if (started != null) {
        record(AuditEntry.runStarted(started));
      }
      return outcome;
    }
  }
}
