package io.storageconnections.platform.http.storage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.storageconnections.adapter.http.link.Link;
import io.storageconnections.adapter.http.link.PagingLinks;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.platform.domain.storage.StorageItem;
import io.storageconnections.platform.domain.storage.StorageItem.StoredFile;
import io.storageconnections.platform.domain.storage.StorageItem.StoredFolder;
import io.storageconnections.platform.http.response.Timestamp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file or a folder in the body of an answer.
 *
 * @param type {@code file} or {@code folder}
 * @param size the number of bytes; null, and absent from the body, for a folder
 * @param parentFolderId null for a root folder
 */
record ItemBody(
    String id,
    String type,
    String displayName,
    @Nullable String description,
    String path,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long size,
    String lastModifiedByDisplayName,
    String createdDateTime,
    String lastModifiedDateTime,
    @Nullable String parentFolderId,
    @JsonProperty("_links") ItemLinks links) {

  /**
   * The links of an item.
   *
   * @param parentFolder null, and absent from the body, for a root folder
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ItemLinks(Link createdBy, Link lastModifiedBy, @Nullable Link parentFolder) {}

  /** The body of an answer with one file. */
  record File(ItemBody file) {}

  /** The body of an answer with one folder. */
  record Folder(ItemBody folder) {}

  /** The body of an answer that permits an upload. */
  record Upload(@JsonProperty("_links") UploadLinks links) {}

  /** The links of an upload. */
  record UploadLinks(Link uploadUrl, Link completeUrl) {}

  /** The body of an answer with a page of files. */
  record Files(List<ItemBody> files, @JsonProperty("_links") PagingLinks links) {}

  /** The body of an answer with a page of folders. */
  record Folders(List<ItemBody> folders, @JsonProperty("_links") PagingLinks links) {}

  /** The body of an answer with a page of files and folders. */
  record Items(List<ItemBody> items, @JsonProperty("_links") ListLinks links) {}

  /**
   * The links of a page of what is in a folder.
   *
   * @param folder the folder
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ListLinks(Link self, @Nullable Link prev, @Nullable Link next, Link folder) {}

  static ItemBody of(StorageItem item, StorageLinks links) {
    var id = item.id();
    var parent = item.parent();
    var history = item.history();
    return new ItemBody(
        id.toString(),
        switch (item) {
          case StoredFile file -> "file";
          case StoredFolder folder -> "folder";
        },
        item.displayName(),
        item.description(),
        item.path(),
        item instanceof StoredFile file ? file.content().size() : null,
        // Tokens name their subject and no other name.
        history.modifiedBy(),
        Timestamp.text(history.created()),
        Timestamp.text(history.modified()),
        text(parent),
        new ItemLinks(
            links.member(id.iTwin(), history.createdBy()),
            links.member(id.iTwin(), history.modifiedBy()),
            parent == null ? null : links.folder(parent)));
  }

  private static @Nullable String text(@Nullable StorageFileId id) {
    return id == null ? null : id.toString();
  }
}
