package io.storageconnections.domain.connection;

import java.util.Comparator;
import java.util.UUID;

/**
 * The id of a file in Storage, which includes the id of the iTwin whose Storage holds the file. The
 * text form has 43 characters: the 32 bytes of two GUIDs in .NET byte order, the iTwin's first, in
 * base64url without padding. Each id has exactly one text form.
 *
 * <p>Source: the API's documentation does not describe the format; the example ids in it have this
 * format.
 *
 * @param iTwin the iTwin whose Storage holds the file
 * @param file the GUID of the file, of any version
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/create-storage-connection">Create
 *     Storage Connection</a>
 */
public record StorageFileId(ITwinId iTwin, UUID file) implements Comparable<StorageFileId> {

  private static final Comparator<StorageFileId> BY_BYTES =
      Comparator.comparing((StorageFileId id) -> id.iTwin().value(), Guid.BY_BYTES)
          .thenComparing(StorageFileId::file, Guid.BY_BYTES);

  /**
   * Parses the text form.
   *
   * @param text 43 characters of base64url without padding; case-sensitive
   * @return the id with this text form
   * @throws InvalidValueException if {@code text} is not the text form of an id
   */
  public static StorageFileId parse(String text) {
    var id = CompoundId.parse(text);
    return new StorageFileId(new ITwinId(id.scope()), id.item());
  }

  /**
   * Compares the bytes of the GUIDs as unsigned numbers, the iTwin's first. Databases use the same
   * order.
   */
  @Override
  public int compareTo(StorageFileId other) {
    return BY_BYTES.compare(this, other);
  }

  @Override
  public String toString() {
    return new CompoundId(iTwin.value(), file).toString();
  }
}
