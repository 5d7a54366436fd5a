package io.storageconnections.platform.domain.storage;

import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.StorageFileId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A file or a folder in the Storage of an iTwin. Immutable. */
public sealed interface StorageItem {

  /** The greatest length of a description, in Unicode code points. */
  int DESCRIPTION_LENGTH_MAX = 1_000;

  /** {@return the id; the root folder has the GUID of its iTwin as the GUID of the item} */
  StorageFileId id();

  /** {@return the id of the folder that contains the item; null for the root folder} */
  @Nullable StorageFileId parent();

  /** {@return the name that users see} */
  String displayName();

  /** {@return the description; null if there is none} */
  @Nullable String description();

  /** {@return the names from the root folder to the item, separated by slashes} */
  String path();

  /** {@return who created and changed the item, and when} */
  History history();

  /** A folder. */
  record StoredFolder(
      StorageFileId id,
      @Nullable StorageFileId parent,
      String displayName,
      @Nullable String description,
      String path,
      History history)
      implements StorageItem {}

  /**
   * A file that is complete.
   *
   * @param content the current version of the content
   */
  record StoredFile(
      StorageFileId id,
      StorageFileId parent,
      String displayName,
      @Nullable String description,
      String path,
      History history,
      Content content)
      implements StorageItem {}

  /**
   * Who created and changed an item, and when.
   *
   * @param createdBy the subject of the caller who created the item
   * @param modifiedBy the subject of the caller who made the latest change
   */
  record History(Instant created, String createdBy, Instant modified, String modifiedBy) {}

  /** {@return the id of the root folder in the Storage of an iTwin} */
  static StorageFileId rootOf(ITwinId iTwin) {
    return new StorageFileId(iTwin, iTwin.value());
  }

  /** {@return whether the id is that of a root folder} */
  static boolean isRoot(StorageFileId id) {
    return id.iTwin().value().equals(id.file());
  }

  /**
   * Parses a description, which is the text itself.
   *
   * @throws IllegalArgumentException if it is longer than {@link #DESCRIPTION_LENGTH_MAX}
   *     characters, or contains U+0000 or a lone surrogate
   */
  static String parseDescription(String text) {
    if (text.codePointCount(0, text.length()) > DESCRIPTION_LENGTH_MAX
        || text.codePoints()
            .anyMatch(character ->
                character == 0 || Character.getType(character) == Character.SURROGATE)) {
      throw new IllegalArgumentException(
          "at most " + DESCRIPTION_LENGTH_MAX + " characters without U+0000 or lone surrogates");
    }
    return text;
  }
}
