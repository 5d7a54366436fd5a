package io.storageconnections.domain.connection;

import java.util.Comparator;
import java.util.UUID;

/**
 * Names one file in Storage. As text: base64url without padding, 43 characters, of two GUIDs in
 * .NET byte order, the file's iTwin first. An id has one spelling: text that decodes but does not
 * encode back to itself is refused.
 *
 * <p>Source: api-contract.md, section 5.
 *
 * @param iTwin the iTwin whose Storage holds the file
 * @param file the file within it, a GUID of any version
 */
public record StorageFileId(ITwinId iTwin, UUID file) implements Comparable<StorageFileId> {

  private static final Comparator<StorageFileId> BY_BYTES =
      Comparator.comparing((StorageFileId id) -> id.iTwin().value(), Guid.BY_BYTES)
          .thenComparing(StorageFileId::file, Guid.BY_BYTES);

  /**
   * Reads the text form.
   *
   * @param text 43 characters of base64url, case included, without padding
   * @return the id that {@code text} spells
   * @throws InvalidValueException if {@code text} is not 43 characters that name two GUIDs in the
   *     one spelling
   */
  public static StorageFileId parse(String text) {
    var id = CompoundId.parse(text);
    return new StorageFileId(new ITwinId(id.scope()), id.item());
  }

  /** Orders by the GUIDs' bytes, iTwin first, as the database orders them. */
  @Override
  public int compareTo(StorageFileId other) {
    return BY_BYTES.compare(this, other);
  }

  @Override
  public String toString() {
    return new CompoundId(iTwin.value(), file).toString();
  }
}
