package io.storageconnections.platform.application.port;

import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.platform.domain.storage.Content;
import io.storageconnections.platform.domain.storage.ItemName;
import io.storageconnections.platform.domain.storage.StorageItem;
import io.storageconnections.platform.domain.storage.StorageItem.StoredFile;
import io.storageconnections.platform.domain.storage.StorageItem.StoredFolder;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps folders and files, the uploads that are in progress, and the register of blobs. An item
 * exists if it was added, is not deleted, and no folder above it is deleted; a file also needs to
 * be complete. Whether a caller may see an item is decided elsewhere. Every method throws a {@link
 * StoreException} if the store cannot answer. Safe for use by several threads and several nodes.
 */
public interface StorageStore {

  /** The greatest number of folders above an item, the root folder not counted. */
  int DEPTH_MAX = 100;

  /** The outcome of adding an item. */
  enum Addition {
    /** The item is added. */
    ADDED,
    /** The folder does not exist, or its iTwin is deleted. */
    FOLDER_NOT_FOUND,
    /** The folder has {@link #DEPTH_MAX} folders above it. */
    TOO_DEEP
  }

  /** The items of a list. */
  enum Kind {
    FILES,
    FOLDERS,
    /** Folders, then files. */
    ALL
  }

  /**
   * A new file or folder.
   *
   * @param parent the folder that contains it
   * @param by the subject of the caller
   */
  record NewItem(
      StorageFileId id,
      StorageFileId parent,
      ItemName name,
      @Nullable String description,
      String by,
      Instant at) {}

  /**
   * A change of a file or folder.
   *
   * @param name null if the name stays
   * @param description null if the description stays
   * @param by the subject of the caller
   */
  record Change(@Nullable ItemName name, @Nullable String description, String by, Instant at) {}

  /**
   * A content that can be downloaded.
   *
   * @param name the current name of the file
   */
  record Download(String name, Content content) {}

  /** Adds a folder. */
  Addition addFolder(NewItem folder);

  /**
   * Adds a file that is not complete, and an upload for it.
   *
   * @param upload the id of the upload; new
   */
  Addition addFile(NewItem file, UUID upload);

  /** Finds a folder. The root folder of every iTwin exists, and its name is empty. */
  Optional<StoredFolder> findFolder(StorageFileId id);

  /** Finds a complete file. */
  Optional<StoredFile> findFile(StorageFileId id);

  /** Finds those of {@code ids} that are complete files, with their names. */
  Map<StorageFileId, String> names(Collection<StorageFileId> ids);

  /**
   * Reads a page of what is directly in a folder, by the time of creation.
   *
   * @return empty if the folder does not exist
   */
  Optional<Page<StorageItem>> list(StorageFileId folder, Kind kind, PageRequest page);

  /** Changes a folder other than a root folder. Returns empty if it does not exist. */
  Optional<StoredFolder> changeFolder(StorageFileId id, Change change);

  /** Changes a complete file. Returns empty if it does not exist. */
  Optional<StoredFile> changeFile(StorageFileId id, Change change);

  /**
   * Deletes a folder other than a root folder. What is in it stops to exist at once, and is removed
   * by {@link #removeDeletedFolders}.
   *
   * @return whether the folder existed
   */
  boolean deleteFolder(StorageFileId id);

  /**
   * Deletes a complete file. Its content is chosen to be deleted.
   *
   * @return whether the file existed
   */
  boolean deleteFile(StorageFileId id, Instant at);

  /**
   * Adds an upload of a new content for a complete file.
   *
   * @param upload the id of the upload; new
   * @return whether the file exists
   */
  boolean addUpload(StorageFileId file, UUID upload, String by, Instant at);

  /** Finds the subject of the caller who added an upload for a file; empty if there is none. */
  Optional<String> findUploader(StorageFileId file, UUID upload);

  /**
   * Registers the blob of an upload, before its first byte is stored.
   *
   * @param blob the id of the blob; new
   * @return whether the upload exists and its file, complete or not, exists
   */
  boolean beginUpload(StorageFileId file, UUID upload, UUID blob, Instant at);

  /** The outcome of the end of an upload. */
  enum UploadEnd {
    /** The file has the content. */
    CHANGED,
    /**
     * The file, the upload, or the registration of the blob does not exist any more; nothing
     * changed.
     */
    NOT_FOUND,
    /** The content before does not meet the precondition; nothing changed. */
    OUTDATED
  }

  /**
   * Makes a stored blob the content of the file. The content before becomes unused. Of several
   * uploads for one file, the last one that ends decides.
   *
   * @param content a registered blob, which is durable
   * @param precondition tells whether a content may be replaced, from its hash; empty if the file
   *     has no content yet
   */
  UploadEnd finishUpload(
      StorageFileId file,
      UUID upload,
      Content content,
      Predicate<Optional<String>> precondition,
      Instant at);

  /**
   * Completes a file. Does nothing if it is complete.
   *
   * @return empty if the file does not exist; an incomplete file without a content stays incomplete
   */
  Optional<Completion> complete(StorageFileId file);

  /**
   * The outcome of completing a file that exists.
   *
   * @param file null if no content was uploaded
   */
  record Completion(@Nullable StoredFile file) {}

  /**
   * Finds a content of a complete file, also one that was replaced and is not removed yet.
   *
   * @return empty if the file or the content does not exist
   */
  Optional<Download> findDownload(StorageFileId file, UUID content);

  /**
   * Removes uploads and incomplete files that were added before {@code before}.
   *
   * @param max the greatest number of either
   * @return the number of removed uploads and files
   */
  int removeUnfinished(Instant before, int max, Instant at);

  /**
   * Removes what is in deleted folders, and the folders that are then empty.
   *
   * @param max the greatest number of items of one transaction
   * @return whether there may be more
   */
  boolean removeDeletedFolders(int max, Instant at);

  /**
   * Removes files and folders of an iTwin that is deleted, so that nothing can be added any more.
   *
   * @param max the greatest number of items of one transaction
   * @return whether there may be more
   */
  boolean removeAll(ITwinId iTwin, int max, Instant at);

  /**
   * Chooses blobs to delete: the contents of deleted files, those of uploads that began before
   * {@code begunBefore} and did not end, and those that are unused since {@code unusedBefore}. From
   * then on no upload can finish with one of them. Blobs that were chosen before and are not
   * forgotten come again, after those that were not chosen or were chosen earlier.
   *
   * @param max the greatest number of blobs
   */
  List<UUID> chooseBlobsToDelete(Instant begunBefore, Instant unusedBefore, int max, Instant at);

  /** Removes the registration of blobs that are deleted, or were never stored. */
  void forgetBlobs(Collection<UUID> blobs);

  /** Returns those of {@code blobs} that are registered. */
  Set<UUID> registered(Collection<UUID> blobs);

  /** Returns what identifies the blob folder, if a node has stored it. */
  Optional<BlobFolder> blobFolder();

  /**
   * Stores what identifies the blob folder, unless it is stored already.
   *
   * @return what is stored; the same for all nodes
   */
  BlobFolder addBlobFolder(BlobFolder ifAbsent);

  /**
   * What identifies the blob folder.
   *
   * @param id an id that the blob folder also contains
   * @param urlKey the key that signs URLs; 32 bytes in hexadecimal digits
   */
  record BlobFolder(UUID id, String urlKey) {

    /** {@return the id, without the key} */
    @Override
    public String toString() {
      return "BlobFolder[" + id + "]";
    }
  }
}
