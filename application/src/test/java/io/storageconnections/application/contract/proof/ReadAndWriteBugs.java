package io.storageconnections.application.contract.proof;

import static io.storageconnections.application.outcome.Outcome.failed;
import static io.storageconnections.application.outcome.Outcome.success;
import static io.storageconnections.domain.audit.AuditFixtures.CAUSE;

import io.storageconnections.application.contract.InMemoryStorageConnectionStore;
import io.storageconnections.application.outcome.Failure.ConnectionNotFound;
import io.storageconnections.application.outcome.Failure.FilesAlreadyMapped;
import io.storageconnections.application.outcome.Failure.OfCreation;
import io.storageconnections.application.outcome.Failure.OfDeletion;
import io.storageconnections.application.outcome.Failure.OfFileAddition;
import io.storageconnections.application.outcome.Failure.OfFileReading;
import io.storageconnections.application.outcome.Failure.OfFileRemoval;
import io.storageconnections.application.outcome.Failure.OfReading;
import io.storageconnections.application.outcome.Failure.SourceFileNotFound;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.outcome.Outcome.Failed;
import io.storageconnections.application.outcome.Outcome.Success;
import io.storageconnections.application.outcome.Removed;
import io.storageconnections.application.port.ConnectionFilter;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.application.port.StorageConnectionStore.Added;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.domain.audit.Cause;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.DisplayName;
import io.storageconnections.domain.connection.FileMappings.Conflict;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.NewConnection;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.SourceFileId;
import io.storageconnections.domain.connection.StorageConnection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Stores that lose or alter data, or report the wrong failure. */
final class ReadAndWriteBugs {

  private static final PageRequest EVERYTHING = new PageRequest(0, PageRequest.TOP_MAX);

  private ReadAndWriteBugs() {}

  // ---- data -------------------------------------------------------------------------------------

  /** Loses the second file of each connection. */
  @CaughtBy("an_added_connection_is_found_unchanged")
  static final class LosesTheSecondFile extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Added, OfCreation> add(
        Cause cause, NewConnection connection, Limits limits) {
      var second = connection.sourceFiles().stream().skip(1).limit(1).toList();
      var others =
          connection.sourceFiles().stream().filter(file -> !second.contains(file)).toList();
      return super.add(cause, new NewConnection(connection.connection(), others), limits);
    }
  }

  /** Stores the first 1000 files of a connection and loses the others. */
  @CaughtBy("thousands_of_files_keep_the_order_of_the_request")
  static final class InsertsTheFirstBatchOnly extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Added, OfCreation> add(
        Cause cause, NewConnection connection, Limits limits) {
      var batch = connection.sourceFiles().stream().limit(1_000).toList();
      return super.add(cause, new NewConnection(connection.connection(), batch), limits);
    }
  }

  /** Stores the creation time of a connection with a precision of milliseconds. */
  @CaughtBy("an_added_connection_is_found_unchanged")
  static final class TruncatesTheCreationTimeToMilliseconds extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Added, OfCreation> add(
        Cause cause, NewConnection connection, Limits limits) {
      var it = connection.connection();
      var cut = it.created().truncatedTo(ChronoUnit.MILLIS);
      return super.add(cause, with(it.displayName(), cut, connection), limits);
    }
  }

  /** Stores an empty name as no name, as some databases do. */
  @CaughtBy("any_valid_name_is_stored_unchanged")
  static final class StoresAnEmptyNameAsAbsent extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Added, OfCreation> add(
        Cause cause, NewConnection connection, Limits limits) {
      var it = connection.connection();
      var name = new DisplayName("").equals(it.displayName()) ? null : it.displayName();
      return super.add(cause, with(name, it.created(), connection), limits);
    }
  }

  /** Stores an absent name as an empty name. */
  @CaughtBy("a_connection_without_a_name_is_found_without_a_name")
  static final class StoresAnAbsentNameAsEmpty extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Added, OfCreation> add(
        Cause cause, NewConnection connection, Limits limits) {
      var it = connection.connection();
      var name = it.displayName() == null ? new DisplayName("") : it.displayName();
      return super.add(cause, with(name, it.created(), connection), limits);
    }
  }

  private static NewConnection with(
      @Nullable DisplayName name, Instant created, NewConnection connection) {
    var it = connection.connection();
    return new NewConnection(
        new StorageConnection(it.id(), it.iTwin(), name, it.authenticationType(), created),
        connection.sourceFiles());
  }

  /** Replaces the files of a connection by the added ones. */
  @CaughtBy("added_files_follow_the_existing_files")
  static final class ReplacesInsteadOfAdding extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Added, OfFileAddition> addFiles(
        Cause cause, ConnectionId connection, List<SourceFile> files, Limits limits) {
      for (var present : files(connection)) {
        removeFile(CAUSE, connection, present.id(), Precondition.NONE);
      }
      return super.addFiles(cause, connection, files, limits);
    }
  }

  /**
   * Reads the files of a connection, and writes them back with the added files after another thread
   * has read them too. The files that the other thread adds are lost.
   */
  @CaughtBy("all_concurrent_additions_of_different_files_to_one_connection_succeed")
  static final class ReadsThenAdds extends InMemoryStorageConnectionStore {

    private final RaceLatch othersRead = new RaceLatch(2);

    @Override
    public synchronized Outcome<Added, OfFileAddition> addFiles(
        Cause cause, ConnectionId connection, List<SourceFile> files, Limits limits) {
      var read = files(connection);
      othersRead.arriveAndAwait(this);
      for (var present : files(connection)) {
        if (!read.contains(present)) {
          removeFile(CAUSE, connection, present.id(), Precondition.NONE);
        }
      }
      return super.addFiles(cause, connection, files, limits);
    }
  }

  // ---- atomicity --------------------------------------------------------------------------------

  /** Creates a connection with those of its files that are not mapped, and reports a failure. */
  @CaughtBy("a_failed_addition_stores_nothing")
  static final class StoresTheFreeFilesOfAFailedCreation extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Added, OfCreation> add(
        Cause cause, NewConnection connection, Limits limits) {
      var outcome = super.add(cause, connection, limits);
      if (outcome instanceof Failed(FilesAlreadyMapped failure)) {
        var free = free(connection.sourceFiles(), failure);
        if (!free.isEmpty()) {
          super.add(cause, new NewConnection(connection.connection(), free), limits);
        }
      }
      return outcome;
    }
  }

  /** Adds those files that are not mapped, and reports a failure. */
  @CaughtBy("adding_files_adds_all_of_them_or_none")
  static final class StoresTheFreeFilesOfAFailedAddition extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Added, OfFileAddition> addFiles(
        Cause cause, ConnectionId connection, List<SourceFile> files, Limits limits) {
      var outcome = super.addFiles(cause, connection, files, limits);
      if (outcome instanceof Failed(FilesAlreadyMapped failure)) {
        super.addFiles(cause, connection, free(files, failure), limits);
      }
      return outcome;
    }
  }

  private static List<SourceFile> free(List<SourceFile> files, FilesAlreadyMapped failure) {
    var held = failure.conflicts().stream().map(Conflict::file).toList();
    return files.stream().filter(file -> !held.contains(file.storageFileId())).toList();
  }

  // ---- identity ---------------------------------------------------------------------------------

  /** Finds a connection by the second half of its id. */
  @CaughtBy("find_returns_empty_for_an_unknown_id")
  static final class IgnoresTheIModelInAConnectionId extends InMemoryStorageConnectionStore {

    private final Map<UUID, ConnectionId> ids = new HashMap<>();

    @Override
    public synchronized Outcome<Added, OfCreation> add(
        Cause cause, NewConnection connection, Limits limits) {
      ids.put(connection.id().connection(), connection.id());
      return super.add(cause, connection, limits);
    }

    @Override
    public synchronized Optional<StorageConnection> find(ConnectionId id) {
      return super.find(ids.getOrDefault(id.connection(), id));
    }
  }

  /** Finds a source file by its own id, in any connection. */
  @CaughtBy("a_source_file_of_another_connection_fails_with_source_file_not_found")
  static final class IgnoresTheConnectionOfASourceFile extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<SourceFile, OfFileReading> findFile(
        ConnectionId connection, SourceFileId file) {
      return list(ConnectionFilter.of(connection.iModel()), EVERYTHING).items().stream()
          .map(any -> super.findFile(any.id(), file))
          .filter(Success.class::isInstance)
          .findFirst()
          .orElseGet(() -> super.findFile(connection, file));
    }
  }

  // ---- failures ---------------------------------------------------------------------------------

  /** Reports that a connection does not exist if the store is unavailable. */
  @CaughtBy("every_method_of_an_unavailable_store_throws_a_store_exception")
  static final class FindSwallowsAStoreException extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Optional<StorageConnection> find(ConnectionId id) {
      try {
        return super.find(id);
      } catch (StoreException swallowed) {
        return Optional.empty();
      }
    }
  }

  /** Reports that the connection to remove does not exist if the store is unavailable. */
  @CaughtBy("every_method_of_an_unavailable_store_throws_a_store_exception")
  static final class RemoveSwallowsAStoreException extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Removed, OfDeletion> remove(
        Cause cause, ConnectionId id, Precondition precondition) {
      try {
        return super.remove(cause, id, precondition);
      } catch (StoreException swallowed) {
        return failed(new ConnectionNotFound(id));
      }
    }
  }

  /** Passes the check even if the store is unavailable. */
  @CaughtBy("every_method_of_an_unavailable_store_throws_a_store_exception")
  static final class CheckNeverFails extends InMemoryStorageConnectionStore {

    @Override
    public void check() {
      // The correct store throws if it is unavailable.
    }
  }

  /** Fails the check even if the store is available. */
  @CaughtBy("check_returns_if_the_store_is_available")
  static final class CheckAlwaysFails extends InMemoryStorageConnectionStore {

    @Override
    public synchronized void check() {
      makeUnavailable();
      super.check();
    }
  }

  /** Reports that the connection does not exist if only the source file to remove does not. */
  @CaughtBy({
    "an_unknown_source_file_fails_with_source_file_not_found",
    "a_source_file_of_another_connection_fails_with_source_file_not_found"
  })
  static final class RemoveFileReportsAnUnknownFileAsUnknownConnection
      extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Removed, OfFileRemoval> removeFile(
        Cause cause, ConnectionId connection, SourceFileId file, Precondition precondition) {
      var outcome = super.removeFile(cause, connection, file, precondition);
      return outcome.equals(failed(new SourceFileNotFound(file)))
          ? failed(new ConnectionNotFound(connection))
          : outcome;
    }
  }

  /** Reports that the source file does not exist if the connection to remove it from does not. */
  @CaughtBy("a_source_file_in_an_unknown_connection_fails_with_connection_not_found")
  static final class RemoveFileReportsAnUnknownConnectionAsUnknownFile
      extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Removed, OfFileRemoval> removeFile(
        Cause cause, ConnectionId connection, SourceFileId file, Precondition precondition) {
      var outcome = super.removeFile(cause, connection, file, precondition);
      return outcome.equals(failed(new ConnectionNotFound(connection)))
          ? failed(new SourceFileNotFound(file))
          : outcome;
    }
  }

  /** Reports that the connection does not exist if only the source file to find does not. */
  @CaughtBy({
    "an_unknown_source_file_fails_with_source_file_not_found",
    "a_source_file_of_another_connection_fails_with_source_file_not_found"
  })
  static final class FindFileReportsAnUnknownFileAsUnknownConnection
      extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<SourceFile, OfFileReading> findFile(
        ConnectionId connection, SourceFileId file) {
      var outcome = super.findFile(connection, file);
      return outcome.equals(failed(new SourceFileNotFound(file)))
          ? failed(new ConnectionNotFound(connection))
          : outcome;
    }
  }

  /** Reports that the source file does not exist if the connection to find it in does not. */
  @CaughtBy("a_source_file_in_an_unknown_connection_fails_with_connection_not_found")
  static final class FindFileReportsAnUnknownConnectionAsUnknownFile
      extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<SourceFile, OfFileReading> findFile(
        ConnectionId connection, SourceFileId file) {
      var outcome = super.findFile(connection, file);
      return outcome.equals(failed(new ConnectionNotFound(connection)))
          ? failed(new SourceFileNotFound(file))
          : outcome;
    }
  }

  /** Lists an unknown connection as if it existed and were empty. */
  @CaughtBy("listing_the_source_files_of_an_unknown_connection_fails_with_connection_not_found")
  static final class ListsAnUnknownConnectionAsEmpty extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Page<SourceFile>, OfReading> listFiles(
        ConnectionId connection, PageRequest pageRequest) {
      var outcome = super.listFiles(connection, pageRequest);
      return outcome.equals(failed(new ConnectionNotFound(connection)))
          ? success(new Page<>(List.of(), 0, false))
          : outcome;
    }
  }

  /** Reports that a connection without source files does not exist. */
  @CaughtBy("an_empty_connection_has_an_empty_list_of_source_files")
  static final class ReportsAnEmptyConnectionAsUnknown extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Page<SourceFile>, OfReading> listFiles(
        ConnectionId connection, PageRequest pageRequest) {
      return files(connection).isEmpty()
          ? failed(new ConnectionNotFound(connection))
          : super.listFiles(connection, pageRequest);
    }
  }

  /** Reports that the connection does not exist if the page begins after the last source file. */
  @CaughtBy("pages_of_any_size_cover_the_list_of_source_files")
  static final class ReportsAPageAfterTheEndAsUnknownConnection
      extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Page<SourceFile>, OfReading> listFiles(
        ConnectionId connection, PageRequest pageRequest) {
      var pastTheEnd = pageRequest.skip() > 0 && pageRequest.skip() >= files(connection).size();
      return pastTheEnd
          ? failed(new ConnectionNotFound(connection))
          : super.listFiles(connection, pageRequest);
    }
  }

  /** Reports success if the connection does not exist. */
  @CaughtBy("adding_files_to_an_unknown_connection_fails_with_connection_not_found")
  static final class AddsFilesToAnUnknownConnection extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Added, OfFileAddition> addFiles(
        Cause cause, ConnectionId connection, List<SourceFile> files, Limits limits) {
      var outcome = super.addFiles(cause, connection, files, limits);
      return outcome.equals(failed(new ConnectionNotFound(connection)))
          ? success(new Added(null))
          : outcome;
    }
  }
}
