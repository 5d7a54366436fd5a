package io.storageconnections.application.sourcefile;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.StorageFiles;
import io.storageconnections.application.port.StorageFiles.UsableFile;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.StorageFileId;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which of the Storage files that a request names the caller may map to an iModel. Immutable.
 *
 * @param usable the files that the caller may map, with their names; copied
 * @param refused the paths of the members of the request that name another file, such as {@code
 *     sourceFiles[0].storageFileId}; copied
 */
public record StorageFileCheck(Map<StorageFileId, UsableFile> usable, Set<String> refused) {

  /** The check of a request whose files need no check, because the request fails anyway. */
  public static final StorageFileCheck NOT_NEEDED = new StorageFileCheck(Map.of(), Set.of());

  /** Copies the collections. */
  public StorageFileCheck {
    usable = Map.copyOf(usable);
    refused = Set.copyOf(refused);
  }

  /**
   * Asks Storage for the files of a request.
   *
   * @param storageFiles is asked
   * @param caller the caller, who may change the iModel
   * @param iModel the iModel
   * @param requested the files by the path of their member
   * @return which of the files the caller may map
   */
  public static StorageFileCheck of(
      StorageFiles storageFiles,
      Caller caller,
      IModelId iModel,
      Map<String, StorageFileId> requested) {
    var usable = storageFiles.usable(caller, iModel, requested.values());
    var refused = new HashSet<String>();
    requested.forEach((path, file) -> {
      if (!usable.containsKey(file)) {
        refused.add(path);
      }
    });
    return new StorageFileCheck(usable, refused);
  }
}
