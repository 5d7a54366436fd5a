package io.storageconnections.application.contract.proof;

import static java.util.Comparator.comparing;

import io.storageconnections.application.contract.InMemoryStorageConnectionStore;
import io.storageconnections.application.outcome.Failure.OfCreation;
import io.storageconnections.application.outcome.Failure.OfReading;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.port.ConnectionFilter;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.StorageConnectionStore.Added;
import io.storageconnections.domain.audit.Cause;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.DisplayName;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.NewConnection;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.StorageConnection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stores that select, order or cut a list wrongly. */
final class ListBugs {

  private static final PageRequest EVERYTHING = new PageRequest(0, PageRequest.TOP_MAX);

  private ListBugs() {}

  // ---- pages ------------------------------------------------------------------------------------

  /** Lists the newest first. */
  @CaughtBy("connections_are_listed_by_creation_time_then_id")
  static final class ListsTheNewestFirst extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Page<StorageConnection> list(
        ConnectionFilter filter, PageRequest pageRequest) {
      return Page.of(super.list(filter, EVERYTHING).items().reversed(), pageRequest);
    }
  }

  /** Compares ids as {@code UUID} does: as signed numbers. */
  @CaughtBy("ids_are_ordered_as_unsigned_bytes")
  static final class SortsIdsAsSignedNumbers extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Page<StorageConnection> list(
        ConnectionFilter filter, PageRequest pageRequest) {
      return Page.of(
          super.list(filter, EVERYTHING).items().stream()
              .sorted(
                  comparing(StorageConnection::created)
                      .thenComparing(connection -> connection.id().connection()))
              .toList(),
          pageRequest);
    }
  }

  /** Skips one connection too few. */
  @CaughtBy("pages_of_any_size_cover_the_list_of_connections")
  static final class SkipsOneConnectionTooFew extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Page<StorageConnection> list(
        ConnectionFilter filter, PageRequest pageRequest) {
      return super.list(
          filter, new PageRequest(Math.max(0, pageRequest.skip() - 1), pageRequest.top()));
    }
  }

  /** Ignores the size of the page. */
  @CaughtBy("pages_of_any_size_cover_the_list_of_connections")
  static final class IgnoresTheSizeOfThePage extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Page<StorageConnection> list(
        ConnectionFilter filter, PageRequest pageRequest) {
      return super.list(filter, new PageRequest(pageRequest.skip(), PageRequest.TOP_MAX));
    }
  }

  /** Reports that entries follow every full page. */
  @CaughtBy("pages_of_any_size_cover_the_list_of_connections")
  static final class ReportsMoreAfterEveryFullPage extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Page<StorageConnection> list(
        ConnectionFilter filter, PageRequest pageRequest) {
      var page = super.list(filter, pageRequest);
      return new Page<>(page.items(), page.preceding(), page.items().size() == pageRequest.top());
    }
  }

  /** Reports the requested number of skipped entries even if the list is shorter. */
  @CaughtBy("pages_of_any_size_cover_the_list_of_connections")
  static final class ReportsTheRequestedSkipAsPreceding extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Page<StorageConnection> list(
        ConnectionFilter filter, PageRequest pageRequest) {
      var page = super.list(filter, pageRequest);
      return new Page<>(page.items(), pageRequest.skip(), page.more());
    }
  }

  /** Skips one source file too few. */
  @CaughtBy("pages_of_any_size_cover_the_list_of_source_files")
  static final class SkipsOneFileTooFew extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Page<SourceFile>, OfReading> listFiles(
        ConnectionId connection, PageRequest pageRequest) {
      return super.listFiles(
          connection, new PageRequest(Math.max(0, pageRequest.skip() - 1), pageRequest.top()));
    }
  }

  /** Lists source files in the order of an index on the Storage file ids. */
  @CaughtBy("thousands_of_files_keep_the_order_of_the_request")
  static final class SortsFilesByStorageFileId extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Page<SourceFile>, OfReading> listFiles(
        ConnectionId connection, PageRequest pageRequest) {
      var all = files(connection);
      var sorted = all.stream().sorted(comparing(SourceFile::storageFileId)).toList();
      return super.listFiles(connection, pageRequest).map(page -> Page.of(sorted, pageRequest));
    }
  }

  // ---- filters ----------------------------------------------------------------------------------

  /** Lists the connections of all iModels. */
  @CaughtBy("connections_are_listed_by_creation_time_then_id")
  static final class ListsTheConnectionsOfAllIModels extends InMemoryStorageConnectionStore {

    private final Set<IModelId> known = new HashSet<>();

    @Override
    public synchronized Outcome<Added, OfCreation> add(
        Cause cause, NewConnection connection, Limits limits) {
      known.add(connection.iModel());
      return super.add(cause, connection, limits);
    }

    @Override
    public synchronized Page<StorageConnection> list(
        ConnectionFilter filter, PageRequest pageRequest) {
      return Page.of(
          known.stream()
              .map(iModel -> with(iModel, filter))
              .flatMap(wider -> super.list(wider, EVERYTHING).items().stream())
              .sorted(StorageConnection.OLDEST_FIRST)
              .toList(),
          pageRequest);
    }

    private static ConnectionFilter with(IModelId iModel, ConnectionFilter filter) {
      return new ConnectionFilter(
          iModel, filter.storageFileId(), filter.connectorType(), filter.displayName());
    }
  }

  /** Ignores the condition on the Storage file. */
  @CaughtBy("the_file_filter_selects_the_connection_that_maps_the_file")
  static final class IgnoresTheFileFilter extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Page<StorageConnection> list(
        ConnectionFilter filter, PageRequest pageRequest) {
      return super.list(
          new ConnectionFilter(filter.iModel(), null, filter.connectorType(), filter.displayName()),
          pageRequest);
    }
  }

  /** Ignores the condition on the connector type. */
  @CaughtBy("a_filter_matches_exactly_and_all_its_conditions_must_hold")
  static final class IgnoresTheConnectorFilter extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Page<StorageConnection> list(
        ConnectionFilter filter, PageRequest pageRequest) {
      return super.list(
          new ConnectionFilter(filter.iModel(), filter.storageFileId(), null, filter.displayName()),
          pageRequest);
    }
  }

  /** Ignores the condition on the name. */
  @CaughtBy("a_filter_matches_exactly_and_all_its_conditions_must_hold")
  static final class IgnoresTheNameFilter extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Page<StorageConnection> list(
        ConnectionFilter filter, PageRequest pageRequest) {
      return super.list(withoutName(filter), pageRequest);
    }
  }

  /** Compares names without case, like a case-insensitive collation. */
  @CaughtBy("a_filter_matches_exactly_and_all_its_conditions_must_hold")
  static final class IgnoresTheCaseOfNames extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Page<StorageConnection> list(
        ConnectionFilter filter, PageRequest pageRequest) {
      var name = filter.displayName();
      return Page.of(
          super.list(withoutName(filter), EVERYTHING).items().stream()
              .filter(
                  connection -> name == null || equalIgnoringCase(name, connection.displayName()))
              .toList(),
          pageRequest);
    }

    private static boolean equalIgnoringCase(DisplayName one, @Nullable DisplayName other) {
      return other != null && one.value().equalsIgnoreCase(other.value());
    }
  }

  private static ConnectionFilter withoutName(ConnectionFilter filter) {
    return new ConnectionFilter(
        filter.iModel(), filter.storageFileId(), filter.connectorType(), null);
  }

  /** Lists a connection once for each matching source file, like a join without DISTINCT. */
  @CaughtBy("a_filter_matches_exactly_and_all_its_conditions_must_hold")
  static final class ListsAConnectionOncePerMatchingFile extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Page<StorageConnection> list(
        ConnectionFilter filter, PageRequest pageRequest) {
      return filter.connectorType() == null
          ? super.list(filter, pageRequest)
          : Page.of(
              super.list(filter, EVERYTHING).items().stream()
                  .flatMap(connection ->
                      Collections.nCopies(matchingFiles(connection, filter), connection).stream())
                  .toList(),
              pageRequest);
    }

    private int matchingFiles(StorageConnection connection, ConnectionFilter filter) {
      return (int)
          files(connection.id()).stream()
              .filter(file -> file.connectorType() == filter.connectorType())
              .count();
    }
  }
}
