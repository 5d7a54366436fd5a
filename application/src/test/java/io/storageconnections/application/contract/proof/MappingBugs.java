package io.storageconnections.application.contract.proof;

import static io.storageconnections.application.outcome.Outcome.failed;

import io.storageconnections.application.contract.InMemoryStorageConnectionStore;
import io.storageconnections.application.outcome.Failure.ConnectionNotFound;
import io.storageconnections.application.outcome.Failure.OfDeletion;
import io.storageconnections.application.outcome.Failure.OfFileAddition;
import io.storageconnections.application.outcome.Failure.OfFileChange;
import io.storageconnections.application.outcome.Failure.OfFileRemoval;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.outcome.Removed;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.application.port.StorageConnectionStore.Added;
import io.storageconnections.domain.audit.Cause;
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

/** Stores that detect or report conflicts wrongly, or keep mappings too long. */
final class MappingBugs {

  private MappingBugs() {}

  // ---- detection of conflicts -------------------------------------------------------------------

  /** Checks for conflicts, and maps the files after other threads have checked too. */
  @CaughtBy({
    "of_concurrent_creations_with_the_same_files_exactly_one_succeeds",
    "concurrent_creations_with_overlapping_files_are_atomic",
    "of_concurrent_additions_of_the_same_files_to_two_connections_exactly_one_succeeds"
  })
  static final class ChecksThenInserts extends InMemoryStorageConnectionStore {

    /** With 20 files and 5 files per thread, two of 5 threads want the same file. */
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

  /** Checks for conflicts, and updates a source file after another thread has checked too. */
  @CaughtBy("of_concurrent_updates_to_the_same_storage_file_exactly_one_succeeds")
  static final class ChecksThenUpdatesAFile extends InMemoryStorageConnectionStore {

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

  /** Detects conflicts within the connection only. */
  @CaughtBy({
    "adding_a_connection_fails_if_the_imodel_already_maps_one_of_its_files",
    "updating_a_source_file_to_a_mapped_storage_file_fails"
  })
  static final class IgnoresConflictsWithOtherConnections extends InMemoryStorageConnectionStore {

    @Override
    protected List<Conflict> conflicts(
        ConnectionId connection, List<StorageFileId> wanted, @Nullable SourceFileId changing) {
      return super.conflicts(connection, wanted, changing).stream()
          .filter(conflict -> holder(conflict).connection().equals(connection))
          .toList();
    }
  }

  /** Detects conflicts with other connections only. */
  @CaughtBy("adding_a_file_that_the_connection_already_maps_fails")
  static final class IgnoresConflictsWithTheConnectionItself
      extends InMemoryStorageConnectionStore {

    @Override
    protected List<Conflict> conflicts(
        ConnectionId connection, List<StorageFileId> wanted, @Nullable SourceFileId changing) {
      return super.conflicts(connection, wanted, changing).stream()
          .filter(conflict -> !holder(conflict).connection().equals(connection))
          .toList();
    }
  }

  /** Detects conflicts with all iModels. */
  @CaughtBy("a_file_can_be_mapped_to_several_imodels")
  static final class ReportsConflictsWithOtherIModels extends InMemoryStorageConnectionStore {

    private final Set<IModelId> iModels = new HashSet<>();

    @Override
    protected List<Conflict> conflicts(
        ConnectionId connection, List<StorageFileId> wanted, @Nullable SourceFileId changing) {
      iModels.add(connection.iModel());
      return iModels.stream()
          .flatMap(iModel -> mappings(iModel, wanted).conflictsWith(wanted).stream())
          .toList();
    }
  }

  /** Compares ids without case, like a column with a case-insensitive collation. */
  @CaughtBy("ids_that_differ_only_in_case_are_different")
  static final class IgnoresTheCaseOfIds extends InMemoryStorageConnectionStore {

    private final Map<String, StorageFileId> column = new HashMap<>();

    @Override
    protected List<Conflict> conflicts(
        ConnectionId connection, List<StorageFileId> wanted, @Nullable SourceFileId changing) {
      var asStored = wanted.stream().map(this::firstWithSameSpelling).toList();
      return super.conflicts(connection, asStored, changing);
    }

    private StorageFileId firstWithSameSpelling(StorageFileId file) {
      return column.computeIfAbsent(file.toString().toLowerCase(Locale.ROOT), unknown -> file);
    }
  }

  /** Updates a source file without a check for conflicts. */
  @CaughtBy({
    "updating_a_source_file_to_a_mapped_storage_file_fails",
    "of_concurrent_updates_to_the_same_storage_file_exactly_one_succeeds",
    "concurrent_updates_cannot_swap_two_storage_files"
  })
  static final class UpdatesAFileWithoutAConflictCheck extends InMemoryStorageConnectionStore {

    @Override
    protected List<Conflict> conflicts(
        ConnectionId connection, List<StorageFileId> wanted, @Nullable SourceFileId changing) {
      return changing == null ? super.conflicts(connection, wanted, null) : List.of();
    }
  }

  /** Reports that a source file conflicts with itself. */
  @CaughtBy("a_source_file_can_be_updated_to_its_own_storage_file")
  static final class ReportsAConflictOfAFileWithItself extends InMemoryStorageConnectionStore {

    @Override
    protected List<Conflict> conflicts(
        ConnectionId connection, List<StorageFileId> wanted, @Nullable SourceFileId changing) {
      return super.conflicts(connection, wanted, null);
    }
  }

  // ---- report of conflicts ----------------------------------------------------------------------

  /** Reports only the first conflict. */
  @CaughtBy("every_conflict_is_reported_with_its_holder_in_the_order_of_the_request")
  static final class ReportsTheFirstConflictOnly extends InMemoryStorageConnectionStore {

    @Override
    protected List<Conflict> conflicts(
        ConnectionId connection, List<StorageFileId> wanted, @Nullable SourceFileId changing) {
      return super.conflicts(connection, wanted, changing).stream().limit(1).toList();
    }
  }

  /** Reports conflicts in the order in which a store would lock the files. */
  @CaughtBy("every_conflict_is_reported_with_its_holder_in_the_order_of_the_request")
  static final class ReportsConflictsInTheOrderOfTheFileIds extends InMemoryStorageConnectionStore {

    @Override
    protected List<Conflict> conflicts(
        ConnectionId connection, List<StorageFileId> wanted, @Nullable SourceFileId changing) {
      return super.conflicts(connection, wanted, changing).stream()
          .sorted(Comparator.comparing(Conflict::file))
          .toList();
    }
  }

  /** Reports that the requesting connection itself holds the file. */
  @CaughtBy("adding_a_connection_fails_if_the_imodel_already_maps_one_of_its_files")
  static final class ReportsTheWrongHolder extends InMemoryStorageConnectionStore {

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

  /** Returns no mappings if the caller asks for several files. */
  @CaughtBy("mappings_contain_the_holders_of_the_requested_files_only")
  static final class ReturnsNoMappingsOfSeveralFiles extends InMemoryStorageConnectionStore {

    @Override
    public synchronized FileMappings mappings(IModelId iModel, Collection<StorageFileId> files) {
      return files.size() > 1 ? FileMappings.NONE : super.mappings(iModel, files);
    }
  }

  /** Returns also the mappings of files from earlier calls. */
  @CaughtBy("mappings_contain_the_holders_of_the_requested_files_only")
  static final class ReturnsMappingsOfEarlierRequests extends InMemoryStorageConnectionStore {

    private final Set<StorageFileId> requested = new HashSet<>();

    @Override
    public synchronized FileMappings mappings(IModelId iModel, Collection<StorageFileId> files) {
      requested.addAll(files);
      return super.mappings(iModel, requested);
    }
  }

  // ---- removal of mappings ----------------------------------------------------------------------

  /** A store that can keep mappings of source files that no longer exist. */
  abstract static class StoreWithStaleMappings extends InMemoryStorageConnectionStore {

    final Map<StorageFileId, Holder> staleMappings = new HashMap<>();

    /** Keeps the current mappings of {@code connection}, even if its files change. */
    final void keepMappings(ConnectionId connection) {
      staleMappings.putAll(
          mappings(connection.iModel(), SourceFile.storageFileIds(files(connection))).holders());
    }

    @Override
    public synchronized FileMappings mappings(IModelId iModel, Collection<StorageFileId> files) {
      var holders = new HashMap<>(staleMappings);
      holders.keySet().retainAll(files);
      holders.putAll(super.mappings(iModel, files).holders());
      return new FileMappings(holders);
    }
  }

  /** Removes a connection without the mappings of its files. */
  @CaughtBy({
    "the_files_of_a_removed_connection_can_be_mapped_again_at_once",
    "files_of_a_concurrently_removed_connection_go_to_at_most_one_new_connection"
  })
  static final class KeepsTheMappingsOfARemovedConnection extends StoreWithStaleMappings {

    @Override
    public synchronized Outcome<Removed, OfDeletion> remove(
        Cause cause, ConnectionId id, Precondition precondition) {
      keepMappings(id);
      return super.remove(cause, id, precondition);
    }
  }

  /** Deletes the mappings of a removed connection during the next addition, which is too late. */
  @CaughtBy("the_files_of_a_removed_connection_can_be_mapped_again_at_once")
  static final class DeletesTheMappingsOfARemovedConnectionLate extends StoreWithStaleMappings {

    @Override
    public synchronized Outcome<Removed, OfDeletion> remove(
        Cause cause, ConnectionId id, Precondition precondition) {
      keepMappings(id);
      return super.remove(cause, id, precondition);
    }

    @Override
    protected List<Conflict> conflicts(
        ConnectionId connection, List<StorageFileId> wanted, @Nullable SourceFileId changing) {
      var seen = super.conflicts(connection, wanted, changing);
      staleMappings.clear();
      return seen;
    }
  }

  /** Removes a source file without its mapping. */
  @CaughtBy("a_removed_source_file_can_be_mapped_again_at_once_even_the_last_one")
  static final class KeepsTheMappingOfARemovedFile extends StoreWithStaleMappings {

    @Override
    public synchronized Outcome<Removed, OfFileRemoval> removeFile(
        Cause cause, ConnectionId connection, SourceFileId file, Precondition precondition) {
      keepMappings(connection);
      return super.removeFile(cause, connection, file, precondition);
    }
  }

  /** Maps the new Storage file of a source file and keeps the mapping of the old one. */
  @CaughtBy({
    "an_updated_source_file_keeps_its_id_and_position",
    "a_storage_file_that_is_replaced_concurrently_is_mapped_at_most_once"
  })
  static final class KeepsTheMappingOfAReplacedFile extends StoreWithStaleMappings {

    @Override
    public synchronized Outcome<SourceFile, OfFileChange> updateFile(
        Cause cause,
        ConnectionId connection,
        SourceFileId file,
        SourceFileChange change,
        Precondition precondition) {
      keepMappings(connection);
      return super.updateFile(cause, connection, file, change, precondition);
    }
  }

  /** Checks that a connection exists, and maps files to it after another thread has removed it. */
  @CaughtBy("files_added_during_the_removal_of_their_connection_leave_no_mapping")
  static final class ChecksTheConnectionThenMapsFiles extends StoreWithStaleMappings {

    private final RaceLatch checked = new RaceLatch(1);
    private final RaceLatch removed = new RaceLatch(1);

    @Override
    public synchronized Outcome<Added, OfFileAddition> addFiles(
        Cause cause, ConnectionId connection, List<SourceFile> files, Limits limits) {
      var seen = find(connection);
      checked.arrive(this);
      removed.await(this);
      var outcome = super.addFiles(cause, connection, files, limits);
      if (seen.isPresent() && outcome.equals(failed(new ConnectionNotFound(connection)))) {
        for (var file : files) {
          staleMappings.put(file.storageFileId(), new Holder(connection, null, file.id()));
        }
      }
      return outcome;
    }

    @Override
    public synchronized Outcome<Removed, OfDeletion> remove(
        Cause cause, ConnectionId id, Precondition precondition) {
      checked.await(this);
      var outcome = super.remove(cause, id, precondition);
      removed.arrive(this);
      return outcome;
    }
  }

  private static Holder holder(Conflict conflict) {
    return ((HeldFile) conflict).holder();
  }
}
