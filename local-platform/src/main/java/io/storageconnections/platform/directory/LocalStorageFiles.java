package io.storageconnections.platform.directory;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.StorageFiles;
import io.storageconnections.domain.connection.FileName;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.platform.application.access.Permissions;
import io.storageconnections.platform.application.port.IModelStore;
import io.storageconnections.platform.application.port.StorageStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The files of this platform. A caller may map a file to an iModel only if the file is complete,
 * the caller may read it, and it belongs to the iTwin of the iModel. If the platform trusts every
 * caller, files of iTwins that never existed here are usable too, without a name; and an iModel
 * that does not exist here may have files of several iTwins. Thread-safe.
 */
public record LocalStorageFiles(
    StorageStore store, IModelStore iModels, UnknownIds unknown, Permissions permissions)
    implements StorageFiles {

  @Override
  public Map<StorageFileId, UsableFile> usable(
      Caller caller, IModelId iModel, Collection<StorageFileId> files) {
    if (acceptsUnknown() && unknown.contain(iModel)) {
      return usableOf(caller, null, files);
    }
    var found = iModels.find(iModel, Permissions.subjectOf(caller).orElse(null));
    if (found.isEmpty()) {
      return acceptsUnknown() ? usableOf(caller, null, files) : Map.of();
    }
    return permissions.roleIn(found.get()) == null
        ? Map.of()
        : usableOf(caller, found.get().iModel().iTwin(), files);
  }

  /**
   * Returns the files of one iTwin that are usable.
   *
   * @param iTwin null for the files of all iTwins
   */
  private Map<StorageFileId, UsableFile> usableOf(
      Caller caller, @Nullable ITwinId iTwin, Collection<StorageFileId> files) {
    var usable = new HashMap<StorageFileId, UsableFile>();
    var readable = new ArrayList<StorageFileId>();
    files.stream()
        .filter(file -> iTwin == null || iTwin.equals(file.iTwin()))
        .collect(Collectors.groupingBy(StorageFileId::iTwin, Collectors.toSet()))
        .forEach((owner, owned) -> {
          if (acceptsUnknown() && unknown.contain(owner)) {
            owned.forEach(file -> usable.put(file, UsableFile.UNNAMED));
          } else if (permissions.roleOf(caller, owner).isPresent()) {
            readable.addAll(owned);
          }
        });
    store
        .names(readable)
        .forEach((file, name) -> usable.put(file, new UsableFile(FileName.of(name))));
    return usable;
  }

  private boolean acceptsUnknown() {
    return permissions.everyCallerOwnsAll();
  }
}
