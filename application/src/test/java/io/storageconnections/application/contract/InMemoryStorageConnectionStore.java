package io.storageconnections.application.contract;

import io.storageconnections.application.outcome.Failure.ConnectionInUse;
import io.storageconnections.application.outcome.Failure.ConnectionNotFound;
import io.storageconnections.application.outcome.Failure.FilesAlreadyMapped;
import io.storageconnections.application.outcome.Failure.IModelDeleted;
import io.storageconnections.application.outcome.Failure.LimitReached;
import io.storageconnections.application.outcome.Failure.OfChange;
import io.storageconnections.application.outcome.Failure.OfCreation;
import io.storageconnections.application.outcome.Failure.OfDeletion;
import io.storageconnections.application.outcome.Failure.OfFileAddition;
import io.storageconnections.application.outcome.Failure.OfFileChange;
import io.storageconnections.application.outcome.Failure.OfFileMove;
import io.storageconnections.application.outcome.Failure.OfFileReading;
import io.storageconnections.application.outcome.Failure.OfFileRemoval;
import io.storageconnections.application.outcome.Failure.OfReading;
import io.storageconnections.application.outcome.Failure.Outdated;
import io.storageconnections.application.outcome.Failure.SourceFileNotFound;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.outcome.Removed;
import io.storageconnections.application.port.AuditFilter;
import io.storageconnections.application.port.ConnectionFilter;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.application.port.StorageConnectionStore;
import io.storageconnections.application.port.StorageConnectionStore.Added;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.domain.audit.AuditEntry;
import io.storageconnections.domain.audit.Cause;
import io.storageconnections.domain.connection.ConnectionChange;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.FileMappings;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.NewConnection;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.SourceFileChange;
import io.storageconnections.domain.connection.SourceFileId;
import io.storageconnections.domain.connection.StorageConnection;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.domain.connection.Usage;
import io.storageconnections.domain.run.RunKey;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A store that keeps connections in memory. Thread-safe: it performs one operation at a time. The
 * protected methods make the decisions of the store, so that a test can override one of them.
 */
public class InMemoryStorageConnectionStore implements StorageConnectionStore {

  private final Map<ConnectionId, StoredConnection> connections = new LinkedHashMap<>();
  private final Map<IModelId, Instant> deleted = new HashMap<>();
  private final List<AuditEntry> audit = new ArrayList<>();
  private boolean unavailable;
  private @Nullable InMemoryRunStore runs;

  /** A connection and its source files in their current state. */
  private static final class StoredConnection {

    private StorageConnection connection;
    private final Map<SourceFileId, SourceFile> files = new LinkedHashMap<>();

    private StoredConnection(NewConnection added) {
      connection = added.connection();
      added.sourceFiles().forEach(this::put);
    }

    private void put(SourceFile file) {
      files.put(file.id(), file);
    }

    private List<SourceFile> filesInOrder() {
      return files.values().stream().sorted(SourceFile.OLDEST_FIRST).toList();
    }

    private FileMappings.Holder holder(SourceFile file) {
      return new FileMappings.Holder(connection.id(), connection.displayName(), file.id());
    }

    private boolean matches(ConnectionFilter filter) {
      return connection.iModel().equals(filter.iModel())
          && (filter.displayName() == null || filter.displayName().equals(connection.displayName()))
          && (filter.storageFileId() == null
              || files.values().stream()
                  .anyMatch(file -> file.storageFileId().equals(filter.storageFileId())))
          && (filter.connectorType() == null
              || files.values().stream()
                  .anyMatch(file -> file.connectorType() == filter.connectorType()));
    }
  }

  /** Makes every further call throw, as if the database had become unreachable. */
  public synchronized void makeUnavailable() {
    unavailable = true;
  }

  /** Sets the store of the runs of these connections. It locks this object while it works. */
  synchronized void setRuns(InMemoryRunStore ofTheseConnections) {
    runs = ofTheseConnections;
  }

  /** Changes a connection that exists. */
  synchronized void replace(StorageConnection connection) {
    Objects.requireNonNull(connections().get(connection.id())).connection = connection;
  }

  /** Changes a source file of a connection that exists. */
  synchronized void replace(ConnectionId connection, SourceFile file) {
    Objects.requireNonNull(connections().get(connection)).put(file);
  }

  private Map<ConnectionId, StoredConnection> connections() {
    if (unavailable) {
      throw new StoreException("accessing the store", new IOException("the store is unavailable"));
    }
    return connections;
  }

  /**
   * Returns the conflicts of a change. The store calls this method and applies the change under one
   * lock.
   *
   * @param connection the connection to change or create
   * @param wanted the Storage files that the change maps
   * @param changing the source file whose Storage file the change replaces; null if the change adds
   *     source files
   * @return one conflict for each wanted file that is mapped already, in the order of {@code
   *     wanted}
   */
  protected List<FileMappings.Conflict> conflicts(
      ConnectionId connection, List<StorageFileId> wanted, @Nullable SourceFileId changing) {
    var mappings = mappings(connection.iModel(), wanted);
    return (changing == null ? mappings : mappings.without(changing)).conflictsWith(wanted);
  }

  /** Returns how many connections and source files an iModel has. */
  protected Usage usage(IModelId iModel) {
    return of(iModel)
        .map(stored -> new Usage(1, stored.files.size()))
        .reduce(new Usage(0, 0), Usage::plus);
  }

  /** Returns the new state of a connection. */
  protected StorageConnection after(StorageConnection before, ConnectionChange change) {
    return before.after(change);
  }

  /** Returns the new state of a source file. */
  protected SourceFile after(SourceFile before, SourceFileChange change) {
    return before.after(change);
  }

  /** Returns a source file in its new state after it was moved to another connection. */
  protected SourceFile moved(SourceFile before) {
    return before.moved();
  }

  /** Returns all source files of a connection, oldest first; empty if it does not exist. */
  protected final synchronized List<SourceFile> files(ConnectionId connection) {
    var stored = connections().get(connection);
    return stored == null ? List.of() : stored.filesInOrder();
  }

  @Override
  public synchronized Outcome<Added, OfCreation> add(
      Cause cause, NewConnection connection, Limits limits) {
    var present = usage(connection.iModel());
    var conflicts = conflicts(connection.id(), connection.storageFileIds(), null);
    if (!conflicts.isEmpty()) {
      return Outcome.failed(new FilesAlreadyMapped(conflicts));
    }
    if (isDeleted(connection.iModel())) {
      return Outcome.failed(new IModelDeleted(connection.iModel()));
    }
    var excess = limits.excess(present, connection.usage());
    if (excess.isPresent()) {
      return Outcome.failed(new LimitReached(excess.get()));
    }
    connections().put(connection.id(), new StoredConnection(connection));
    record(AuditEntry.created(cause, connection));
    return Outcome.success(added(limits, present.plus(connection.usage())));
  }

  @Override
  public synchronized Optional<StorageConnection> find(ConnectionId id) {
    return Optional.ofNullable(connections().get(id)).map(stored -> stored.connection);
  }

  @Override
  public synchronized Page<StorageConnection> list(
      ConnectionFilter filter, PageRequest pageRequest) {
    return Page.of(
        connections().values().stream()
            .filter(stored -> stored.matches(filter))
            .map(stored -> stored.connection)
            .sorted(StorageConnection.OLDEST_FIRST)
            .toList(),
        pageRequest);
  }

  @Override
  public synchronized Outcome<StorageConnection, OfChange> update(
      Cause cause, ConnectionId id, ConnectionChange change, Precondition precondition) {
    var stored = connections().get(id);
    if (stored == null) {
      return Outcome.failed(new ConnectionNotFound(id));
    }
    if (!precondition.isMetBy(stored.connection.revision())) {
      return Outcome.failed(new Outdated(stored.connection.revision()));
    }
    var before = stored.connection;
    stored.connection = after(before, change);
    if (!stored.connection.equals(before)) {
      record(AuditEntry.updated(cause, before, stored.connection));
    }
    return Outcome.success(stored.connection);
  }

  @Override
  public synchronized Outcome<Removed, OfDeletion> remove(
      Cause cause, ConnectionId id, Precondition precondition) {
    var stored = connections().get(id);
    if (stored == null) {
      return Outcome.failed(new ConnectionNotFound(id));
    }
    if (!precondition.isMetBy(stored.connection.revision())) {
      return Outcome.failed(new Outdated(stored.connection.revision()));
    }
    var live = runs == null ? Optional.<RunKey>empty() : runs.liveRun(id);
    if (live.isPresent()) {
      return Outcome.failed(new ConnectionInUse(live.get()));
    }
    remove(cause, id);
    return Outcome.success(new Removed());
  }

  @Override
  public synchronized void markDeleted(Cause cause, IModelId iModel) {
    var connections = of(iModel).count();
    if (deleted.putIfAbsent(iModel, cause.at()) == null) {
      record(AuditEntry.iModelDeleted(cause, iModel, connections));
    }
  }

  /** Tells whether an iModel is marked as deleted. */
  protected boolean isDeleted(IModelId iModel) {
    return deleted.containsKey(iModel);
  }

  @Override
  public synchronized List<ConnectionId> removeSome(Cause cause, IModelId iModel, int max) {
    var removed =
        of(iModel)
            .map(stored -> stored.connection)
            .sorted(StorageConnection.OLDEST_FIRST)
            .map(StorageConnection::id)
            .limit(max)
            .toList();
    removed.forEach(id -> remove(cause, id));
    return removed;
  }

  private void remove(Cause cause, ConnectionId id) {
    var removed = Objects.requireNonNull(connections().remove(id));
    record(AuditEntry.deleted(cause, removed.connection, removed.filesInOrder()));
    if (runs != null) {
      runs.removeRunsOf(id);
    }
  }

  @Override
  public synchronized Outcome<Added, OfFileAddition> addFiles(
      Cause cause, ConnectionId connection, List<SourceFile> files, Limits limits) {
    var stored = connections().get(connection);
    if (stored == null) {
      return Outcome.failed(new ConnectionNotFound(connection));
    }
    var present = usage(connection.iModel());
    var more = new Usage(0, files.size());
    var conflicts = conflicts(connection, SourceFile.storageFileIds(files), null);
    if (!conflicts.isEmpty()) {
      return Outcome.failed(new FilesAlreadyMapped(conflicts));
    }
    var excess = limits.excess(present, more);
    if (excess.isPresent()) {
      return Outcome.failed(new LimitReached(excess.get()));
    }
    files.forEach(stored::put);
    record(AuditEntry.filesAdded(cause, connection, files));
    return Outcome.success(added(limits, present.plus(more)));
  }

  @Override
  public synchronized Outcome<SourceFile, OfFileReading> findFile(
      ConnectionId connection, SourceFileId file) {
    var stored = connections().get(connection);
    if (stored == null) {
      return Outcome.failed(new ConnectionNotFound(connection));
    }
    var found = stored.files.get(file);
    return found == null ? Outcome.failed(new SourceFileNotFound(file)) : Outcome.success(found);
  }

  @Override
  public synchronized Outcome<Page<SourceFile>, OfReading> listFiles(
      ConnectionId connection, PageRequest pageRequest) {
    var stored = connections().get(connection);
    return stored == null
        ? Outcome.failed(new ConnectionNotFound(connection))
        : Outcome.success(Page.of(stored.filesInOrder(), pageRequest));
  }

  @Override
  public synchronized Outcome<SourceFile, OfFileChange> updateFile(
      Cause cause,
      ConnectionId connection,
      SourceFileId file,
      SourceFileChange change,
      Precondition precondition) {
    var stored = connections().get(connection);
    if (stored == null) {
      return Outcome.failed(new ConnectionNotFound(connection));
    }
    var before = stored.files.get(file);
    if (before == null) {
      return Outcome.failed(new SourceFileNotFound(file));
    }
    if (!precondition.isMetBy(before.revision())) {
      return Outcome.failed(new Outdated(before.revision()));
    }
    var conflicts = conflicts(connection, List.of(change.storageFileId()), file);
    if (!conflicts.isEmpty()) {
      return Outcome.failed(new FilesAlreadyMapped(conflicts));
    }
    var after = after(before, change);
    stored.put(after);
    if (!after.equals(before)) {
      record(AuditEntry.fileUpdated(cause, connection, before, after));
    }
    return Outcome.success(after);
  }

  @Override
  public synchronized Outcome<SourceFile, OfFileMove> moveFile(
      Cause cause,
      ConnectionId from,
      SourceFileId file,
      ConnectionId to,
      Precondition precondition) {
    var origin = connections().get(from);
    if (origin == null) {
      return Outcome.failed(new ConnectionNotFound(from));
    }
    var target = connections().get(to);
    if (target == null) {
      return Outcome.failed(new ConnectionNotFound(to));
    }
    var before = origin.files.get(file);
    if (before == null) {
      return Outcome.failed(new SourceFileNotFound(file));
    }
    if (!precondition.isMetBy(before.revision())) {
      return Outcome.failed(new Outdated(before.revision()));
    }
    if (from.equals(to)) {
      return Outcome.success(before);
    }
    var after = moved(before);
    origin.files.remove(file);
    target.put(after);
    AuditEntry.fileMoved(cause, from, to, before, after).forEach(this::record);
    return Outcome.success(after);
  }

  @Override
  public synchronized Outcome<Removed, OfFileRemoval> removeFile(
      Cause cause, ConnectionId connection, SourceFileId file, Precondition precondition) {
    var stored = connections().get(connection);
    if (stored == null) {
      return Outcome.failed(new ConnectionNotFound(connection));
    }
    var found = stored.files.get(file);
    if (found == null) {
      return Outcome.failed(new SourceFileNotFound(file));
    }
    if (!precondition.isMetBy(found.revision())) {
      return Outcome.failed(new Outdated(found.revision()));
    }
    stored.files.remove(file);
    record(AuditEntry.fileRemoved(cause, connection, found));
    return Outcome.success(new Removed());
  }

  @Override
  public synchronized FileMappings mappings(IModelId iModel, Collection<StorageFileId> files) {
    var wanted = Set.copyOf(files);
    var holders = new HashMap<StorageFileId, FileMappings.Holder>();
    of(iModel)
        .forEach(stored ->
            stored.files.values().stream()
                .filter(file -> wanted.contains(file.storageFileId()))
                .forEach(file -> holders.put(file.storageFileId(), stored.holder(file))));
    return new FileMappings(holders);
  }

  /** Writes an entry of the audit trail. Called under the lock of the change. */
  protected synchronized void record(AuditEntry entry) {
    audit.add(entry.after(latestOf(entry.connection())));
  }

  /** Returns the time of the latest entry of a connection; null if it has none. */
  protected @Nullable Instant latestOf(@Nullable ConnectionId connection) {
    return connection == null
        ? null
        : audit.stream()
            .filter(entry -> connection.equals(entry.connection()))
            .map(AuditEntry::at)
            .max(Comparator.naturalOrder())
            .orElse(null);
  }

  /** Returns the entries that a filter selects, the newest first. */
  protected List<AuditEntry> trail(AuditFilter filter) {
    return audit.stream()
        .filter(entry -> entry.iModel().equals(filter.iModel()))
        .filter(
            entry -> filter.connection() == null || filter.connection().equals(entry.connection()))
        .sorted(Comparator.comparing(AuditEntry::at).reversed())
        .toList();
  }

  @Override
  public synchronized Page<AuditEntry> audit(AuditFilter filter, PageRequest pageRequest) {
    connections();
    return Page.of(trail(filter), pageRequest);
  }

  @Override
  public synchronized int removeAuditOfDeleted(Instant deletedBefore, int max) {
    connections();
    var removed =
        audit.stream().filter(entry -> isExpired(entry, deletedBefore)).limit(max).toList();
    removed.forEach(audit::remove);
    return removed.size();
  }

  /** Tells whether an entry is one of an iModel that was deleted before a time. */
  protected boolean isExpired(AuditEntry entry, Instant deletedBefore) {
    var at = deleted.get(entry.iModel());
    return at != null && at.isBefore(deletedBefore);
  }

  private static Added added(Limits limits, Usage usage) {
    return new Added(limits.areSet() ? limits.limited(usage) : null);
  }

  private Stream<StoredConnection> of(IModelId iModel) {
    return connections().values().stream()
        .filter(stored -> stored.connection.iModel().equals(iModel));
  }

  @Override
  public synchronized void check() {
    connections();
  }
}
