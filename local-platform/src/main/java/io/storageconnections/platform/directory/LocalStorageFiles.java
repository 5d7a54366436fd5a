package io.storageconnections.platform.directory;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.StorageFiles;
import io.storageconnections.domain.connection.FileName;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.platform.application.access.Permissions;
import io.storageconnections.platform.application.port.IModelStore;
import io.storageconnections.platform.application.storage.UsableFiles;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * The files of this platform. If the platform trusts every caller, files of iTwins that never
 * existed here are usable too, without a name. Thread-safe.
 */
public record LocalStorageFiles(UsableFiles files, IModelStore iModels, Permissions permissions)
    implements StorageFiles {

  @Override
  public Map<StorageFileId, UsableFile> usable(
      Caller caller, IModelId iModel, Collection<StorageFileId> asked) {
    var usable = new HashMap<StorageFileId, UsableFile>();
    var subject = Permissions.subjectOf(caller).orElse(null);
    var found = iModels.find(iModel, subject);
    if (found.filter(known -> permissions.roleIn(known) == null).isEmpty()) {
      files
          .usable(caller, found.map(known -> known.iModel().iTwin()).orElse(null), asked)
          .forEach(
              (file, name) -> usable.put(file, new UsableFile(FileName.of(name.orElse(null)))));
    }
    return usable;
  }
}
