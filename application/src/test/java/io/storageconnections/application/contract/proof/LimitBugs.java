package io.storageconnections.application.contract.proof;

import static io.storageconnections.application.outcome.Outcome.failed;
import static io.storageconnections.application.outcome.Outcome.success;

import io.storageconnections.application.contract.InMemoryStorageConnectionStore;
import io.storageconnections.application.outcome.Failure.LimitReached;
import io.storageconnections.application.outcome.Failure.OfCreation;
import io.storageconnections.application.outcome.Failure.OfFileAddition;
import io.storageconnections.application.outcome.Failure.OfFileRemoval;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.outcome.Outcome.Success;
import io.storageconnections.application.outcome.Removed;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.application.port.StorageConnectionStore.Added;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.FileMappings.Conflict;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.NewConnection;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.SourceFileId;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.domain.connection.Usage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stores that count wrongly. */
final class LimitBugs {

  private LimitBugs() {}

  /** Lets in one connection more than the limit. */
  @CaughtBy({
    "what_does_not_fit_is_refused_with_the_limit_and_what_there_is",
    "of_many_that_create_at_once_as_many_succeed_as_there_is_room"
  })
  static final class LetsInOneConnectionTooMany extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Added, OfCreation> add(NewConnection connection, Limits limits) {
      var most = limits.connectionsPerIModel();
      return super.add(connection, new Limits(most == 0 ? 0 : most + 1, limits.filesPerIModel()));
    }
  }

  /** Adds one file more than the limit to a connection. */
  @CaughtBy({
    "what_does_not_fit_is_refused_with_the_limit_and_what_there_is",
    "of_many_that_add_files_at_once_as_many_succeed_as_there_is_room"
  })
  static final class AddsOneFileTooMany extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Added, OfFileAddition> addFiles(
        ConnectionId connection, List<SourceFile> files, Limits limits) {
      var most = limits.filesPerIModel();
      return super.addFiles(
          connection, files, new Limits(limits.connectionsPerIModel(), most == 0 ? 0 : most + 1));
    }
  }

  /** Checks that there is room, and takes it when too many threads have checked that. */
  @CaughtBy({
    "of_many_that_create_at_once_as_many_succeed_as_there_is_room",
    "of_many_that_add_files_at_once_as_many_succeed_as_there_is_room"
  })
  static final class CountsThenInserts extends InMemoryStorageConnectionStore {

    /** One thread more than the limits leave room for. */
    private final RaceLatch counted = new RaceLatch(4);

    @Override
    protected List<Conflict> conflicts(
        ConnectionId connection, List<StorageFileId> wanted, @Nullable SourceFileId changing) {
      counted.arriveAndAwait(this);
      return super.conflicts(connection, wanted, changing);
    }
  }

  /** Counts the connections and files of all iModels together. */
  @CaughtBy("what_fits_is_added_and_told_with_what_there_is_then")
  static final class CountsOtherIModelsToo extends InMemoryStorageConnectionStore {

    private final Set<IModelId> known = new HashSet<>();

    @Override
    protected Usage usage(IModelId iModel) {
      known.add(iModel);
      return known.stream().map(super::usage).reduce(new Usage(0, 0), Usage::plus);
    }
  }

  /** Notices a limit that is reached, and not one that is exceeded. */
  @CaughtBy("more_than_a_limit_may_be_there_and_be_changed_but_nothing_be_added")
  static final class ForgetsALimitThatIsExceeded extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Added, OfFileAddition> addFiles(
        ConnectionId connection, List<SourceFile> files, Limits limits) {
      var exceeded = usage(connection.iModel()).sourceFiles() > limits.filesPerIModel();
      return super.addFiles(connection, files, exceeded ? Limits.NONE : limits);
    }
  }

  /** Goes on counting a source file that is removed. */
  @CaughtBy("what_is_removed_makes_room")
  static final class CountsARemovedFile extends InMemoryStorageConnectionStore {

    private int removed;

    @Override
    public synchronized Outcome<Removed, OfFileRemoval> removeFile(
        ConnectionId connection, SourceFileId file, Precondition precondition) {
      var answer = super.removeFile(connection, file, precondition);
      removed += answer instanceof Success ? 1 : 0;
      return answer;
    }

    @Override
    protected Usage usage(IModelId iModel) {
      return super.usage(iModel).plus(new Usage(0, removed));
    }
  }

  /** Takes no limit for a limit of zero. */
  @CaughtBy("a_limit_of_zero_is_none")
  static final class LetsNobodyInWhereNothingIsLimited extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Added, OfCreation> add(NewConnection connection, Limits limits) {
      return limits.areSet() && limits.connectionsPerIModel() == 0
          ? failed(new LimitReached(new Limits.Excess(Limits.Subject.CONNECTIONS, 0, 0, 1)))
          : super.add(connection, limits);
    }
  }

  /** Tells what an iModel held before the addition. */
  @CaughtBy("what_fits_is_added_and_told_with_what_there_is_then")
  static final class TellsTheUsageOfBefore extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Added, OfCreation> add(NewConnection connection, Limits limits) {
      var before = limits.limited(usage(connection.iModel()));
      var answer = super.add(connection, limits);
      return answer instanceof Success && limits.areSet() ? success(new Added(before)) : answer;
    }
  }

  /** Counts before it looks whether the connection is there at all. */
  @CaughtBy("what_is_not_there_is_not_found_however_full_the_imodel_is")
  static final class CountsBeforeItLooks extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Added, OfFileAddition> addFiles(
        ConnectionId connection, List<SourceFile> files, Limits limits) {
      var excess = limits.excess(usage(connection.iModel()), new Usage(0, files.size()));
      return excess.isPresent()
          ? failed(new LimitReached(excess.get()))
          : super.addFiles(connection, files, limits);
    }
  }
}
