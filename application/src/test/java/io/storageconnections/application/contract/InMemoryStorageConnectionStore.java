package io.storageconnections.application.contract;

import io.storageconnections.application.port.ConnectionFilter;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.application.port.Slice;
import io.storageconnections.application.port.out.StorageConnectionStore;
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
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Keeps connections in a map, one request at a time. Forgets them with the object. */
public final class InMemoryStorageConnectionStore implements StorageConnectionStore {

  private final Map<ConnectionId, Kept> connections = new LinkedHashMap<>();

  /** A connection and its files, both as they are now. */
  private static final class Kept {

    private StorageConnection connection;
    private final Map<SourceFileId, SourceFile> files = new LinkedHashMap<>();

    private Kept(NewConnection added) {
      connection = added.connection();
      added.sourceFiles().forEach(this::put);
    }

    private void put(SourceFile file) {
      files.put(file.id(), file);
    }

    private FileMappings.Holder holder(SourceFile file) {
      return new FileMappings.Holder(connection.id(), connection.displayName(), file.id());
    }

    private boolean fits(ConnectionFilter filter) {
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

  @Override
  public synchronized Addition add(NewConnection connection, Limits limits) {
    var present = usage(connection.iModel());
    var excess = limits.excess(present, connection.usage());
    if (excess.isPresent()) {
      return new LimitReached(excess.get());
    }
    var wanted = connection.storageFileIds();
    var conflicts = mappings(connection.iModel(), wanted).conflictsWith(wanted);
    if (!conflicts.isEmpty()) {
      return new FilesTaken(conflicts);
    }
    connections.put(connection.id(), new Kept(connection));
    return added(limits, present.plus(connection.usage()));
  }

  @Override
  public synchronized Optional<StorageConnection> find(ConnectionId id) {
    return Optional.ofNullable(connections.get(id)).map(kept -> kept.connection);
  }

  @Override
  public synchronized Page<StorageConnection> list(ConnectionFilter filter, Slice slice) {
    return Page.of(
        connections.values().stream()
            .filter(kept -> kept.fits(filter))
            .map(kept -> kept.connection)
            .sorted(StorageConnection.OLDEST_FIRST)
            .toList(),
        slice);
  }

  @Override
  public synchronized Update update(
      ConnectionId id, ConnectionChange change, Precondition precondition) {
    var kept = connections.get(id);
    if (kept == null) {
      return new ConnectionNotFound();
    }
    if (!precondition.isMetBy(kept.connection.revision())) {
      return new Outdated(kept.connection.revision());
    }
    kept.connection = kept.connection.after(change);
    return new Updated(kept.connection);
  }

  @Override
  public synchronized Removal remove(ConnectionId id, Precondition precondition) {
    var kept = connections.get(id);
    if (kept == null) {
      return new ConnectionNotFound();
    }
    if (!precondition.isMetBy(kept.connection.revision())) {
      return new Outdated(kept.connection.revision());
    }
    connections.remove(id);
    return new Removed();
  }

  @Override
  public synchronized FileAddition addFiles(
      ConnectionId connection, List<SourceFile> files, Limits limits) {
    var kept = connections.get(connection);
    if (kept == null) {
      return new ConnectionNotFound();
    }
    var present = usage(connection.iModel());
    var more = new Usage(0, files.size());
    var excess = limits.excess(present, more);
    if (excess.isPresent()) {
      return new LimitReached(excess.get());
    }
    var wanted = SourceFile.storageFileIds(files);
    var conflicts = mappings(connection.iModel(), wanted).conflictsWith(wanted);
    if (!conflicts.isEmpty()) {
      return new FilesTaken(conflicts);
    }
    files.forEach(kept::put);
    return added(limits, present.plus(more));
  }

  @Override
  public synchronized Optional<SourceFile> findFile(ConnectionId connection, SourceFileId file) {
    return Optional.ofNullable(connections.get(connection)).map(kept -> kept.files.get(file));
  }

  @Override
  public synchronized Page<SourceFile> listFiles(ConnectionId connection, Slice slice) {
    var kept = connections.get(connection);
    return Page.of(
        kept == null
            ? List.of()
            : kept.files.values().stream().sorted(SourceFile.OLDEST_FIRST).toList(),
        slice);
  }

  @Override
  public synchronized FileUpdate updateFile(
      ConnectionId connection,
      SourceFileId file,
      SourceFileChange change,
      Precondition precondition) {
    var kept = connections.get(connection);
    var before = kept == null ? null : kept.files.get(file);
    if (kept == null) {
      return new ConnectionNotFound();
    }
    if (before == null) {
      return new SourceFileNotFound();
    }
    if (!precondition.isMetBy(before.revision())) {
      return new Outdated(before.revision());
    }
    var wanted = List.of(change.storageFileId());
    var conflicts = mappings(connection.iModel(), wanted).without(file).conflictsWith(wanted);
    if (!conflicts.isEmpty()) {
      return new FilesTaken(conflicts);
    }
    var after = before.after(change);
    kept.put(after);
    return new FileUpdated(after);
  }

  @Override
  public synchronized FileRemoval removeFile(
      ConnectionId connection, SourceFileId file, Precondition precondition) {
    var kept = connections.get(connection);
    var found = kept == null ? null : kept.files.get(file);
    if (kept == null) {
      return new ConnectionNotFound();
    }
    if (found == null) {
      return new SourceFileNotFound();
    }
    if (!precondition.isMetBy(found.revision())) {
      return new Outdated(found.revision());
    }
    kept.files.remove(file);
    return new Removed();
  }

  @Override
  public synchronized FileMappings mappings(IModelId iModel, Collection<StorageFileId> files) {
    var wanted = Set.copyOf(files);
    var holders = new HashMap<StorageFileId, FileMappings.Holder>();
    of(iModel)
        .forEach(kept ->
            kept.files.values().stream()
                .filter(file -> wanted.contains(file.storageFileId()))
                .forEach(file -> holders.put(file.storageFileId(), kept.holder(file))));
    return new FileMappings(holders);
  }

  private Usage usage(IModelId iModel) {
    return of(iModel)
        .map(kept -> new Usage(1, kept.files.size()))
        .reduce(new Usage(0, 0), Usage::plus);
  }

  private static Added added(Limits limits, Usage usage) {
    return new Added(limits.areSet() ? limits.limited(usage) : null);
  }

  private Stream<Kept> of(IModelId iModel) {
    return connections.values().stream().filter(kept -> kept.connection.iModel().equals(iModel));
  }

  @Override
  public void check() {}
}
