package io.storageconnections.platform.application.storage;

import io.storageconnections.application.port.Caller;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.platform.application.outcome.Failure.FileNotFound;
import io.storageconnections.platform.application.outcome.Failure.FolderNotFound;
import io.storageconnections.platform.application.outcome.Failure.NothingUploaded;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.application.port.StorageStore;
import io.storageconnections.platform.application.port.StorageStore.Change;
import io.storageconnections.platform.application.port.StorageStore.NewItem;
import io.storageconnections.platform.domain.member.Role;
import io.storageconnections.platform.domain.storage.StorageItem.StoredFile;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What callers do with files, apart from transferring their contents. Ids are text forms, which may
 * be malformed. Thread-safe.
 */
public record FileUseCases(
    StorageStore store, StorageAccess access, ContentUrls urls, Clock clock, Supplier<UUID> ids) {

  /**
   * Permits an upload.
   *
   * @param token stands in the URL of the upload
   */
  public record Upload(StorageFileId file, String token) {}

  /** Creates a file in a folder. It exists as soon as its content is uploaded and completed. */
  public Outcome<Upload> create(Caller caller, String folder, ItemRequest request) {
    return access
        .folder(caller, folder, Role.WRITER)
        .flatMap(in ->
            ItemValidation.FILE
                .ofCreation(request)
                .flatMap(described -> add(caller, in, described)));
  }

  private Outcome<Upload> add(
      Caller caller, StorageFileId folder, ItemValidation.Described described) {
    var id = new StorageFileId(folder.iTwin(), ids.get());
    var upload = ids.get();
    var addition =
        store.addFile(
            new NewItem(
                id,
                folder,
                described.name(),
                described.description(),
                caller.subject(),
                clock.instant()),
            upload);
    return switch (addition) {
      case ADDED -> Outcome.success(new Upload(id, urls.upload(id, upload)));
      case FOLDER_NOT_FOUND, TOO_DEEP -> Outcome.failed(new FolderNotFound());
    };
  }

  /** Permits the upload of a new content. The file changes as soon as the upload has succeeded. */
  public Outcome<Upload> updateContent(Caller caller, String id) {
    return access
        .file(caller, id, Role.WRITER)
        .flatMap(file -> {
          var upload = ids.get();
          return store.addUpload(file, upload, caller.subject(), clock.instant())
              ? Outcome.success(new Upload(file, urls.upload(file, upload)))
              : Outcome.failed(new FileNotFound());
        });
  }

  /** Completes a file whose content is uploaded. Returns a complete file unchanged. */
  public Outcome<StoredFile> complete(Caller caller, String id) {
    return access
        .file(caller, id, Role.WRITER)
        .flatMap(file -> found(store.complete(file)))
        .flatMap(completion ->
            completion.file() == null
                ? Outcome.failed(new NothingUploaded())
                : Outcome.success(completion.file()));
  }

  /** Returns a complete file. */
  public Outcome<StoredFile> get(Caller caller, String id) {
    return access.file(caller, id, Role.READER).flatMap(file -> found(store.findFile(file)));
  }

  /** Returns the token that stands in the URL of the current content of a file. */
  public Outcome<String> download(Caller caller, String id) {
    return get(caller, id).map(file -> urls.download(file.id(), file.content().id()));
  }

  /** Changes the name or the description of a file. */
  public Outcome<StoredFile> change(Caller caller, String id, ItemRequest request) {
    return access
        .file(caller, id, Role.WRITER)
        .flatMap(file ->
            ItemValidation.FILE
                .ofChange(request)
                .flatMap(changed ->
                    found(
                        store.changeFile(
                            file,
                            new Change(
                                changed.name(),
                                changed.description(),
                                caller.subject(),
                                clock.instant())))));
  }

  /** Deletes a file. */
  public Outcome<StorageFileId> delete(Caller caller, String id) {
    return access
        .file(caller, id, Role.WRITER)
        .flatMap(file ->
            found(Optional.of(file).filter(found -> store.deleteFile(found, clock.instant()))));
  }

  private static <T> Outcome<T> found(Optional<T> found) {
    return Outcome.of(found, new FileNotFound());
  }
}
