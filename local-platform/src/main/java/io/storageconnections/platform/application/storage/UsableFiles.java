package io.storageconnections.platform.application.storage;

import io.storageconnections.application.port.Caller;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.platform.application.access.Permissions;
import io.storageconnections.platform.application.port.ITwinStore;
import io.storageconnections.platform.application.port.StorageStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells which files a caller may map to an iModel. A file is used only if it is complete, the
 * caller may read it, and it belongs to the iTwin of the iModel. If every caller owns all, files of
 * iTwins that never existed here are used too, and iModels that do not exist here have no iTwin.
 */
public record UsableFiles(StorageStore store, ITwinStore iTwins, Permissions permissions) {

  /**
   * Returns the files of {@code files} that the caller may map, each with its name if it is known.
   *
   * @param iTwin the iTwin of the iModel; null if the iModel does not exist here
   */
  public Map<StorageFileId, Optional<String>> usable(
      Caller caller, @Nullable ITwinId iTwin, Collection<StorageFileId> files) {
    var usable = new HashMap<StorageFileId, Optional<String>>();
    var readable = new ArrayList<StorageFileId>();
    files.stream()
        .filter(
            file -> iTwin == null ? permissions.everyCallerOwnsAll() : iTwin.equals(file.iTwin()))
        .collect(Collectors.groupingBy(StorageFileId::iTwin, Collectors.toSet()))
        .forEach((owner, owned) -> {
          if (permissions.roleOf(caller, owner).isPresent()) {
            readable.addAll(owned);
          } else if (permissions.everyCallerOwnsAll() && !iTwins.isKnown(owner)) {
            owned.forEach(file -> usable.put(file, Optional.empty()));
          }
        });
    store.names(readable).forEach((file, name) -> usable.put(file, Optional.of(name)));
    return usable;
  }
}
