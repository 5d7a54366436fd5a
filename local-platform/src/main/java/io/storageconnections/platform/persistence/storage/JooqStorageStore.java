package io.storageconnections.platform.persistence.storage;

import static io.storageconnections.platform.persistence.schema.Tables.LOCAL_PLATFORM_FILE;
import static io.storageconnections.platform.persistence.schema.Tables.LOCAL_PLATFORM_FOLDER;

import io.storageconnections.adapter.persistence.sql.PageQuery;
import io.storageconnections.adapter.persistence.sql.Transactions;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.platform.application.port.StorageStore;
import io.storageconnections.platform.domain.storage.Content;
import io.storageconnections.platform.domain.storage.StorageItem;
import io.storageconnections.platform.domain.storage.StorageItem.StoredFile;
import io.storageconnections.platform.domain.storage.StorageItem.StoredFolder;
import io.storageconnections.platform.persistence.sql.PlatformConstraints;
import io.storageconnections.platform.persistence.storage.FolderRows.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Keeps Storage in an SQL database. Thread-safe. */
public final class JooqStorageStore implements StorageStore {

  /** The number of folders that one call works on. */
  private static final int FOLDERS_PER_CALL = 20;

  private final Transactions transactions;

  /** Creates a store on a database. */
  public JooqStorageStore(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Addition addFolder(NewItem folder) {
    return transactions.transaction(
        "adding folder " + folder.id(),
        tx -> {
          var parent = FolderRows.lock(tx, folder.parent());
          if (parent.isEmpty()) {
            return Addition.FOLDER_NOT_FOUND;
          }
          if (parent.get().depth() >= DEPTH_MAX) {
            return Addition.TOO_DEEP;
          }
          FolderRows.insert(tx, folder);
          return Addition.ADDED;
        });
  }

  @Override
  public Addition addFile(NewItem file, UUID upload) {
    return transactions.transaction(
        "adding file " + file.id(),
        tx -> {
          if (FolderRows.lock(tx, file.parent()).isEmpty()) {
            return Addition.FOLDER_NOT_FOUND;
          }
          FileRows.insert(tx, file);
          FileRows.insertUpload(tx, file.id(), upload, file.by(), file.at());
          return Addition.ADDED;
        });
  }

  @Override
  public Optional<StoredFolder> findFolder(StorageFileId id) {
    return read("reading folder " + id, dsl -> FolderRows.find(dsl, id));
  }

  @Override
  public Optional<StoredFile> findFile(StorageFileId id) {
    return read("reading file " + id, dsl -> file(dsl, id));
  }

  private static Optional<StoredFile> file(DSLContext dsl, StorageFileId id) {
    return FileRows.find(dsl, id).filter(FileRows::isComplete).flatMap(row -> file(dsl, row));
  }

  private static Optional<StoredFile> file(DSLContext dsl, Record row) {
    return FolderRows.place(dsl, FileRows.folder(row)).map(folder -> FileRows.file(row, folder));
  }

  @Override
  public Map<StorageFileId, String> names(Collection<StorageFileId> ids) {
    return read(
        "reading the names of files",
        dsl -> {
          var names = new HashMap<StorageFileId, String>();
          var places = new HashMap<StorageFileId, Optional<Place>>();
          ids.stream()
              .collect(
                  Collectors.groupingBy(
                      StorageFileId::iTwin,
                      Collectors.mapping(StorageFileId::file, Collectors.toSet())))
              .forEach((iTwin, files) -> {
                for (var row : FileRows.complete(dsl, iTwin, files)) {
                  if (places
                      .computeIfAbsent(
                          FileRows.folder(row), folder -> FolderRows.place(dsl, folder))
                      .isPresent()) {
                    names.put(FileRows.id(row), FileRows.name(row));
                  }
                }
              });
          return names;
        });
  }

  @Override
  public Optional<Page<StorageItem>> list(StorageFileId folder, Kind kind, PageRequest page) {
    return read(
        "listing folder " + folder,
        dsl ->
            FolderRows.place(dsl, folder)
                .map(place ->
                    switch (kind) {
                      case FILES -> files(dsl, folder, place, page);
                      case FOLDERS -> folders(dsl, folder, place, page);
                      case ALL -> foldersThenFiles(dsl, folder, place, page);
                    }));
  }

  private static Page<StorageItem> files(
      DSLContext dsl, StorageFileId folder, Place place, PageRequest page) {
    return PageQuery.read(
        dsl,
        LOCAL_PLATFORM_FILE,
        FileRows.inFolder(folder),
        page,
        row -> FileRows.file(row, place),
        LOCAL_PLATFORM_FILE.CREATED_AT,
        LOCAL_PLATFORM_FILE.FILE_ID);
  }

  private static Page<StorageItem> folders(
      DSLContext dsl, StorageFileId folder, Place place, PageRequest page) {
    return PageQuery.read(
        dsl,
        LOCAL_PLATFORM_FOLDER,
        FolderRows.inFolder(folder),
        page,
        row -> FolderRows.folder(row, place),
        LOCAL_PLATFORM_FOLDER.CREATED_AT,
        LOCAL_PLATFORM_FOLDER.FOLDER_ID);
  }

  private static Page<StorageItem> foldersThenFiles(
      DSLContext dsl, StorageFileId folder, Place place, PageRequest page) {
    var folders = folders(dsl, folder, place, page);
    var free = page.top() - folders.items().size();
    if (folders.more()) {
      return folders;
    }
    if (free == 0) {
      var anyFile = !files(dsl, folder, place, new PageRequest(0, 1)).items().isEmpty();
      return new Page<>(folders.items(), folders.preceding(), anyFile);
    }
    // The page reaches the end of the folders, so that their number is known.
    var folderCount = folders.preceding() + folders.items().size();
    var files =
        files(dsl, folder, place, new PageRequest(Math.max(0, page.skip() - folderCount), free));
    var items = new ArrayList<>(folders.items());
    items.addAll(files.items());
    return new Page<>(
        items,
        folders.items().isEmpty() ? folderCount + files.preceding() : page.skip(),
        files.more());
  }

  @Override
  public Optional<StoredFolder> changeFolder(StorageFileId id, Change change) {
    return transactions.transaction(
        "changing folder " + id,
        tx -> {
          FolderRows.update(tx, id, change);
          return FolderRows.find(tx, id);
        });
  }

  @Override
  public Optional<StoredFile> changeFile(StorageFileId id, Change change) {
    return transactions.transaction(
        "changing file " + id,
        tx -> {
          var file = FileRows.lock(tx, id).filter(FileRows::isComplete);
          if (file.isEmpty()) {
            return Optional.empty();
          }
          FileRows.update(tx, id, change);
          return file(tx, id);
        });
  }

  @Override
  public boolean deleteFolder(StorageFileId id) {
    return transactions.transaction(
        "deleting folder " + id,
        tx -> {
          var exists = FolderRows.find(tx, id).isPresent();
          if (exists) {
            FolderRows.mark(tx, id);
          }
          return exists;
        });
  }

  @Override
  public boolean deleteFile(StorageFileId id, Instant at) {
    return transactions.transaction(
        "deleting file " + id,
        tx -> {
          var file = FileRows.lock(tx, id).filter(FileRows::isComplete);
          file.ifPresent(row -> delete(tx, List.of(row), at));
          return file.isPresent();
        });
  }

  /** Deletes locked rows of files. */
  private static void delete(DSLContext tx, List<? extends Record> files, Instant at) {
    files.forEach(row -> FileRows.delete(tx, FileRows.id(row)));
    BlobRows.choose(
        tx, files.stream().map(FileRows::content).flatMap(Optional::stream).toList(), at);
  }

  @Override
  public boolean addUpload(StorageFileId file, UUID upload, String by, Instant at) {
    return transactions.transaction(
        "adding an upload for file " + file,
        tx -> {
          var exists = FileRows.find(tx, file).filter(FileRows::isComplete).isPresent();
          if (exists) {
            FileRows.insertUpload(tx, file, upload, by, at);
          }
          return exists;
        });
  }

  @Override
  public Optional<String> findUploader(StorageFileId file, UUID upload) {
    return read("reading an upload for file " + file, dsl -> FileRows.uploader(dsl, file, upload));
  }

  @Override
  public boolean beginUpload(StorageFileId file, UUID upload, UUID blob, Instant at) {
    return transactions.transaction(
        "beginning an upload for file " + file,
        tx -> {
          var exists =
              FileRows.uploader(tx, file, upload).isPresent()
                  && FileRows.find(tx, file).isPresent();
          if (exists) {
            BlobRows.insert(tx, blob, at);
          }
          return exists;
        });
  }

  @Override
  public UploadEnd finishUpload(
      StorageFileId file,
      UUID upload,
      Content content,
      Predicate<Optional<String>> precondition,
      Instant at) {
    return transactions.transaction(
        "changing the content of file " + file,
        tx -> {
          var row = FileRows.lock(tx, file);
          var by = FileRows.uploader(tx, file, upload);
          if (row.isEmpty() || by.isEmpty()) {
            return UploadEnd.NOT_FOUND;
          }
          if (!precondition.test(FileRows.hash(row.get()))) {
            return UploadEnd.OUTDATED;
          }
          if (!BlobRows.makeCurrent(tx, content, at)) {
            return UploadEnd.NOT_FOUND;
          }
          BlobRows.makeUnused(tx, FileRows.content(row.get()).stream().toList(), at);
          FileRows.updateContent(tx, file, content, by.get(), at);
          return UploadEnd.CHANGED;
        });
  }

  @Override
  public Optional<Completion> complete(StorageFileId file) {
    return transactions.transaction(
        "completing file " + file,
        tx ->
            FileRows.lock(tx, file)
                .map(row -> {
                  if (FileRows.content(row).isEmpty()) {
                    return new Completion(null);
                  }
                  FileRows.setComplete(tx, file);
                  return new Completion(file(tx, row).orElse(null));
                }));
  }

  @Override
  public Optional<Download> findDownload(StorageFileId file, UUID content) {
    return read(
        "reading a content of file " + file,
        dsl ->
            FileRows.find(dsl, file)
                .filter(FileRows::isComplete)
                .flatMap(row ->
                    BlobRows.find(dsl, content)
                        .map(found -> new Download(FileRows.name(row), found))));
  }

  @Override
  public int removeUnfinished(Instant before, int max, Instant at) {
    var uploads =
        transactions.transaction(
            "removing old uploads", tx -> FileRows.deleteUploads(tx, before, max));
    return uploads
        + transactions.transaction(
            "removing incomplete files",
            tx -> {
              // A file may have been completed while this transaction waited for its row.
              var files =
                  FileRows.lockIncomplete(tx, before, max).stream()
                      .filter(row -> !FileRows.isComplete(row))
                      .toList();
              delete(tx, files, at);
              return files.size();
            });
  }

  @Override
  public boolean removeDeletedFolders(int max, Instant at) {
    return removeDeletedFolders(null, max, at);
  }

  private boolean removeDeletedFolders(@Nullable ITwinId iTwin, int max, Instant at) {
    var folders =
        read("looking for deleted folders", dsl -> FolderRows.marked(dsl, iTwin, FOLDERS_PER_CALL));
    for (var folder : folders) {
      var unused =
          transactions.transaction(
              "removing what is in folder " + folder,
              tx -> {
                if (removeIn(tx, folder, max, at) == 0) {
                  FolderRows.delete(tx, folder);
                }
                return folder;
              });
    }
    return !folders.isEmpty();
  }

  /** Marks folders in a folder to which nothing is added any more, and removes files in it. */
  private static int removeIn(DSLContext tx, StorageFileId folder, int max, Instant at) {
    var marked = FolderRows.markIn(tx, folder, max);
    var files = FileRows.lockIn(tx, folder, max);
    delete(tx, files, at);
    return marked + files.size();
  }

  @Override
  public boolean removeAll(ITwinId iTwin, int max, Instant at) {
    var inRoot =
        transactions.transaction(
            "removing the Storage of iTwin " + iTwin,
            tx -> removeIn(tx, StorageItem.rootOf(iTwin), max, at));
    return removeDeletedFolders(iTwin, max, at) || inRoot > 0;
  }

  @Override
  public List<UUID> chooseBlobsToDelete(
      Instant begunBefore, Instant unusedBefore, int max, Instant at) {
    return transactions.transaction(
        "choosing blobs to delete", tx -> BlobRows.choose(tx, begunBefore, unusedBefore, max, at));
  }

  @Override
  public void forgetBlobs(Collection<UUID> blobs) {
    var unused =
        read(
            "forgetting blobs",
            dsl -> {
              BlobRows.delete(dsl, blobs);
              return blobs;
            });
  }

  @Override
  public Set<UUID> registered(Collection<UUID> blobs) {
    return read("looking for blobs", dsl -> BlobRows.registered(dsl, blobs));
  }

  @Override
  public Optional<BlobFolder> blobFolder() {
    return read("reading the id of the blob folder", BlobRows::folder);
  }

  @Override
  public BlobFolder addBlobFolder(BlobFolder ifAbsent) {
    return read(
        "storing the id of the blob folder",
        dsl ->
            Transactions.unlessViolated(
                PlatformConstraints.ONE_BLOB_FOLDER,
                () -> BlobRows.insert(dsl, ifAbsent),
                // Another node stored its own first.
                () -> BlobRows.folder(dsl).orElse(null)));
  }

  /** Runs single statements, which need no transaction. */
  private <T> T read(String doing, Function<DSLContext, T> statements) {
    return transactions.run(doing, () -> statements.apply(transactions.dsl()));
  }
}
