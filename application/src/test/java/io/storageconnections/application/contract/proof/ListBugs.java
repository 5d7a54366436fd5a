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

/** Stores that list what is there otherwise than they were asked. */
final class ListBugs {

  private static final PageRequest EVERYTHING = new PageRequest(0, PageRequest.TOP_MAX);

  private ListBugs() {}

  // ---- pages ------------------------------------------------------------------------------------

  /** Lists the newest first. */
  @CaughtBy("connections_are_listed_by_creation_then_id_whatever_the_order_they_came_in")
  static final class ListsTheNewestFirst extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Page<StorageConnection> list(ConnectionFilter filter, PageRequest slice) {
      return Page.of(super.list(filter, EVERYTHING).items().reversed(), slice);
    }
  }

  /** Sorts ids as Java does, by signed numbers. */
  @CaughtBy("of_one_moment_the_ids_decide_by_their_bytes")
  static final class SortsIdsAsSignedNumbers extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Page<StorageConnection> list(ConnectionFilter filter, PageRequest slice) {
      return Page.of(
          super.list(filter, EVERYTHING).items().stream()
              .sorted(
                  comparing(StorageConnection::created)
                      .thenComparing(connection -> connection.id().connection()))
              .toList(),
          slice);
    }
  }

  /** Skips one too few. */
  @CaughtBy("a_list_can_be_walked_in_pages_of_any_size")
  static final class SkipsOneTooFew extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Page<StorageConnection> list(ConnectionFilter filter, PageRequest slice) {
      return super.list(filter, new PageRequest(Math.max(0, slice.skip() - 1), slice.top()));
    }
  }

  /** Lists all there are, however many were asked for. */
  @CaughtBy("a_list_can_be_walked_in_pages_of_any_size")
  static final class IgnoresTop extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Page<StorageConnection> list(ConnectionFilter filter, PageRequest slice) {
      return super.list(filter, new PageRequest(slice.skip(), PageRequest.TOP_MAX));
    }
  }

  /** Takes a full page for a sign that there is another. */
  @CaughtBy("a_list_can_be_walked_in_pages_of_any_size")
  static final class PromisesAnotherPageAfterAFullOne extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Page<StorageConnection> list(ConnectionFilter filter, PageRequest slice) {
      var page = super.list(filter, slice);
      return new Page<>(page.items(), page.preceding(), page.items().size() == slice.top());
    }
  }

  /** Says that as many precede as were to be skipped, even if there are not so many. */
  @CaughtBy("a_list_can_be_walked_in_pages_of_any_size")
  static final class CountsWhatIsNotThere extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Page<StorageConnection> list(ConnectionFilter filter, PageRequest slice) {
      var page = super.list(filter, slice);
      return new Page<>(page.items(), slice.skip(), page.more());
    }
  }

  /** Skips one source file too few. */
  @CaughtBy("files_can_be_walked_in_pages_of_any_size")
  static final class SkipsOneFileTooFew extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Page<SourceFile>, OfReading> listFiles(
        ConnectionId connection, PageRequest slice) {
      return super.listFiles(
          connection, new PageRequest(Math.max(0, slice.skip() - 1), slice.top()));
    }
  }

  /** Lists source files in the order in which the index of the mappings has them. */
  @CaughtBy("files_keep_the_order_of_the_request_however_many")
  static final class SortsFilesByWhatTheyAreInStorage extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Outcome<Page<SourceFile>, OfReading> listFiles(
        ConnectionId connection, PageRequest slice) {
      var all = files(connection);
      var sorted = all.stream().sorted(comparing(SourceFile::storageFileId)).toList();
      return super.listFiles(connection, slice).map(page -> Page.of(sorted, slice));
    }
  }

  // ---- filters ----------------------------------------------------------------------------------

  /** Lists the connections of every iModel. */
  @CaughtBy("connections_are_listed_by_creation_then_id_whatever_the_order_they_came_in")
  static final class ListsOtherIModelsToo extends InMemoryStorageConnectionStore {

    private final Set<IModelId> known = new HashSet<>();

    @Override
    public synchronized Outcome<Added, OfCreation> add(NewConnection connection, Limits limits) {
      known.add(connection.iModel());
      return super.add(connection, limits);
    }

    @Override
    public synchronized Page<StorageConnection> list(ConnectionFilter filter, PageRequest slice) {
      return Page.of(
          known.stream()
              .map(iModel -> with(iModel, filter))
              .flatMap(wider -> super.list(wider, EVERYTHING).items().stream())
              .sorted(StorageConnection.OLDEST_FIRST)
              .toList(),
          slice);
    }

    private static ConnectionFilter with(IModelId iModel, ConnectionFilter filter) {
      return new ConnectionFilter(
          iModel, filter.storageFileId(), filter.connectorType(), filter.displayName());
    }
  }

  /** Lists connections whether they have the file or not. */
  @CaughtBy("who_has_a_file_is_one_connection_or_none")
  static final class IgnoresTheFileAskedFor extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Page<StorageConnection> list(ConnectionFilter filter, PageRequest slice) {
      return super.list(
          new ConnectionFilter(filter.iModel(), null, filter.connectorType(), filter.displayName()),
          slice);
    }
  }

  /** Lists connections whatever reads their files. */
  @CaughtBy("a_filter_is_exact_and_its_parts_go_together")
  static final class IgnoresTheConnectorAskedFor extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Page<StorageConnection> list(ConnectionFilter filter, PageRequest slice) {
      return super.list(
          new ConnectionFilter(filter.iModel(), filter.storageFileId(), null, filter.displayName()),
          slice);
    }
  }

  /** Lists connections of whatever name. */
  @CaughtBy("a_filter_is_exact_and_its_parts_go_together")
  static final class IgnoresTheNameAskedFor extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Page<StorageConnection> list(ConnectionFilter filter, PageRequest slice) {
      return super.list(withoutName(filter), slice);
    }
  }

  /** Compares names as a case-insensitive collation does. */
  @CaughtBy("a_filter_is_exact_and_its_parts_go_together")
  static final class IgnoresTheCaseOfNames extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Page<StorageConnection> list(ConnectionFilter filter, PageRequest slice) {
      var name = filter.displayName();
      return Page.of(
          super.list(withoutName(filter), EVERYTHING).items().stream()
              .filter(connection -> name == null || alike(name, connection.displayName()))
              .toList(),
          slice);
    }

    private static boolean alike(DisplayName one, @Nullable DisplayName other) {
      return other != null && one.value().equalsIgnoreCase(other.value());
    }
  }

  private static ConnectionFilter withoutName(ConnectionFilter filter) {
    return new ConnectionFilter(
        filter.iModel(), filter.storageFileId(), filter.connectorType(), null);
  }

  /** Joins the files to ask for their connector, and lists a connection once for each that fits. */
  @CaughtBy("a_filter_is_exact_and_its_parts_go_together")
  static final class ListsAConnectionForEachFileThatFits extends InMemoryStorageConnectionStore {

    @Override
    public synchronized Page<StorageConnection> list(ConnectionFilter filter, PageRequest slice) {
      return filter.connectorType() == null
          ? super.list(filter, slice)
          : Page.of(
              super.list(filter, EVERYTHING).items().stream()
                  .flatMap(connection ->
                      Collections.nCopies(fitting(connection, filter), connection).stream())
                  .toList(),
              slice);
    }

    private int fitting(StorageConnection connection, ConnectionFilter filter) {
      return (int)
          files(connection.id()).stream()
              .filter(file -> file.connectorType() == filter.connectorType())
              .count();
    }
  }
}
