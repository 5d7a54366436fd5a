package io.storageconnections.domain.connection;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Says that files of Storage are synchronized to an iModel. The iModel is part of the {@linkplain
 * #id() id}. Which files they are, the connection's {@link SourceFile}s say; they come and go by
 * themselves, and all of them may go.
 *
 * <p>Source: create-storage-connection.txt, "Storage Connection".
 *
 * @param id names the connection and its iModel
 * @param iTwin the iTwin that the iModel belongs to
 * @param displayName what people call it; null if nobody named it
 * @param authenticationType on whose behalf its runs read files
 * @param created when it was made, in whole microseconds, which is what every database keeps
 * @param revision 1 at first, and one more with each change of the name or the type; its files do
 *     not count
 */
public record StorageConnection(
    ConnectionId id,
    ITwinId iTwin,
    @Nullable DisplayName displayName,
    AuthenticationType authenticationType,
    Instant created,
    long revision) {

  /** How the connections of an iModel are listed: by creation, then by id. */
  public static final Comparator<StorageConnection> OLDEST_FIRST =
      Comparator.comparing(StorageConnection::created)
          .thenComparing(connection -> connection.id().connection(), Guid.BY_BYTES);

  /** Cuts the time to whole microseconds. */
  public StorageConnection {
    created = created.truncatedTo(ChronoUnit.MICROS);
  }

  /**
   * A connection that is just being made, of revision 1.
   *
   * @param id names the connection and its iModel
   * @param iTwin the iTwin that the iModel belongs to
   * @param displayName what people call it; null if nobody named it
   * @param authenticationType on whose behalf its runs read files
   * @param created when it is made; cut to whole microseconds
   */
  public StorageConnection(
      ConnectionId id,
      ITwinId iTwin,
      @Nullable DisplayName displayName,
      AuthenticationType authenticationType,
      Instant created) {
    this(id, iTwin, displayName, authenticationType, created, 1);
  }

  /** {@return the iModel that the files are synchronized to} */
  public IModelId iModel() {
    return id.iModel();
  }

  /**
   * Applies a change.
   *
   * @param change what is to become different
   * @return the connection after {@code change}, of the next revision; this very one if {@code
   *     change} leaves everything as it is
   */
  public StorageConnection after(ConnectionChange change) {
    var name = change.displayName() == null ? displayName : change.displayName();
    var type =
        change.authenticationType() == null ? authenticationType : change.authenticationType();
    var changed = new StorageConnection(id, iTwin, name, type, created, revision);
    return changed.equals(this)
        ? this
        : new StorageConnection(id, iTwin, name, type, created, revision + 1);
  }
}
