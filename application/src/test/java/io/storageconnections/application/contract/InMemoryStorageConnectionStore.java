package io.storageconnections.application.contract;

import io.storageconnections.application.port.ConnectionFilter;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.application.port.StorageConnectionStore;
import io.storageconnections.application.port.StoreException;
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
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps connections in a map, one request at a time. Forgets them with the object. What a store has
 * to decide is decided in methods of its own, so that a test can decide it otherwise.
 */
public class InMemoryStorageConnectionStore implements StorageConnectionStore {

  private final Map<ConnectionId, Kept> kept = new LinkedHashMap<>();
  private boolean away;

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

  /** From now on every method throws, as one does whose database is gone. */
  public synchronized void goAway() {
    away = true;
  }

  private Map<ConnectionId, Kept> connections() {
    if (away) {
      throw new StoreException("asking a store", new IOException("it is away"));
    }
    return kept;
  }

  /**
   * What is in the way of a change, which relies on it under the same lock.
   *
   * @param wanted the files that {@code connection} is to map
   * @param changing the source file that is to become the one that is wanted; null if files are
   *     added
   */
  protected List<FileMappings.Conflict> conflicts(
      ConnectionId connection, List<StorageFileId> wanted, @Nullable SourceFileId changing) {
    var mappings = mappings(connection.iModel(), wanted);
    return (changing == null ? mappings : mappings.without(changing)).conflictsWith(wanted);
  }

  /** What an iModel holds. */
  protected Usage usage(IModelId iModel) {
    return of(iModel)
        .map(kept -> new Usage(1, kept.files.size()))
        .reduce(new Usage(0, 0), Usage::plus);
  }

  /** What a change makes of a connection. */
  protected StorageConnection after(StorageConnection before, ConnectionChange change) {
    return before.after(change);
  }

  /** What a change makes of a source file. */
  protected SourceFile after(SourceFile before, SourceFileChange change) {
    return before.after(change);
  }

  @Override
  public synchronized Addition add(NewConnection connection, Limits limits) {
    var present = usage(connection.iModel());
    var excess = limits.excess(present, connection.usage());
    if (excess.isPresent()) {
      return new LimitReached(excess.get());
    }
    var conflicts = conflicts(connection.id(), connection.storageFileIds(), null);
    if (!conflicts.isEmpty()) {
      return new FilesTaken(conflicts);
    }
    connections().put(connection.id(), new Kept(connection));
    return added(limits, present.plus(connection.usage()));
  }

  @Override
  public synchronized Optional<StorageConnection> find(ConnectionId id) {
    return Optional.ofNullable(connections().get(id)).map(kept -> kept.connection);
  }

  @Override
  public synchronized Page<StorageConnection> list(ConnectionFilter filter, PageRequest slice) {
    return Page.of(
        connections().values().stream()
            .filter(kept -> kept.fits(filter))
            .map(kept -> kept.connection)
            .sorted(StorageConnection.OLDEST_FIRST)
            .toList(),
        slice);
  }

  @Override
  public synchronized Update update(
      ConnectionId id, ConnectionChange change, Precondition precondition) {
    var kept = connections().get(id);
    if (kept == null) {
      return new ConnectionNotFound();
    }
    if (!precondition.isMetBy(kept.connection.revision())) {
      return new Outdated(kept.connection.revision());
    }
    kept.connection = after(kept.connection, change);
    return new Updated(kept.connection);
  }

  @Override
  public synchronized Removal remove(ConnectionId id, Precondition precondition) {
    var kept = connections().get(id);
    if (kept == null) {
      return new ConnectionNotFound();
    }
    if (!precondition.isMetBy(kept.connection.revision())) {
      return new Outdated(kept.connection.revision());
    }
    connections().remove(id);
    return new Removed();
  }

  @Override
  public synchronized FileAddition addFiles(
      ConnectionId connection, List<SourceFile> files, Limits limits) {
    var kept = connections().get(connection);
    if (kept == null) {
      return new ConnectionNotFound();
    }
    var present = usage(connection.iModel());
    var more = new Usage(0, files.size());
    var excess = limits.excess(present, more);
    if (excess.isPresent()) {
      return new LimitReached(excess.get());
    }
    var conflicts = conflicts(connection, SourceFile.storageFileIds(files), null);
    if (!conflicts.isEmpty()) {
      return new FilesTaken(conflicts);
    }
    files.forEach(kept::put);
    return added(limits, present.plus(more));
  }

  @Override
  public synchronized Optional<SourceFile> findFile(ConnectionId connection, SourceFileId file) {
    return Optional.ofNullable(connections().get(connection)).map(kept -> kept.files.get(file));
  }

  @Override
  public synchronized Page<SourceFile> listFiles(ConnectionId connection, PageRequest slice) {
    var kept = connections().get(connection);
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
    var kept = connections().get(connection);
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
    var conflicts = conflicts(connection, List.of(change.storageFileId()), file);
    if (!conflicts.isEmpty()) {
      return new FilesTaken(conflicts);
    }
    var after = after(before, change);
    kept.put(after);
    return new FileUpdated(after);
  }

  @Override
  public synchronized FileRemoval removeFile(
      ConnectionId connection, SourceFileId file, Precondition precondition) {
    var kept = connections().get(connection);
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

  private static Added added(Limits limits, Usage usage) {
    return new Added(limits.areSet() ? limits.limited(usage) : null);
  }

  private Stream<Kept> of(IModelId iModel) {
    return connections().values().stream().filter(kept -> kept.connection.iModel().equals(iModel));
  }

  @Override
  public synchronized void check() {
    connections();
  }
}
