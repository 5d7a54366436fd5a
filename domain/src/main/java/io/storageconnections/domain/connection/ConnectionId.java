package io.storageconnections.domain.connection;

import java.util.UUID;

/**
 * The id of a storage connection, which includes the id of its iModel. The text form has 43
 * characters: the 32 bytes of two GUIDs in .NET byte order, the iModel's first, in base64url
 * without padding. Each id has exactly one text form.
 *
 * <p>Source: the API's documentation does not describe the format; the example ids in it have this
 * format.
 *
 * @param iModel the iModel that the connection belongs to
 * @param connection the GUID of the connection, of any version; the server creates GUIDs of version
 *     4
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/get-storage-connection">Get
 *     Storage Connection</a>
 */
public record ConnectionId(IModelId iModel, UUID connection) {

  /**
   * Parses the text form.
   *
   * @param text 43 characters of base64url without padding; case-sensitive
   * @return the id with this text form
   * @throws InvalidValueException if {@code text} is not the text form of an id
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
