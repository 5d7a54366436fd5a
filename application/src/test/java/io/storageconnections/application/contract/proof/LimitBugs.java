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
import io.storageconnections.domain.audit.Cause;
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

/** Stores that count wrongly or enforce the limits wrongly. */
final class LimitBugs {

  private LimitBugs() {}

  /** Allows one connection more than the limit. */
  @CaughtBy({
    "an_addition_above_a_limit_fails_and_reports_the_limit_and_the_usage",
    "concurrent_creations_do_not_exceed_the_limit"
  })
  static final class AllowsOneConnectionAboveTheLimit extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Added, OfCreation> add(
        Cause cause, NewConnection connection, Limits limits) {
      var most = limits.connectionsPerIModel();
      return super.add(
          cause, connection, new Limits(most == 0 ? 0 : most + 1, limits.filesPerIModel()));
    }
  }

  /** Allows one source file more than the limit. */
  @CaughtBy({
    "an_addition_above_a_limit_fails_and_reports_the_limit_and_the_usage",
    "concurrent_additions_of_files_do_not_exceed_the_limit"
  })
  static final class AllowsOneFileAboveTheLimit extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Added, OfFileAddition> addFiles(
        Cause cause, ConnectionId connection, List<SourceFile> files, Limits limits) {
      var most = limits.filesPerIModel();
      return super.addFiles(
          cause,
          connection,
          files,
          new Limits(limits.connectionsPerIModel(), most == 0 ? 0 : most + 1));
    }
  }

  /** Checks the limits, and adds after more threads have checked than the limits allow. */
  @CaughtBy({
    "concurrent_creations_do_not_exceed_the_limit",
    "concurrent_additions_of_files_do_not_exceed_the_limit"
  })
  static final class CountsThenInserts extends InMemoryStorageConnectionStore {

    /** One thread more than the limits allow. */
    private final RaceLatch counted = new RaceLatch(4);

    @Override
    protected List<Conflict> conflicts(
        ConnectionId connection, List<StorageFileId> wanted, @Nullable SourceFileId changing) {
      counted.arriveAndAwait(this);
      return super.conflicts(connection, wanted, changing);
    }
  }

  /** Counts the connections and source files of all iModels together. */
  @CaughtBy("an_addition_within_the_limits_succeeds_and_reports_the_new_usage")
  static final class CountsAllIModelsTogether extends InMemoryStorageConnectionStore {

    private final Set<IModelId> known = new HashSet<>();

    @Override
    protected Usage usage(IModelId iModel) {
      known.add(iModel);
      return known.stream().map(super::usage).reduce(new Usage(0, 0), Usage::plus);
    }
  }

  /** Does not enforce a limit that is exceeded already. */
  @CaughtBy("an_imodel_above_its_limit_can_be_changed_but_not_extended")
  static final class IgnoresALimitThatIsExceededAlready extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Added, OfFileAddition> addFiles(
        Cause cause, ConnectionId connection, List<SourceFile> files, Limits limits) {
      var exceeded = usage(connection.iModel()).sourceFiles() > limits.filesPerIModel();
      return super.addFiles(cause, connection, files, exceeded ? Limits.NONE : limits);
    }
  }

  /** Counts removed source files. */
  @CaughtBy("removed_connections_and_source_files_no_longer_count")
  static final class CountsARemovedFile extends InMemoryStorageConnectionStore {

    private int removed;

    @Override
    public synchronized Outcome<Removed, OfFileRemoval> removeFile(
        Cause cause, ConnectionId connection, SourceFileId file, Precondition precondition) {
      var outcome = super.removeFile(cause, connection, file, precondition);
      removed += outcome instanceof Success ? 1 : 0;
      return outcome;
    }

    @Override
    protected Usage usage(IModelId iModel) {
      return super.usage(iModel).plus(new Usage(0, removed));
    }
  }

  /** Checks the limits of a new connection before its files. */
  @CaughtBy("a_file_that_is_mapped_already_takes_precedence_over_a_limit")
  static final class ReportsTheLimitOfANewConnectionFirst extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Added, OfCreation> add(
        Cause cause, NewConnection connection, Limits limits) {
      var excess = limits.excess(usage(connection.iModel()), connection.usage());
      return excess.isPresent()
          ? failed(new LimitReached(excess.get()))
          : super.add(cause, connection, limits);
    }
  }

  /** Checks the limits of added files before the files. */
  @CaughtBy("a_file_that_is_mapped_already_takes_precedence_over_a_limit")
  static final class ReportsTheLimitOfAddedFilesFirst extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Added, OfFileAddition> addFiles(
        Cause cause, ConnectionId connection, List<SourceFile> files, Limits limits) {
      var excess = limits.excess(usage(connection.iModel()), new Usage(0, files.size()));
      return excess.isPresent() && find(connection).isPresent()
          ? failed(new LimitReached(excess.get()))
          : super.addFiles(cause, connection, files, limits);
    }
  }

  /** Allows no connections if their number is not limited. */
  @CaughtBy("a_limit_of_zero_means_no_limit")
  static final class TreatsNoLimitAsALimitOfZero extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Added, OfCreation> add(
        Cause cause, NewConnection connection, Limits limits) {
      return limits.areSet() && limits.connectionsPerIModel() == 0
          ? failed(new LimitReached(new Limits.Excess(Limits.Subject.CONNECTIONS, 0, 0, 1)))
          : super.add(cause, connection, limits);
    }
  }

  /** Reports the usage before the addition. */
  @CaughtBy("an_addition_within_the_limits_succeeds_and_reports_the_new_usage")
  static final class ReportsTheUsageBeforeTheAddition extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Added, OfCreation> add(
        Cause cause, NewConnection connection, Limits limits) {
      var before = limits.limited(usage(connection.iModel()));
      var outcome = super.add(cause, connection, limits);
      return outcome instanceof Success && limits.areSet() ? success(new Added(before)) : outcome;
    }
  }

  /** Checks the limits before it checks that the connection exists. */
  @CaughtBy("adding_files_to_an_unknown_connection_of_a_full_imodel_is_no_limit_failure")
  static final class ChecksTheLimitBeforeTheConnection extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Added, OfFileAddition> addFiles(
        Cause cause, ConnectionId connection, List<SourceFile> files, Limits limits) {
      var excess = limits.excess(usage(connection.iModel()), new Usage(0, files.size()));
      return excess.isPresent()
          ? failed(new LimitReached(excess.get()))
          : super.addFiles(cause, connection, files, limits);
    }
  }
}
