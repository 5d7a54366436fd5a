package io.storageconnections.application.contract.proof;

import static io.storageconnections.application.outcome.Outcome.failed;
import static io.storageconnections.application.outcome.Outcome.success;

import io.storageconnections.application.contract.InMemoryStorageConnectionStore;
import io.storageconnections.application.outcome.Failure.ConnectionNotFound;
import io.storageconnections.application.outcome.Failure.OfChange;
import io.storageconnections.application.outcome.Failure.OfFileChange;
import io.storageconnections.application.outcome.Failure.OfFileRemoval;
import io.storageconnections.application.outcome.Failure.Outdated;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.outcome.Outcome.Success;
import io.storageconnections.application.outcome.Removed;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.domain.connection.ConnectionChange;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.SourceFileChange;
import io.storageconnections.domain.connection.SourceFileId;
import io.storageconnections.domain.connection.StorageConnection;

/** Stores that change or remove otherwise than they were told. */
final class ChangeBugs {

  private ChangeBugs() {}

  // ---- what a change makes of a thing -----------------------------------------------------------

  /** Leaves the revision of a changed connection as it was. */
  @CaughtBy("a_change_touches_what_it_names_and_counts_as_one_revision")
  static final class NeverRaisesTheRevision extends InMemoryStorageConnectionStore {

    @Override
    protected StorageConnection after(StorageConnection before, ConnectionChange change) {
      return withRevision(before.revision(), super.after(before, change));
    }
  }

  /** Counts a change that leaves everything as it is. */
  @CaughtBy("a_change_of_nothing_is_no_revision")
  static final class CountsAChangeOfNothing extends InMemoryStorageConnectionStore {

    @Override
    protected StorageConnection after(StorageConnection before, ConnectionChange change) {
      return withRevision(before.revision() + 1, super.after(before, change));
    }
  }

  private static StorageConnection withRevision(long revision, StorageConnection it) {
    return new StorageConnection(
        it.id(), it.iTwin(), it.displayName(), it.authenticationType(), it.created(), revision);
  }

  /** Takes a name that is not to change for one that is to go. */
  @CaughtBy("a_change_touches_what_it_names_and_counts_as_one_revision")
  static final class ForgetsTheNameThatIsNotChanged extends InMemoryStorageConnectionStore {

    @Override
    protected StorageConnection after(StorageConnection before, ConnectionChange change) {
      var it = super.after(before, change);
      return new StorageConnection(
          it.id(),
          it.iTwin(),
          change.displayName(),
          it.authenticationType(),
          it.created(),
          it.revision());
    }
  }

  /** Answers a change with what was there before it. */
  @CaughtBy("a_change_touches_what_it_names_and_counts_as_one_revision")
  static final class AnswersWithWhatItWas extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<StorageConnection, OfChange> update(
        ConnectionId id, ConnectionChange change, Precondition precondition) {
      var before = find(id);
      var answer = super.update(id, change, precondition);
      return answer instanceof Success ? success(before.orElseThrow()) : answer;
    }
  }

  /** Leaves the revision of a changed source file as it was. */
  @CaughtBy("a_file_can_become_another_and_keeps_its_id_and_place")
  static final class NeverRaisesTheRevisionOfAFile extends InMemoryStorageConnectionStore {

    @Override
    protected SourceFile after(SourceFile before, SourceFileChange change) {
      var it = super.after(before, change);
      return new SourceFile(
          it.id(), it.storageFileId(), it.connectorType(), it.created(), before.revision());
    }
  }

  /** Changes which file it is, and not what reads it. */
  @CaughtBy({
    "a_file_can_become_another_and_keeps_its_id_and_place",
    "a_file_may_become_what_it_is"
  })
  static final class KeepsTheConnector extends InMemoryStorageConnectionStore {

    @Override
    protected SourceFile after(SourceFile before, SourceFileChange change) {
      return super.after(
          before, new SourceFileChange(change.storageFileId(), before.connectorType()));
    }
  }

  /** Reads a connection, and writes it back changed when another thread has read it too. */
  @CaughtBy("many_changes_of_whatever_revision_all_take_effect")
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

  /** Changes a connection whatever its revision is. */
  @CaughtBy({
    "a_change_of_another_revision_is_refused_and_touches_nothing",
    "of_many_changes_of_one_revision_one_takes_effect"
  })
  static final class ChangesAnyRevision extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<StorageConnection, OfChange> update(
        ConnectionId id, ConnectionChange change, Precondition precondition) {
      return super.update(id, change, Precondition.NONE);
    }
  }

  /** Removes a connection whatever its revision is. */
  @CaughtBy("a_change_of_another_revision_is_refused_and_touches_nothing")
  static final class RemovesAnyRevision extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Removed, OfChange> remove(
        ConnectionId id, Precondition precondition) {
      return super.remove(id, Precondition.NONE);
    }
  }

  /** Changes a source file whatever its revision is. */
  @CaughtBy("a_change_of_another_revision_of_a_file_is_refused_and_touches_nothing")
  static final class ChangesAnyRevisionOfAFile extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<SourceFile, OfFileChange> updateFile(
        ConnectionId connection,
        SourceFileId file,
        SourceFileChange change,
        Precondition precondition) {
      return super.updateFile(connection, file, change, Precondition.NONE);
    }
  }

  /** Removes a source file whatever its revision is. */
  @CaughtBy("a_change_of_another_revision_of_a_file_is_refused_and_touches_nothing")
  static final class RemovesAnyRevisionOfAFile extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Removed, OfFileRemoval> removeFile(
        ConnectionId connection, SourceFileId file, Precondition precondition) {
      return super.removeFile(connection, file, Precondition.NONE);
    }
  }

  /** Checks the revision, and changes the connection when another thread has checked it too. */
  @CaughtBy("of_many_changes_of_one_revision_one_takes_effect")
  static final class ChecksTheRevisionThenChanges extends InMemoryStorageConnectionStore {

    private final RaceLatch checked = new RaceLatch(2);

    @Override
    public synchronized Outcome<StorageConnection, OfChange> update(
        ConnectionId id, ConnectionChange change, Precondition precondition) {
      var seen = find(id);
      if (seen.isPresent() && !precondition.isMetBy(seen.get().revision())) {
        return failed(new Outdated(seen.get().revision()));
      }
      checked.arriveAndAwait(this);
      return super.update(id, change, Precondition.NONE);
    }
  }

  /** Tells of a missing connection that it is outdated. */
  @CaughtBy("what_is_not_there_cannot_be_changed_or_removed")
  static final class CallsAMissingConnectionOutdated extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<StorageConnection, OfChange> update(
        ConnectionId id, ConnectionChange change, Precondition precondition) {
      return precondition.isMetBy(0) || find(id).isPresent()
          ? super.update(id, change, precondition)
          : failed(new Outdated(0));
    }
  }

  // ---- removals ---------------------------------------------------------------------------------

  /** Removes a connection as often as it is told to. */
  @CaughtBy({
    "a_removed_connection_is_gone_and_its_files_are_free_at_once",
    "what_is_not_there_cannot_be_changed_or_removed"
  })
  static final class RemovesWhatIsGone extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Removed, OfChange> remove(
        ConnectionId id, Precondition precondition) {
      var answer = super.remove(id, precondition);
      return answer.equals(failed(new ConnectionNotFound(id))) ? success(new Removed()) : answer;
    }
  }

  /** Checks that a connection exists, and removes it when another thread has checked too. */
  @CaughtBy("of_many_removals_one_removes")
  static final class ChecksThenRemoves extends InMemoryStorageConnectionStore {

    private final RaceLatch checked = new RaceLatch(2);

    @Override
    public synchronized Outcome<Removed, OfChange> remove(
        ConnectionId id, Precondition precondition) {
      var seen = find(id);
      checked.arriveAndAwait(this);
      var answer = super.remove(id, precondition);
      return answer.equals(failed(new ConnectionNotFound(id))) && seen.isPresent()
          ? success(new Removed())
          : answer;
    }
  }

  /** Removes a connection with the last of its files. */
  @CaughtBy("a_removed_file_is_free_at_once_and_a_connection_may_become_empty")
  static final class RemovesAConnectionThatBecomesEmpty extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Removed, OfFileRemoval> removeFile(
        ConnectionId connection, SourceFileId file, Precondition precondition) {
      var answer = super.removeFile(connection, file, precondition);
      if (files(connection).isEmpty()) {
        remove(connection, Precondition.NONE);
      }
      return answer;
    }
  }
}
