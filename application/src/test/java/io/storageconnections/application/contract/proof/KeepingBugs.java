package io.storageconnections.application.contract.proof;

import static io.storageconnections.application.outcome.Outcome.failed;
import static io.storageconnections.application.outcome.Outcome.success;

import io.storageconnections.application.contract.InMemoryStorageConnectionStore;
import io.storageconnections.application.outcome.Failure.ConnectionNotFound;
import io.storageconnections.application.outcome.Failure.FilesAlreadyMapped;
import io.storageconnections.application.outcome.Failure.OfChange;
import io.storageconnections.application.outcome.Failure.OfCreation;
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

/** Stores that do not give back what was put in. */
final class KeepingBugs {

  private static final PageRequest EVERYTHING = new PageRequest(0, PageRequest.TOP_MAX);

  private KeepingBugs() {}

  // ---- what is kept -----------------------------------------------------------------------------

  /** Loses the second file of each connection. */
  @CaughtBy("what_was_added_is_found_as_it_was")
  static final class LosesTheSecondFile extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Added, OfCreation> add(NewConnection connection, Limits limits) {
      var second = connection.sourceFiles().stream().skip(1).limit(1).toList();
      var others =
          connection.sourceFiles().stream().filter(file -> !second.contains(file)).toList();
      return super.add(new NewConnection(connection.connection(), others), limits);
    }
  }

  /** Loses the files that do not fit into the first batch. */
  @CaughtBy("files_keep_the_order_of_the_request_however_many")
  static final class InsertsOneBatchOnly extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Added, OfCreation> add(NewConnection connection, Limits limits) {
      var batch = connection.sourceFiles().stream().limit(1_000).toList();
      return super.add(new NewConnection(connection.connection(), batch), limits);
    }
  }

  /** Keeps when a connection was made to the millisecond. */
  @CaughtBy("what_was_added_is_found_as_it_was")
  static final class CutsTheTimeToMilliseconds extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Added, OfCreation> add(NewConnection connection, Limits limits) {
      var it = connection.connection();
      var cut = it.created().truncatedTo(ChronoUnit.MILLIS);
      return super.add(with(it.displayName(), cut, connection), limits);
    }
  }

  /** Keeps an empty name as none, as some databases do. */
  @CaughtBy("the_longest_and_strangest_name_is_kept")
  static final class TakesAnEmptyNameForNone extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Added, OfCreation> add(NewConnection connection, Limits limits) {
      var it = connection.connection();
      var name = new DisplayName("").equals(it.displayName()) ? null : it.displayName();
      return super.add(with(name, it.created(), connection), limits);
    }
  }

  /** Keeps no name as an empty one. */
  @CaughtBy("a_connection_needs_no_name")
  static final class TakesNoNameForAnEmptyOne extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Added, OfCreation> add(NewConnection connection, Limits limits) {
      var it = connection.connection();
      var name = it.displayName() == null ? new DisplayName("") : it.displayName();
      return super.add(with(name, it.created(), connection), limits);
    }
  }

  private static NewConnection with(
      @Nullable DisplayName name, Instant created, NewConnection connection) {
    var it = connection.connection();
    return new NewConnection(
        new StorageConnection(it.id(), it.iTwin(), name, it.authenticationType(), created),
        connection.sourceFiles());
  }

  /** Puts files into the place of those that are there. */
  @CaughtBy("added_files_follow_those_that_are_there")
  static final class ReplacesInsteadOfAdding extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Added, OfFileAddition> addFiles(
        ConnectionId connection, List<SourceFile> files, Limits limits) {
      for (var present : files(connection)) {
        removeFile(connection, present.id(), Precondition.NONE);
      }
      return super.addFiles(connection, files, limits);
    }
  }

  /**
   * Reads the files of a connection, and writes them back with those that were added when another
   * thread has read them too.
   */
  @CaughtBy("any_number_of_additions_to_one_connection_succeed_side_by_side")
  static final class ReadsThenAdds extends InMemoryStorageConnectionStore {

    private final RaceLatch othersRead = new RaceLatch(2);

    @Override
    public synchronized Outcome<Added, OfFileAddition> addFiles(
        ConnectionId connection, List<SourceFile> files, Limits limits) {
      var read = files(connection);
      othersRead.arriveAndAwait(this);
      for (var present : files(connection)) {
        if (!read.contains(present)) {
          removeFile(connection, present.id(), Precondition.NONE);
        }
      }
      return super.addFiles(connection, files, limits);
    }
  }

  // ---- all or nothing ---------------------------------------------------------------------------

  /** Keeps those files of a refused connection that nobody holds. */
  @CaughtBy("nothing_of_a_refused_connection_is_stored")
  static final class KeepsHalfOfARefusedConnection extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Added, OfCreation> add(NewConnection connection, Limits limits) {
      var answer = super.add(connection, limits);
      if (answer instanceof Failed(FilesAlreadyMapped taken)) {
        var free = free(connection.sourceFiles(), taken);
        if (!free.isEmpty()) {
          super.add(new NewConnection(connection.connection(), free), limits);
        }
      }
      return answer;
    }
  }

  /** Adds those files that nobody holds, and answers that it added none. */
  @CaughtBy("all_files_are_added_or_none")
  static final class AddsHalfOfTheFiles extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Added, OfFileAddition> addFiles(
        ConnectionId connection, List<SourceFile> files, Limits limits) {
      var answer = super.addFiles(connection, files, limits);
      if (answer instanceof Failed(FilesAlreadyMapped taken)) {
        super.addFiles(connection, free(files, taken), limits);
      }
      return answer;
    }
  }

  private static List<SourceFile> free(List<SourceFile> files, FilesAlreadyMapped taken) {
    var held = taken.conflicts().stream().map(Conflict::file).toList();
    return files.stream().filter(file -> !held.contains(file.storageFileId())).toList();
  }

  // ---- what is found ----------------------------------------------------------------------------

  /** Looks for a connection by the second half of its id. */
  @CaughtBy("an_unknown_id_finds_nothing")
  static final class FindsAConnectionInAnyIModel extends InMemoryStorageConnectionStore {

    private final Map<UUID, ConnectionId> ids = new HashMap<>();

    @Override
    public synchronized Outcome<Added, OfCreation> add(NewConnection connection, Limits limits) {
      ids.put(connection.id().connection(), connection.id());
      return super.add(connection, limits);
    }

    @Override
    public synchronized Optional<StorageConnection> find(ConnectionId id) {
      return super.find(ids.getOrDefault(id.connection(), id));
    }
  }

  /** Looks for a source file by its own id alone. */
  @CaughtBy("a_source_file_of_another_connection_fails_with_source_file_not_found")
  static final class FindsAFileInAnyConnection extends InMemoryStorageConnectionStore {

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

  // ---- what is not there, and what cannot be known ----------------------------------------------

  /** Swallows a failure and finds nothing. */
  @CaughtBy("one_that_is_away_says_so_and_never_that_there_is_nothing")
  static final class TakesAFailureForNothingThere extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Optional<StorageConnection> find(ConnectionId id) {
      try {
        return super.find(id);
      } catch (StoreException swallowed) {
        return Optional.empty();
      }
    }
  }

  /** Swallows a failure and answers that the connection is gone already. */
  @CaughtBy("one_that_is_away_says_so_and_never_that_there_is_nothing")
  static final class TakesAFailureForAMissingConnection extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Removed, OfChange> remove(
        ConnectionId id, Precondition precondition) {
      try {
        return super.remove(id, precondition);
      } catch (StoreException swallowed) {
        return failed(new ConnectionNotFound(id));
      }
    }
  }

  /** Is ready whatever happens. */
  @CaughtBy("one_that_is_away_says_so_and_never_that_there_is_nothing")
  static final class IsAlwaysReady extends InMemoryStorageConnectionStore {

    @Override
    public void check() {
      // Nobody is asked.
    }
  }

  /** Is never ready. */
  @CaughtBy("it_says_that_it_answers")
  static final class IsNeverReady extends InMemoryStorageConnectionStore {

    @Override
    public synchronized void check() {
      goAway();
      super.check();
    }
  }

  /** Answers that the connection does not exist if only the source file to remove does not. */
  @CaughtBy({
    "an_unknown_source_file_fails_with_source_file_not_found",
    "a_source_file_of_another_connection_fails_with_source_file_not_found"
  })
  static final class RemovesFromAMissingConnectionIfTheFileIsMissing
      extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Removed, OfFileRemoval> removeFile(
        ConnectionId connection, SourceFileId file, Precondition precondition) {
      var answer = super.removeFile(connection, file, precondition);
      return answer.equals(failed(new SourceFileNotFound(file)))
          ? failed(new ConnectionNotFound(connection))
          : answer;
    }
  }

  /** Answers that the source file does not exist if the connection to remove it from does not. */
  @CaughtBy("a_source_file_in_an_unknown_connection_fails_with_connection_not_found")
  static final class RemovesAMissingFileFromAnUnknownConnection
      extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Removed, OfFileRemoval> removeFile(
        ConnectionId connection, SourceFileId file, Precondition precondition) {
      var answer = super.removeFile(connection, file, precondition);
      return answer.equals(failed(new ConnectionNotFound(connection)))
          ? failed(new SourceFileNotFound(file))
          : answer;
    }
  }

  /** Answers that the connection does not exist if only the source file to find does not. */
  @CaughtBy({
    "an_unknown_source_file_fails_with_source_file_not_found",
    "a_source_file_of_another_connection_fails_with_source_file_not_found"
  })
  static final class FindsNoConnectionIfTheFileIsMissing extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<SourceFile, OfFileReading> findFile(
        ConnectionId connection, SourceFileId file) {
      var answer = super.findFile(connection, file);
      return answer.equals(failed(new SourceFileNotFound(file)))
          ? failed(new ConnectionNotFound(connection))
          : answer;
    }
  }

  /** Answers that the source file does not exist if the connection to find it in does not. */
  @CaughtBy("a_source_file_in_an_unknown_connection_fails_with_connection_not_found")
  static final class FindsNoFileInAnUnknownConnection extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<SourceFile, OfFileReading> findFile(
        ConnectionId connection, SourceFileId file) {
      var answer = super.findFile(connection, file);
      return answer.equals(failed(new ConnectionNotFound(connection)))
          ? failed(new SourceFileNotFound(file))
          : answer;
    }
  }

  /** Lists an unknown connection as if it existed and were empty. */
  @CaughtBy("listing_the_source_files_of_an_unknown_connection_fails_with_connection_not_found")
  static final class ListsAnUnknownConnectionAsEmpty extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Page<SourceFile>, OfReading> listFiles(
        ConnectionId connection, PageRequest pageRequest) {
      var answer = super.listFiles(connection, pageRequest);
      return answer.equals(failed(new ConnectionNotFound(connection)))
          ? success(new Page<>(List.of(), 0, false))
          : answer;
    }
  }

  /** Answers that a connection without source files does not exist. */
  @CaughtBy("an_empty_connection_has_an_empty_list_of_source_files")
  static final class ListsAnEmptyConnectionAsUnknown extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Page<SourceFile>, OfReading> listFiles(
        ConnectionId connection, PageRequest pageRequest) {
      return files(connection).isEmpty()
          ? failed(new ConnectionNotFound(connection))
          : super.listFiles(connection, pageRequest);
    }
  }

  /** Answers that the connection does not exist if the page begins after the last source file. */
  @CaughtBy("files_can_be_walked_in_pages_of_any_size")
  static final class ListsAPageAfterTheEndAsUnknown extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Page<SourceFile>, OfReading> listFiles(
        ConnectionId connection, PageRequest pageRequest) {
      var pastTheEnd = pageRequest.skip() > 0 && pageRequest.skip() >= files(connection).size();
      return pastTheEnd
          ? failed(new ConnectionNotFound(connection))
          : super.listFiles(connection, pageRequest);
    }
  }

  /** Adds files to nothing, and calls it done. */
  @CaughtBy("nothing_is_added_to_what_is_not_there")
  static final class AddsFilesToNothing extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Added, OfFileAddition> addFiles(
        ConnectionId connection, List<SourceFile> files, Limits limits) {
      var answer = super.addFiles(connection, files, limits);
      return answer.equals(failed(new ConnectionNotFound(connection)))
          ? success(new Added(null))
          : answer;
    }
  }
}
