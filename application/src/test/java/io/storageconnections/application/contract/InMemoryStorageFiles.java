package io.storageconnections.application.contract;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.StorageFiles;
import io.storageconnections.domain.connection.FileName;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.StorageFileId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Storage in which every file exists, except removed ones. Files have no known names, except those
 * that a test has named. Thread-safe.
 */
public class InMemoryStorageFiles implements StorageFiles {

  private final Map<StorageFileId, FileName> names = new ConcurrentHashMap<>();
  private final Set<StorageFileId> removed = ConcurrentHashMap.newKeySet();

  /** Gives a file a name. */
  public void name(StorageFileId file, String name) {
    names.put(file, new FileName(name));
  }

  /** Removes a file. */
  public void remove(StorageFileId file) {
    removed.add(file);
  }

  @Override
  public Map<StorageFileId, UsableFile> usable(
      Caller caller, IModelId iModel, Collection<StorageFileId> files) {
    var usable = new HashMap<StorageFileId, UsableFile>();
    files.stream()
        .filter(file -> !removed.contains(file))
        .forEach(file -> usable.put(file, new UsableFile(names.get(file))));
    return usable;
  }
}
