package io.storageconnections.application.contract;

import io.storageconnections.application.port.out.StorageConnectionStore;
import io.storageconnections.application.port.out.StorageConnectionStore.Addition.Added;
import io.storageconnections.application.port.out.StorageConnectionStore.Addition.FilesTaken;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.FileMappings;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.StorageConnection;
import io.storageconnections.domain.connection.StorageFileId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keeps connections in a map, one request at a time. Forgets them with the object. */
public final class InMemoryStorageConnectionStore implements StorageConnectionStore {

  private final Map<ConnectionId, StorageConnection> connections = new LinkedHashMap<>();

  @Override
  public synchronized Addition add(StorageConnection connection) {
    var wanted = connection.storageFileIds();
    var conflicts = mappings(connection.iModel(), wanted).conflictsWith(wanted);
    if (!conflicts.isEmpty()) {
      return new FilesTaken(conflicts);
    }
    connections.put(connection.id(), connection);
    return new Added();
  }

  @Override
  public synchronized Optional<StorageConnection> find(ConnectionId id) {
    return Optional.ofNullable(connections.get(id));
  }

  @Override
  public synchronized FileMappings mappings(IModelId iModel, Collection<StorageFileId> files) {
    var wanted = Set.copyOf(files);
    var holders = new HashMap<StorageFileId, FileMappings.Holder>();
    for (var connection : connections.values()) {
      var holder = new FileMappings.Holder(connection.id(), connection.displayName());
      connection.storageFileIds().stream()
          .filter(file -> connection.iModel().equals(iModel) && wanted.contains(file))
          .forEach(file -> holders.put(file, holder));
    }
    return new FileMappings(holders);
  }

  @Override
  public void check() {}
}
