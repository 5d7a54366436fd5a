package io.storageconnections.application.contract.proof;

import static io.storageconnections.application.outcome.Outcome.failed;

import io.storageconnections.application.contract.InMemoryStorageConnectionStore;
import io.storageconnections.application.outcome.Failure.ConnectionNotFound;
import io.storageconnections.application.outcome.Failure.OfChange;
import io.storageconnections.application.outcome.Failure.OfFileAddition;
import io.storageconnections.application.outcome.Failure.OfFileChange;
import io.storageconnections.application.outcome.Failure.OfFileRemoval;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.outcome.Removed;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.application.port.StorageConnectionStore.Added;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.FileMappings;
import io.storageconnections.domain.connection.FileMappings.Conflict;
import io.storageconnections.domain.connection.FileMappings.HeldFile;
import io.storageconnections.domain.connection.FileMappings.Holder;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.SourceFileChange;
import io.storageconnections.domain.connection.SourceFileId;
import io.storageconnections.domain.connection.StorageFileId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stores that are wrong about who has which file. */
final class MappingBugs {

  private MappingBugs() {}

  // ---- what is a conflict -----------------------------------------------------------------------

  /** Checks that files are free, and maps them when other threads have checked that too. */
  @CaughtBy({
    "of_many_that_want_the_same_files_one_wins_and_the_others_hear_who",
    "of_many_that_want_overlapping_files_each_gets_all_or_nothing",
    "of_many_additions_of_the_same_files_one_wins_whichever_connection_it_is_for"
  })
  static final class ChecksThenInserts extends InMemoryStorageConnectionStore {

    /** So many that of 20 files two threads want the same one if each wants 5 in a test. */
    private final RaceLatch checked = new RaceLatch(5);

    @Override
    protected List<Conflict> conflicts(
        ConnectionId connection, List<StorageFileId> wanted, @Nullable SourceFileId changing) {
      var seen = super.conflicts(connection, wanted, changing);
      if (changing == null) {
        checked.arriveAndAwait(this);
      }
      return seen;
    }
  }

  /** Checks that a file is free, and moves a source file to it when another thread has too. */
  @CaughtBy("of_many_that_move_to_one_file_one_wins")
  static final class ChecksThenMoves extends InMemoryStorageConnectionStore {

    private final RaceLatch checked = new RaceLatch(2);

    @Override
    protected List<Conflict> conflicts(
        ConnectionId connection, List<StorageFileId> wanted, @Nullable SourceFileId changing) {
      var seen = super.conflicts(connection, wanted, changing);
      if (changing != null) {
        checked.arriveAndAwait(this);
      }
      return seen;
    }
  }

  /** Keeps a file unique within its connection, not within the iModel. */
  @CaughtBy({"a_file_is_mapped_to_an_imodel_once", "a_file_cannot_become_one_that_is_mapped"})
  static final class AcceptsWhatAnotherConnectionHolds extends InMemoryStorageConnectionStore {

    @Override
    protected List<Conflict> conflicts(
        ConnectionId connection, List<StorageFileId> wanted, @Nullable SourceFileId changing) {
      return super.conflicts(connection, wanted, changing).stream()
          .filter(conflict -> holder(conflict).connection().equals(connection))
          .toList();
    }
  }

  /** Sees what other connections hold, and not what the connection itself does. */
  @CaughtBy("a_file_of_the_connection_itself_is_taken_too")
  static final class AcceptsWhatTheConnectionItselfHolds extends InMemoryStorageConnectionStore {

    @Override
    protected List<Conflict> conflicts(
        ConnectionId connection, List<StorageFileId> wanted, @Nullable SourceFileId changing) {
      return super.conflicts(connection, wanted, changing).stream()
          .filter(conflict -> !holder(conflict).connection().equals(connection))
          .toList();
    }
  }

  /** Keeps a file unique in all the world. */
  @CaughtBy("the_same_file_may_be_mapped_to_other_imodels")
  static final class RefusesAFileOfAnotherIModel extends InMemoryStorageConnectionStore {

    private final Set<IModelId> world = new HashSet<>();

    @Override
    protected List<Conflict> conflicts(
        ConnectionId connection, List<StorageFileId> wanted, @Nullable SourceFileId changing) {
      world.add(connection.iModel());
      return world.stream()
          .flatMap(iModel -> mappings(iModel, wanted).conflictsWith(wanted).stream())
          .toList();
    }
  }

  /** Keeps ids in a column that ignores case. */
  @CaughtBy("ids_whose_texts_differ_in_case_alone_are_different_ids")
  static final class IgnoresTheCaseOfIds extends InMemoryStorageConnectionStore {

    private final Map<String, StorageFileId> column = new HashMap<>();

    @Override
    protected List<Conflict> conflicts(
        ConnectionId connection, List<StorageFileId> wanted, @Nullable SourceFileId changing) {
      var asTheColumnHasThem = wanted.stream().map(this::firstSoSpelled).toList();
      return super.conflicts(connection, asTheColumnHasThem, changing);
    }

    private StorageFileId firstSoSpelled(StorageFileId file) {
      return column.computeIfAbsent(file.toString().toLowerCase(Locale.ROOT), unknown -> file);
    }
  }

  /** Moves a source file wherever it is told to. */
  @CaughtBy({
    "a_file_cannot_become_one_that_is_mapped",
    "of_many_that_move_to_one_file_one_wins",
    "who_want_each_others_files_are_both_refused_and_keep_theirs"
  })
  static final class MovesAFileOntoATakenOne extends InMemoryStorageConnectionStore {

    @Override
    protected List<Conflict> conflicts(
        ConnectionId connection, List<StorageFileId> wanted, @Nullable SourceFileId changing) {
      return changing == null ? super.conflicts(connection, wanted, null) : List.of();
    }
  }

  /** Lets a source file stand in its own way. */
  @CaughtBy("a_file_may_become_what_it_is")
  static final class RefusesAFileOntoItself extends InMemoryStorageConnectionStore {

    @Override
    protected List<Conflict> conflicts(
        ConnectionId connection, List<StorageFileId> wanted, @Nullable SourceFileId changing) {
      return super.conflicts(connection, wanted, null);
    }
  }

  // ---- how it is told ---------------------------------------------------------------------------

  /** Stops looking at the first file that is taken. */
  @CaughtBy("every_taken_file_is_told_in_order_with_its_holder")
  static final class TellsOnlyTheFirstTakenFile extends InMemoryStorageConnectionStore {

    @Override
    protected List<Conflict> conflicts(
        ConnectionId connection, List<StorageFileId> wanted, @Nullable SourceFileId changing) {
      return super.conflicts(connection, wanted, changing).stream().limit(1).toList();
    }
  }

  /** Tells the taken files in the order in which they are locked. */
  @CaughtBy("every_taken_file_is_told_in_order_with_its_holder")
  static final class TellsTakenFilesInOrderOfTheirIds extends InMemoryStorageConnectionStore {

    @Override
    protected List<Conflict> conflicts(
        ConnectionId connection, List<StorageFileId> wanted, @Nullable SourceFileId changing) {
      return super.conflicts(connection, wanted, changing).stream()
          .sorted(Comparator.comparing(Conflict::file))
          .toList();
    }
  }

  /** Tells whoever asks that they hold the file themselves. */
  @CaughtBy("a_file_is_mapped_to_an_imodel_once")
  static final class NamesTheWrongHolder extends InMemoryStorageConnectionStore {

    @Override
    protected List<Conflict> conflicts(
        ConnectionId connection, List<StorageFileId> wanted, @Nullable SourceFileId changing) {
      return super.conflicts(connection, wanted, changing).stream()
          .map(conflict -> heldBy(connection, conflict))
          .toList();
    }

    private static Conflict heldBy(ConnectionId connection, Conflict conflict) {
      var holder = holder(conflict);
      return new HeldFile(
          conflict.index(),
          conflict.file(),
          new Holder(connection, holder.displayName(), holder.sourceFile()));
    }
  }

  /** Tells that nobody holds anything, once it is asked about more than one file. */
  @CaughtBy("mappings_tell_who_holds_the_files_in_question_and_no_others")
  static final class ForgetsMappings extends InMemoryStorageConnectionStore {

    @Override
    public synchronized FileMappings mappings(IModelId iModel, Collection<StorageFileId> files) {
      return files.size() > 1 ? FileMappings.NONE : super.mappings(iModel, files);
    }
  }

  /** Tells of files that somebody asked about before. */
  @CaughtBy("mappings_tell_who_holds_the_files_in_question_and_no_others")
  static final class TellsOfFilesNobodyAskedAbout extends InMemoryStorageConnectionStore {

    private final Set<StorageFileId> everAsked = new HashSet<>();

    @Override
    public synchronized FileMappings mappings(IModelId iModel, Collection<StorageFileId> files) {
      everAsked.addAll(files);
      return super.mappings(iModel, everAsked);
    }
  }

  // ---- when a file is free again ----------------------------------------------------------------

  /** Can leave files taken whose source file is gone. */
  abstract static class Hoarder extends InMemoryStorageConnectionStore {

    final Map<StorageFileId, Holder> hoard = new HashMap<>();

    /** Leaves the files taken that {@code connection} holds. */
    final void hoard(ConnectionId connection) {
      hoard.putAll(
          mappings(connection.iModel(), SourceFile.storageFileIds(files(connection))).holders());
    }

    @Override
    public synchronized FileMappings mappings(IModelId iModel, Collection<StorageFileId> files) {
      var holders = new HashMap<>(hoard);
      holders.keySet().retainAll(files);
      holders.putAll(super.mappings(iModel, files).holders());
      return new FileMappings(holders);
    }
  }

  /** Removes a connection, and leaves the rows of its files behind. */
  @CaughtBy({
    "a_removed_connection_is_gone_and_its_files_are_free_at_once",
    "files_of_a_connection_that_is_removed_go_to_one_that_is_created_or_stay_held"
  })
  static final class NeverFreesTheFilesOfARemovedConnection extends Hoarder {

    @Override
    public synchronized Outcome<Removed, OfChange> remove(
        ConnectionId id, Precondition precondition) {
      hoard(id);
      return super.remove(id, precondition);
    }
  }

  /** Frees the files of a removed connection when it next has time, which is a request too late. */
  @CaughtBy("a_removed_connection_is_gone_and_its_files_are_free_at_once")
  static final class FreesTheFilesOfARemovedConnectionLate extends Hoarder {

    @Override
    public synchronized Outcome<Removed, OfChange> remove(
        ConnectionId id, Precondition precondition) {
      hoard(id);
      return super.remove(id, precondition);
    }

    @Override
    protected List<Conflict> conflicts(
        ConnectionId connection, List<StorageFileId> wanted, @Nullable SourceFileId changing) {
      var seen = super.conflicts(connection, wanted, changing);
      hoard.clear();
      return seen;
    }
  }

  /** Removes a source file, and leaves its mapping behind. */
  @CaughtBy("a_removed_file_is_free_at_once_and_a_connection_may_become_empty")
  static final class NeverFreesARemovedFile extends Hoarder {

    @Override
    public synchronized Outcome<Removed, OfFileRemoval> removeFile(
        ConnectionId connection, SourceFileId file, Precondition precondition) {
      hoard(connection);
      return super.removeFile(connection, file, precondition);
    }
  }

  /** Maps the file that a source file becomes, and leaves the one mapped that it was. */
  @CaughtBy({
    "a_file_can_become_another_and_keeps_its_id_and_place",
    "a_file_that_moves_away_can_be_had_at_once_and_never_twice"
  })
  static final class NeverFreesAFileThatIsReplaced extends Hoarder {

    @Override
    public synchronized Outcome<SourceFile, OfFileChange> updateFile(
        ConnectionId connection,
        SourceFileId file,
        SourceFileChange change,
        Precondition precondition) {
      hoard(connection);
      return super.updateFile(connection, file, change, precondition);
    }
  }

  /** Checks that a connection exists, and maps files to it when another thread has removed it. */
  @CaughtBy("of_an_addition_and_a_removal_at_once_nothing_stays_behind")
  static final class ChecksThenMaps extends Hoarder {

    private final RaceLatch checked = new RaceLatch(1);
    private final RaceLatch removed = new RaceLatch(1);

    @Override
    public synchronized Outcome<Added, OfFileAddition> addFiles(
        ConnectionId connection, List<SourceFile> files, Limits limits) {
      var seen = find(connection);
      checked.arrive(this);
      removed.await(this);
      var answer = super.addFiles(connection, files, limits);
      if (seen.isPresent() && answer.equals(failed(new ConnectionNotFound(connection)))) {
        for (var file : files) {
          hoard.put(file.storageFileId(), new Holder(connection, null, file.id()));
        }
      }
      return answer;
    }

    @Override
    public synchronized Outcome<Removed, OfChange> remove(
        ConnectionId id, Precondition precondition) {
      checked.await(this);
      var answer = super.remove(id, precondition);
      removed.arrive(this);
      return answer;
    }
  }

  private static Holder holder(Conflict conflict) {
    return ((HeldFile) conflict).holder();
  }
}
