package com.example.ownstore.store;

import static io.storageconnections.application.outcome.Outcome.failed;
import static io.storageconnections.application.outcome.Outcome.success;
import static java.util.stream.Collectors.toMap;

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
import io.storageconnections.domain.audit.AuditEntry;
import io.storageconnections.domain.audit.Cause;
import io.storageconnections.domain.connection.ConnectionChange;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.FileMappings;
import io.storageconnections.domain.connection.FileMappings.Holder;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.NewConnection;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.SourceFileChange;
import io.storageconnections.domain.connection.SourceFileId;
import io.storageconnections.domain.connection.StorageConnection;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.domain.connection.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A store in memory. Thread-safe: one operation at a time has the lock of this object. */
public final class SynchronizedStore implements StorageConnectionStore {

  /** The present state of each connection; a change replaces it. */
  private final Map<ConnectionId, State> states = new HashMap<>();

  private final Map<IModelId, Instant> deletedIModels = new HashMap<>();
  private final List<AuditEntry> audit = new ArrayList<>();

  private record State(StorageConnection connection, List<SourceFile> files) {

    Optional<SourceFile> file(SourceFileId id) {
      return files.stream().filter(file -> file.id().equals(id)).findFirst();
    }

    State with(Collection<SourceFile> more) {
      return new State(connection, Stream.concat(files.stream(), more.stream()).toList());
    }

    State without(SourceFileId id) {
      return new State(connection, files.stream().filter(file -> !file.id().equals(id)).toList());
    }

    List<SourceFile> inOrder() {
      return files.stream().sorted(SourceFile.OLDEST_FIRST).toList();
    }

    boolean hasFile(Predicate<SourceFile> condition) {
      return files.stream().anyMatch(condition);
    }
  }

  private void put(State state) {
    states.put(state.connection().id(), state);
  }

  private Stream<State> of(IModelId iModel) {
    return states.values().stream().filter(state -> state.connection().iModel().equals(iModel));
  }

  private Usage usage(IModelId iModel) {
    return of(iModel)
        .map(state -> new Usage(1, state.files().size()))
        .reduce(new Usage(0, 0), Usage::plus);
  }

  private static Added added(Limits limits, Usage usage) {
    return new Added(limits.areSet() ? limits.limited(usage) : null);
  }

  @Override
  public synchronized Outcome<Added, OfCreation> add(
      Cause cause, NewConnection connection, Limits limits) {
    var iModel = connection.iModel();
    var files = connection.storageFileIds();
    var conflicts = mappings(iModel, files).conflictsWith(files);
    if (!conflicts.isEmpty()) {
      return failed(new FilesAlreadyMapped(conflicts));
    }
    if (deletedIModels.containsKey(iModel)) {
      return failed(new IModelDeleted(iModel));
    }
    var excess = limits.excess(usage(iModel), connection.usage());
    if (excess.isPresent()) {
      return failed(new LimitReached(excess.get()));
    }
    put(new State(connection.connection(), connection.sourceFiles()));
    record(AuditEntry.created(cause, connection));
    return success(added(limits, usage(iModel)));
  }

  @Override
  public synchronized void markDeleted(Cause cause, IModelId iModel) {
    if (deletedIModels.putIfAbsent(iModel, cause.at()) == null) {
      record(AuditEntry.iModelDeleted(cause, iModel, of(iModel).count()));
    }
  }

  @Override
  public synchronized List<ConnectionId> removeSome(Cause cause, IModelId iModel, int max) {
    var removed =
        of(iModel)
            .map(State::connection)
            .sorted(StorageConnection.OLDEST_FIRST)
            .map(StorageConnection::id)
            .limit(max)
            .toList();
    removed.forEach(id -> remove(cause, id));
    return removed;
  }

  private void remove(Cause cause, ConnectionId id) {
    var removed = Objects.requireNonNull(states.remove(id));
    record(AuditEntry.deleted(cause, removed.connection(), removed.inOrder()));
  }

  @Override
  public synchronized Optional<StorageConnection> find(ConnectionId id) {
    return Optional.ofNullable(states.get(id)).map(State::connection);
  }

  @Override
  public synchronized Page<StorageConnection> list(
      ConnectionFilter filter, PageRequest pageRequest) {
    var name = filter.displayName();
    var storageFile = filter.storageFileId();
    var connector = filter.connectorType();
    var selected = new TreeSet<>(StorageConnection.OLDEST_FIRST);
    of(filter.iModel())
        .filter(state -> name == null || name.equals(state.connection().displayName()))
        .filter(state ->
            storageFile == null || state.hasFile(file -> file.storageFileId().equals(storageFile)))
        .filter(
            state -> connector == null || state.hasFile(file -> file.connectorType() == connector))
        .forEach(state -> selected.add(state.connection()));
    return Page.of(List.copyOf(selected), pageRequest);
  }

  @Override
  public synchronized Outcome<StorageConnection, OfChange> update(
      Cause cause, ConnectionId id, ConnectionChange change, Precondition precondition) {
    var state = states.get(id);
    if (state == null) {
      return failed(new ConnectionNotFound(id));
    }
    if (!precondition.isMetBy(state.connection().revision())) {
      return failed(new Outdated(state.connection().revision()));
    }
    var changed = state.connection().after(change);
    put(new State(changed, state.files()));
    if (!changed.equals(state.connection())) {
      record(AuditEntry.updated(cause, state.connection(), changed));
    }
    return success(changed);
  }

  @Override
  public synchronized Outcome<Removed, OfDeletion> remove(
      Cause cause, ConnectionId id, Precondition precondition) {
    var state = states.get(id);
    if (state == null) {
      return failed(new ConnectionNotFound(id));
    }
    if (!precondition.isMetBy(state.connection().revision())) {
      return failed(new Outdated(state.connection().revision()));
    }
    remove(cause, id);
    return success(new Removed());
  }

  @Override
  public synchronized Outcome<Added, OfFileAddition> addFiles(
      Cause cause, ConnectionId connection, List<SourceFile> files, Limits limits) {
    var state = states.get(connection);
    if (state == null) {
      return failed(new ConnectionNotFound(connection));
    }
    var iModel = connection.iModel();
    var wanted = SourceFile.storageFileIds(files);
    var conflicts = mappings(iModel, wanted).conflictsWith(wanted);
    if (!conflicts.isEmpty()) {
      return failed(new FilesAlreadyMapped(conflicts));
    }
    var excess = limits.excess(usage(iModel), new Usage(0, files.size()));
    if (excess.isPresent()) {
      return failed(new LimitReached(excess.get()));
    }
    put(state.with(files));
    record(AuditEntry.filesAdded(cause, connection, files));
    return success(added(limits, usage(iModel)));
  }

  @Override
  public synchronized Outcome<SourceFile, OfFileReading> findFile(
      ConnectionId connection, SourceFileId file) {
    var state = states.get(connection);
    if (state == null) {
      return failed(new ConnectionNotFound(connection));
    }
    return state
        .file(file)
        .<Outcome<SourceFile, OfFileReading>>map(Outcome::success)
        .orElseGet(() -> failed(new SourceFileNotFound(file)));
  }

  @Override
  public synchronized Outcome<Page<SourceFile>, OfReading> listFiles(
      ConnectionId connection, PageRequest pageRequest) {
    var state = states.get(connection);
    if (state == null) {
      return failed(new ConnectionNotFound(connection));
    }
    return success(Page.of(state.inOrder(), pageRequest));
  }

  @Override
  public synchronized Outcome<SourceFile, OfFileChange> updateFile(
      Cause cause,
      ConnectionId connection,
      SourceFileId file,
      SourceFileChange change,
      Precondition precondition) {
    var state = states.get(connection);
    if (state == null) {
      return failed(new ConnectionNotFound(connection));
    }
    var before = state.file(file).orElse(null);
    if (before == null) {
      return failed(new SourceFileNotFound(file));
    }
    if (!precondition.isMetBy(before.revision())) {
      return failed(new Outdated(before.revision()));
    }
    var wanted = List.of(change.storageFileId());
    var conflicts = mappings(connection.iModel(), wanted).without(file).conflictsWith(wanted);
    if (!conflicts.isEmpty()) {
      return failed(new FilesAlreadyMapped(conflicts));
    }
    var after = before.after(change);
    put(state.without(file).with(List.of(after)));
    if (!after.equals(before)) {
      record(AuditEntry.fileUpdated(cause, connection, before, after));
    }
    return success(after);
  }

  @Override
  public synchronized Outcome<SourceFile, OfFileMove> moveFile(
      Cause cause,
      ConnectionId from,
      SourceFileId file,
      ConnectionId to,
      Precondition precondition) {
    var origin = states.get(from);
    if (origin == null) {
      return failed(new ConnectionNotFound(from));
    }
    var target = states.get(to);
    if (target == null) {
      return failed(new ConnectionNotFound(to));
    }
    var before = origin.file(file).orElse(null);
    if (before == null) {
      return failed(new SourceFileNotFound(file));
    }
    if (!precondition.isMetBy(before.revision())) {
      return failed(new Outdated(before.revision()));
    }
    if (from.equals(to)) {
      return success(before);
    }
    var after = before.moved();
    put(origin.without(file));
    put(target.with(List.of(after)));
    AuditEntry.fileMoved(cause, from, to, before, after).forEach(this::record);
    return success(after);
  }

  @Override
  public synchronized Outcome<Removed, OfFileRemoval> removeFile(
      Cause cause, ConnectionId connection, SourceFileId file, Precondition precondition) {
    var state = states.get(connection);
    if (state == null) {
      return failed(new ConnectionNotFound(connection));
    }
    var before = state.file(file).orElse(null);
    if (before == null) {
      return failed(new SourceFileNotFound(file));
    }
    if (!precondition.isMetBy(before.revision())) {
      return failed(new Outdated(before.revision()));
    }
    put(state.without(file));
    record(AuditEntry.fileRemoved(cause, connection, before));
    return success(new Removed());
  }

  @Override
  public synchronized FileMappings mappings(IModelId iModel, Collection<StorageFileId> files) {
    var holders = new HashMap<StorageFileId, Holder>();
    of(iModel)
        .forEach(state ->
            holders.putAll(
                state.files().stream()
                    .filter(file -> files.contains(file.storageFileId()))
                    .collect(toMap(SourceFile::storageFileId, file -> holder(state, file)))));
    return new FileMappings(holders);
  }

  private static Holder holder(State state, SourceFile file) {
    return new Holder(state.connection().id(), state.connection().displayName(), file.id());
  }

  private void record(AuditEntry entry) {
    var latest =
        audit.stream()
            .filter(earlier -> earlier.connection() != null)
            .filter(earlier -> earlier.connection().equals(entry.connection()))
            .map(AuditEntry::at)
            .max(Comparator.naturalOrder());
    audit.add(entry.after(latest.orElse(null)));
  }

  @Override
  public synchronized Page<AuditEntry> audit(AuditFilter filter, PageRequest pageRequest) {
    return Page.of(
        audit.stream()
            .filter(entry -> entry.iModel().equals(filter.iModel()))
            .filter(entry ->
                filter.connection() == null || filter.connection().equals(entry.connection()))
            .sorted(Comparator.comparing(AuditEntry::at).reversed())
            .toList(),
        pageRequest);
  }

  @Override
  public synchronized int removeAuditOfDeleted(Instant deletedBefore, int max) {
    var removed =
        audit.stream()
            .filter(entry -> {
              var deletedAt = deletedIModels.get(entry.iModel());
              return deletedAt != null && deletedAt.isBefore(deletedBefore);
            })
            .limit(max)
            .toList();
    audit.removeAll(removed);
    return removed.size();
  }

  @Override
  public void check() {
    // Memory is always available.
  }
}
