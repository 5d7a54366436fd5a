package io.storageconnections.domain.connection;

import java.util.UUID;

/**
 * Names one storage connection, and the iModel it belongs to. As text: base64url without padding,
 * 43 characters, of two GUIDs in .NET byte order, the iModel's first. An id has one spelling: text
 * that decodes but does not encode back to itself is refused.
 *
 * <p>Source: api-contract.md, section 5.
 *
 * @param iModel the iModel that the connection belongs to
 * @param connection the connection within it, a GUID; new ones are of version 4
 */
public record ConnectionId(IModelId iModel, UUID connection) {

  /**
   * Reads the text form.
   *
   * @param text 43 characters of base64url, case included, without padding
   * @return the id that {@code text} spells
   * @throws InvalidValueException if {@code text} is not 43 characters that name two GUIDs in the
   *     one spelling
   */
  public static ConnectionId parse(String text) {
    var id = CompoundId.parse(text);
    return new ConnectionId(new IModelId(id.scope()), id.item());
  }

  @Override
  public String toString() {
    return new CompoundId(iModel.value(), connection).toString();
  }
}
