package io.storageconnections.platform.application.storage;

import io.storageconnections.application.port.Caller;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.InvalidValueException;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.platform.application.access.Permissions;
import io.storageconnections.platform.application.outcome.Failure;
import io.storageconnections.platform.application.outcome.Failure.FileNotFound;
import io.storageconnections.platform.application.outcome.Failure.FolderNotFound;
import io.storageconnections.platform.application.outcome.Failure.Forbidden;
import io.storageconnections.platform.application.outcome.Failure.ITwinNotFound;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.domain.member.Role;
import io.storageconnections.platform.domain.storage.StorageItem;

/**
 * Decides which files and folders exist for a caller, by the caller's role in their iTwin. It does
 * not ask whether they exist at all.
 */
public record StorageAccess(Permissions permissions) {

  /** Returns the id of a file, if the caller may do what {@code needed} may. */
  Outcome<StorageFileId> file(Caller caller, String text, Role needed) {
    return item(caller, text, needed, new FileNotFound());
  }

  /** Returns the id of a folder, if the caller may do what {@code needed} may. */
  Outcome<StorageFileId> folder(Caller caller, String text, Role needed) {
    return item(caller, text, needed, new FolderNotFound());
  }

  /** Returns the id of the root folder of an iTwin, if the caller may read it. */
  Outcome<StorageFileId> root(Caller caller, ITwinId iTwin) {
    return Outcome.of(permissions.roleOf(caller, iTwin), new ITwinNotFound())
        .flatMap(role ->
            Permissions.allows(caller, role, Role.READER)
                ? Outcome.success(StorageItem.rootOf(iTwin))
                : Outcome.failed(new Forbidden()));
  }

  private Outcome<StorageFileId> item(Caller caller, String text, Role needed, Failure notFound) {
    StorageFileId id;
    try {
      id = StorageFileId.parse(text);
    } catch (InvalidValueException notAnId) {
      return Outcome.failed(notFound);
    }
    return Outcome.of(permissions.roleOf(caller, id.iTwin()), notFound)
        .flatMap(role ->
            Permissions.allows(caller, role, needed)
                    && (needed == Role.READER || isStorable(caller))
                ? Outcome.success(id)
                : Outcome.failed(new Forbidden()));
  }

  /** The store keeps who changed an item. */
  private static boolean isStorable(Caller caller) {
    return Permissions.subjectOf(caller).isPresent();
  }
}
