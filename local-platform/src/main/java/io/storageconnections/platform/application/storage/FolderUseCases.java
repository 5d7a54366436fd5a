package io.storageconnections.platform.application.storage;

import io.storageconnections.application.outcome.Violation;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.platform.application.outcome.Failure.FolderNotFound;
import io.storageconnections.platform.application.outcome.Failure.Invalid;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.application.port.StorageStore;
import io.storageconnections.platform.application.port.StorageStore.Change;
import io.storageconnections.platform.application.port.StorageStore.Kind;
import io.storageconnections.platform.application.port.StorageStore.NewItem;
import io.storageconnections.platform.application.validation.Violations;
import io.storageconnections.platform.domain.member.Role;
import io.storageconnections.platform.domain.storage.StorageItem;
import io.storageconnections.platform.domain.storage.StorageItem.StoredFolder;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What callers do with folders. Ids are text forms, which may be malformed. Thread-safe. */
public record FolderUseCases(
    StorageStore store, StorageAccess access, Clock clock, Supplier<UUID> ids) {

  /**
   * A page of what is in a folder.
   *
   * @param folder the id of the folder
   */
  public record Listing(StorageFileId folder, PageRequest request, Page<StorageItem> page) {}

  /**
   * The parameters of a list, not yet validated; null if absent.
   *
   * @param iTwinId null also for the list of a folder
   * @param mistyped the parameters that cannot be read; they are null
   */
  public record Query(
      @Nullable String iTwinId,
      @Nullable String skip,
      @Nullable String top,
      Set<String> mistyped) {}

  /** Creates a folder in another one. */
  public Outcome<StoredFolder> create(Caller caller, String parent, ItemRequest request) {
    return access
        .folder(caller, parent, Role.WRITER)
        .flatMap(in ->
            ItemValidation.FOLDER
                .ofCreation(request)
                .flatMap(described -> add(caller, in, described)));
  }

  private Outcome<StoredFolder> add(
      Caller caller, StorageFileId parent, ItemValidation.Described described) {
    var id = new StorageFileId(parent.iTwin(), ids.get());
    return switch (store.addFolder(
        new NewItem(
            id,
            parent,
            described.name(),
            described.description(),
            caller.subject(),
            clock.instant()))) {
      case ADDED -> found(store.findFolder(id));
      case FOLDER_NOT_FOUND -> Outcome.failed(new FolderNotFound());
      case TOO_DEEP -> invalidFolder();
    };
  }

  /** Returns a folder. */
  public Outcome<StoredFolder> get(Caller caller, String id) {
    return access
        .folder(caller, id, Role.READER)
        .flatMap(folder -> found(store.findFolder(folder)));
  }

  /** Changes the name or the description of a folder other than a root folder. */
  public Outcome<StoredFolder> change(Caller caller, String id, ItemRequest request) {
    return changeable(caller, id)
        .flatMap(folder ->
            ItemValidation.FOLDER
                .ofChange(request)
                .flatMap(changed ->
                    found(
                        store.changeFolder(
                            folder,
                            new Change(
                                changed.name(),
                                changed.description(),
                                caller.subject(),
                                clock.instant())))));
  }

  /** Deletes a folder other than a root folder, with everything in it. */
  public Outcome<StorageFileId> delete(Caller caller, String id) {
    return changeable(caller, id)
        .flatMap(folder -> found(Optional.of(folder).filter(store::deleteFolder)));
  }

  private Outcome<StorageFileId> changeable(Caller caller, String id) {
    return access
        .folder(caller, id, Role.WRITER)
        .flatMap(folder -> StorageItem.isRoot(folder) ? invalidFolder() : Outcome.success(folder));
  }

  private static <T> Outcome<T> invalidFolder() {
    return Outcome.failed(new Invalid(List.of(new Violation(Violation.Kind.INVALID, "folderId"))));
  }

  /** Returns a page of what is directly in a folder. */
  public Outcome<Listing> list(Caller caller, String id, Kind kind, Query query) {
    return access
        .folder(caller, id, Role.READER)
        .flatMap(folder -> {
          var violations = new Violations(query.mistyped());
          var page = violations.page(query.skip(), query.top());
          return page == null ? violations.failed() : listing(folder, kind, page);
        });
  }

  /** Returns a page of what is in the root folder of an iTwin. */
  public Outcome<Listing> listRoot(Caller caller, Query query) {
    var violations = new Violations(query.mistyped());
    var id = violations.required("iTwinId", query.iTwinId(), ITwinId::parse);
    var page = violations.page(query.skip(), query.top());
    if (id == null || page == null) {
      return violations.failed();
    }
    return access.root(caller, id).flatMap(root -> listing(root, Kind.ALL, page));
  }

  private Outcome<Listing> listing(StorageFileId folder, Kind kind, PageRequest request) {
    return found(store.list(folder, kind, request)).map(page -> new Listing(folder, request, page));
  }

  private static <T> Outcome<T> found(Optional<T> found) {
    return Outcome.of(found, new FolderNotFound());
  }
}
