package io.storageconnections.platform.application.storage;

import io.storageconnections.application.port.Caller;
import io.storageconnections.domain.connection.InvalidValueException;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.platform.application.access.Permissions;
import io.storageconnections.platform.application.outcome.Failure;
import io.storageconnections.platform.application.outcome.Failure.FileNotFound;
import io.storageconnections.platform.application.outcome.Failure.FolderNotFound;
import io.storageconnections.platform.application.outcome.Failure.Forbidden;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.domain.member.Role;

/**
 * Decides which files and folders exist for a caller, by the caller's role in their iTwin. It does
 * not ask whether they exist at all.
 */
record StorageAccess(Permissions permissions) {

  /** Returns the id of a file, if the caller may do what {@code needed} may. */
  Outcome<StorageFileId> file(Caller caller, String text, Role needed) {
    return item(caller, text, needed, new FileNotFound());
  }

  /** Returns the id of a folder, if the caller may do what {@code needed} may. */
  Outcome<StorageFileId> folder(Caller caller, String text, Role needed) {
    return item(caller, text, needed, new FolderNotFound());
  }

  private Outcome<StorageFileId> item(Caller caller, String text, Role needed, Failure notFound) {
    StorageFileId id;
    try {
      id = StorageFileId.parse(text);
    } catch (InvalidValueException notAnId) {
      return Outcome.failed(notFound);
    }
    return permissions
        .roleOf(caller, id.iTwin())
        .<Outcome<StorageFileId>>map(role ->
            role.includes(needed) && (needed == Role.READER || isStorable(caller))
                ? Outcome.success(id)
                : Outcome.failed(new Forbidden()))
        .orElseGet(() -> Outcome.failed(notFound));
  }

  /** The store keeps who changed an item. */
  private static boolean isStorable(Caller caller) {
    return Permissions.subjectOf(caller).isPresent();
  }
}
