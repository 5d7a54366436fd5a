package io.storageconnections.application.contract.proof;

import static io.storageconnections.application.outcome.Outcome.failed;
import static io.storageconnections.application.outcome.Outcome.success;
import static io.storageconnections.domain.audit.AuditFixtures.CAUSE;

import io.storageconnections.application.contract.InMemoryStorageConnectionStore;
import io.storageconnections.application.outcome.Failure.ConnectionNotFound;
import io.storageconnections.application.outcome.Failure.FilesAlreadyMapped;
import io.storageconnections.application.outcome.Failure.OfChange;
import io.storageconnections.application.outcome.Failure.OfDeletion;
import io.storageconnections.application.outcome.Failure.OfFileChange;
import io.storageconnections.application.outcome.Failure.OfFileMove;
import io.storageconnections.application.outcome.Failure.OfFileRemoval;
import io.storageconnections.application.outcome.Failure.Outdated;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.outcome.Outcome.Success;
import io.storageconnections.application.outcome.Removed;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.domain.audit.Cause;
import io.storageconnections.domain.connection.ConnectionChange;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.SourceFileChange;
import io.storageconnections.domain.connection.SourceFileId;
import io.storageconnections.domain.connection.StorageConnection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Stores that update or remove wrongly. */
final class ChangeBugs {

  private ChangeBugs() {}

  // ---- deleted iModels --------------------------------------------------------------------------

  /** Adds connections to an iModel that is deleted. */
  @CaughtBy({"no_connection_is_added_to_a_deleted_imodel", "a_deleted_imodel_stays_deleted"})
  static final class AddsToADeletedIModel extends InMemoryStorageConnectionStore {

    @Override
    protected boolean isDeleted(IModelId iModel) {
      return false;
    }
  }

  /** Forgets that an iModel is deleted when its last connection is removed. */
  @CaughtBy("a_deleted_imodel_stays_deleted")
  static final class ForgetsADeletedIModel extends InMemoryStorageConnectionStore {

    private final Set<IModelId> emptied = new HashSet<>();

    @Override
    public synchronized List<ConnectionId> removeSome(Cause cause, IModelId iModel, int max) {
      emptied.add(iModel);
      return super.removeSome(cause, iModel, max);
    }

    @Override
    protected boolean isDeleted(IModelId iModel) {
      return !emptied.contains(iModel) && super.isDeleted(iModel);
    }
  }

  /** Marks all iModels as deleted. */
  @CaughtBy("another_imodel_is_not_affected")
  static final class MarksEveryIModel extends InMemoryStorageConnectionStore {

    private boolean marked;

    @Override
    public synchronized void markDeleted(Cause cause, IModelId iModel) {
      marked = true;
    }

    @Override
    protected boolean isDeleted(IModelId iModel) {
      return marked;
    }
  }

  /** Removes all connections at once. */
  @CaughtBy("connections_are_removed_in_batches_oldest_first")
  static final class RemovesWithoutALimit extends InMemoryStorageConnectionStore {

    @Override
    public synchronized List<ConnectionId> removeSome(Cause cause, IModelId iModel, int max) {
      return super.removeSome(cause, iModel, Integer.MAX_VALUE);
    }
  }

  // ---- updates ----------------------------------------------------------------------------------

  /** Does not increment the revision of a changed connection. */
  @CaughtBy("an_update_changes_only_the_given_values_and_increments_the_revision")
  static final class KeepsTheRevisionOfAChangedConnection extends InMemoryStorageConnectionStore {

    @Override
    protected StorageConnection after(StorageConnection before, ConnectionChange change) {
      return withRevision(before.revision(), super.after(before, change));
    }
  }

  /** Increments the revision although the update changes nothing. */
  @CaughtBy("an_update_without_effect_keeps_the_revision")
  static final class IncrementsTheRevisionWithoutAChange extends InMemoryStorageConnectionStore {

    @Override
    protected StorageConnection after(StorageConnection before, ConnectionChange change) {
      return withRevision(before.revision() + 1, super.after(before, change));
    }
  }

  private static StorageConnection withRevision(long revision, StorageConnection it) {
    return new StorageConnection(
        it.id(),
        it.iTwin(),
        it.displayName(),
        it.authenticationType(),
        it.created(),
        revision,
        it.lastRun());
  }

  /** Removes the name of a connection if the update does not give one. */
  @CaughtBy("an_update_changes_only_the_given_values_and_increments_the_revision")
  static final class ClearsANameThatIsNotGiven extends InMemoryStorageConnectionStore {

    @Override
    protected StorageConnection after(StorageConnection before, ConnectionChange change) {
      var it = super.after(before, change);
      return new StorageConnection(
          it.id(),
          it.iTwin(),
          change.displayName(),
          it.authenticationType(),
          it.created(),
          it.revision(),
          it.lastRun());
    }
  }

  /** Returns the connection in its state before the update. */
  @CaughtBy("an_update_changes_only_the_given_values_and_increments_the_revision")
  static final class ReturnsTheStateBeforeTheUpdate extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<StorageConnection, OfChange> update(
        Cause cause, ConnectionId id, ConnectionChange change, Precondition precondition) {
      var before = find(id);
      var outcome = super.update(cause, id, change, precondition);
      return outcome instanceof Success ? success(before.orElseThrow()) : outcome;
    }
  }

  /** Does not increment the revision of a changed source file. */
  @CaughtBy("an_updated_source_file_keeps_its_id_and_position")
  static final class KeepsTheRevisionOfAChangedFile extends InMemoryStorageConnectionStore {

    @Override
    protected SourceFile after(SourceFile before, SourceFileChange change) {
      var it = super.after(before, change);
      return new SourceFile(
          it.id(),
          it.storageFileId(),
          it.connectorType(),
          it.lastKnownFileName(),
          it.created(),
          before.revision(),
          it.nameRevision());
    }
  }

  /** Forgets the name of the Storage file. */
  @CaughtBy("an_updated_source_file_keeps_its_id_and_position")
  static final class ForgetsTheNameOfTheFile extends InMemoryStorageConnectionStore {

    @Override
    protected SourceFile after(SourceFile before, SourceFileChange change) {
      return super.after(before, change).named(null);
    }
  }

  /** Updates the Storage file of a source file and keeps its connector type. */
  @CaughtBy({
    "an_updated_source_file_keeps_its_id_and_position",
    "a_source_file_can_be_updated_to_its_own_storage_file"
  })
  static final class IgnoresTheNewConnectorType extends InMemoryStorageConnectionStore {

    @Override
    protected SourceFile after(SourceFile before, SourceFileChange change) {
      return super.after(
          before, new SourceFileChange(change.storageFileId(), before.connectorType()));
    }
  }

  /** Reads a connection, and writes it after another thread has read it too. */
  @CaughtBy("all_concurrent_updates_without_a_precondition_take_effect")
  static final class ReadsThenWrites extends InMemoryStorageConnectionStore {

    private final RaceLatch read = new RaceLatch(2);

    @Override
    protected StorageConnection after(StorageConnection before, ConnectionChange change) {
      var changed = super.after(before, change);
      read.arriveAndAwait(this);
      return changed;
    }
  }

  // ---- preconditions ----------------------------------------------------------------------------

  /** Ignores the precondition when it updates a connection. */
  @CaughtBy({
    "an_unmet_precondition_fails_with_outdated_and_changes_nothing",
    "of_concurrent_updates_of_one_revision_exactly_one_succeeds"
  })
  static final class UpdatesAConnectionInAnyRevision extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<StorageConnection, OfChange> update(
        Cause cause, ConnectionId id, ConnectionChange change, Precondition precondition) {
      return super.update(cause, id, change, Precondition.NONE);
    }
  }

  /** Ignores the precondition when it removes a connection. */
  @CaughtBy("an_unmet_precondition_fails_with_outdated_and_changes_nothing")
  static final class RemovesAConnectionInAnyRevision extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Removed, OfDeletion> remove(
        Cause cause, ConnectionId id, Precondition precondition) {
      return super.remove(cause, id, Precondition.NONE);
    }
  }

  /** Ignores the precondition when it updates a source file. */
  @CaughtBy("an_unmet_precondition_on_a_source_file_fails_with_outdated_and_changes_nothing")
  static final class UpdatesAFileInAnyRevision extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<SourceFile, OfFileChange> updateFile(
        Cause cause,
        ConnectionId connection,
        SourceFileId file,
        SourceFileChange change,
        Precondition precondition) {
      return super.updateFile(cause, connection, file, change, Precondition.NONE);
    }
  }

  /** Checks the new Storage file of a source file before the precondition. */
  @CaughtBy("an_unmet_precondition_takes_precedence_over_a_file_that_is_mapped_already")
  static final class ReportsAConflictBeforeThePrecondition extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<SourceFile, OfFileChange> updateFile(
        Cause cause,
        ConnectionId connection,
        SourceFileId file,
        SourceFileChange change,
        Precondition precondition) {
      var conflicts = conflicts(connection, List.of(change.storageFileId()), file);
      return conflicts.isEmpty()
          ? super.updateFile(cause, connection, file, change, precondition)
          : failed(new FilesAlreadyMapped(conflicts));
    }
  }

  /** Ignores the precondition when it removes a source file. */
  @CaughtBy("an_unmet_precondition_on_a_source_file_fails_with_outdated_and_changes_nothing")
  static final class RemovesAFileInAnyRevision extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Removed, OfFileRemoval> removeFile(
        Cause cause, ConnectionId connection, SourceFileId file, Precondition precondition) {
      return super.removeFile(cause, connection, file, Precondition.NONE);
    }
  }

  /** Checks the precondition, and updates the connection after another thread has checked too. */
  @CaughtBy("of_concurrent_updates_of_one_revision_exactly_one_succeeds")
  static final class ChecksTheRevisionThenUpdates extends InMemoryStorageConnectionStore {

    private final RaceLatch checked = new RaceLatch(2);

    @Override
    public synchronized Outcome<StorageConnection, OfChange> update(
        Cause cause, ConnectionId id, ConnectionChange change, Precondition precondition) {
      var seen = find(id);
      if (seen.isPresent() && !precondition.isMetBy(seen.get().revision())) {
        return failed(new Outdated(seen.get().revision()));
      }
      checked.arriveAndAwait(this);
      return super.update(cause, id, change, Precondition.NONE);
    }
  }

  /** Reports that an unknown connection is outdated. */
  @CaughtBy("updating_or_removing_an_unknown_connection_fails_with_connection_not_found")
  static final class ReportsAnUnknownConnectionAsOutdated extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<StorageConnection, OfChange> update(
        Cause cause, ConnectionId id, ConnectionChange change, Precondition precondition) {
      return precondition.isMetBy(0) || find(id).isPresent()
          ? super.update(cause, id, change, precondition)
          : failed(new Outdated(0));
    }
  }

  // ---- moves ------------------------------------------------------------------------------------

  /** Keeps the revision of a moved source file. */
  @CaughtBy("a_moved_source_file_keeps_everything_but_its_connection_and_revision")
  static final class KeepsTheRevisionOfAMovedFile extends InMemoryStorageConnectionStore {

    @Override
    protected SourceFile moved(SourceFile before) {
      return before;
    }
  }

  /** Increments the revision of a source file that is moved to its own connection. */
  @CaughtBy("a_move_to_the_connection_that_has_the_source_file_changes_nothing")
  static final class IncrementsTheRevisionOfAFileThatStays extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<SourceFile, OfFileMove> moveFile(
        Cause cause,
        ConnectionId from,
        SourceFileId file,
        ConnectionId to,
        Precondition precondition) {
      return super.moveFile(cause, from, file, to, precondition)
          .map(moved -> from.equals(to) ? moved.moved() : moved);
    }
  }

  /** Reports that the target is missing if neither connection exists. */
  @CaughtBy("a_source_file_is_moved_only_from_and_to_connections_that_exist")
  static final class ReportsTheMissingTargetFirst extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<SourceFile, OfFileMove> moveFile(
        Cause cause,
        ConnectionId from,
        SourceFileId file,
        ConnectionId to,
        Precondition precondition) {
      return find(to).isEmpty()
          ? failed(new ConnectionNotFound(to))
          : super.moveFile(cause, from, file, to, precondition);
    }
  }

  /** Ignores the precondition when it moves a source file. */
  @CaughtBy("an_unmet_precondition_of_a_move_fails_with_outdated_and_changes_nothing")
  static final class MovesAFileInAnyRevision extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<SourceFile, OfFileMove> moveFile(
        Cause cause,
        ConnectionId from,
        SourceFileId file,
        ConnectionId to,
        Precondition precondition) {
      return super.moveFile(cause, from, file, to, Precondition.NONE);
    }
  }

  /** Removes the source file, and then reports that the target does not exist. */
  @CaughtBy({
    "a_source_file_is_moved_only_from_and_to_connections_that_exist",
    "of_concurrent_moves_and_a_removal_of_the_target_no_file_is_left_behind"
  })
  static final class LosesAFileWithoutATarget extends InMemoryStorageConnectionStore {

    private final RaceLatch checked = new RaceLatch(2);

    @Override
    public synchronized Outcome<SourceFile, OfFileMove> moveFile(
        Cause cause,
        ConnectionId from,
        SourceFileId file,
        ConnectionId to,
        Precondition precondition) {
      checked.arriveAndAwait(this);
      var outcome = super.moveFile(cause, from, file, to, precondition);
      if (outcome.equals(failed(new ConnectionNotFound(to)))) {
        removeFile(CAUSE, from, file, precondition);
      }
      return outcome;
    }

    @Override
    public synchronized Outcome<Removed, OfDeletion> remove(
        Cause cause, ConnectionId id, Precondition precondition) {
      var outcome = super.remove(cause, id, precondition);
      checked.arriveAndAwait(this);
      return outcome;
    }
  }

  // ---- removals ---------------------------------------------------------------------------------

  /** Reports success if the connection to remove does not exist. */
  @CaughtBy({
    "the_files_of_a_removed_connection_can_be_mapped_again_at_once",
    "updating_or_removing_an_unknown_connection_fails_with_connection_not_found"
  })
  static final class RemovesAnUnknownConnection extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Removed, OfDeletion> remove(
        Cause cause, ConnectionId id, Precondition precondition) {
      var outcome = super.remove(cause, id, precondition);
      return outcome.equals(failed(new ConnectionNotFound(id))) ? success(new Removed()) : outcome;
    }
  }

  /** Checks that a connection exists, and removes it after another thread has checked too. */
  @CaughtBy("of_concurrent_removals_exactly_one_succeeds")
  static final class ChecksThenRemoves extends InMemoryStorageConnectionStore {

    private final RaceLatch checked = new RaceLatch(2);

    @Override
    public synchronized Outcome<Removed, OfDeletion> remove(
        Cause cause, ConnectionId id, Precondition precondition) {
      var seen = find(id);
      checked.arriveAndAwait(this);
      var outcome = super.remove(cause, id, precondition);
      return outcome.equals(failed(new ConnectionNotFound(id))) && seen.isPresent()
          ? success(new Removed())
          : outcome;
    }
  }

  /** Removes a connection together with its last source file. */
  @CaughtBy("a_removed_source_file_can_be_mapped_again_at_once_even_the_last_one")
  static final class RemovesAConnectionWithItsLastFile extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Removed, OfFileRemoval> removeFile(
        Cause cause, ConnectionId connection, SourceFileId file, Precondition precondition) {
      var outcome = super.removeFile(cause, connection, file, precondition);
      if (files(connection).isEmpty()) {
        remove(CAUSE, connection, Precondition.NONE);
      }
      return outcome;
    }
  }
}
