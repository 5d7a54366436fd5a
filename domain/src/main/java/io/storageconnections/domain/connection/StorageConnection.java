package io.storageconnections.domain.connection;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A connection from files in Storage to the iModel that they are synchronized to. The iModel is
 * part of the {@linkplain #id() id}. The files are the connection's {@link SourceFile}s, which are
 * added, changed and removed separately; a connection without source files is valid.
 *
 * @param id the id of the connection, which includes the id of its iModel
 * @param iTwin the iTwin of the iModel
 * @param displayName the display name; null if the connection has none
 * @param authenticationType the identity with which its runs read files
 * @param created when the connection was created; truncated to microseconds, the precision of every
 *     supported database
 * @param revision 1 after creation; each change of the display name or the authentication type adds
 *     1. Changes of source files and starts of runs do not
 * @param lastRun the run that was started last; null before the first run
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/get-storage-connection">Get
 *     Storage Connection</a>
 */
public record StorageConnection(
    ConnectionId id,
    ITwinId iTwin,
    @Nullable DisplayName displayName,
    AuthenticationType authenticationType,
    Instant created,
    long revision,
    @Nullable RunId lastRun) {

  /**
   * The order in which the connections of an iModel are listed: by time of creation, then by id.
   */
  public static final Comparator<StorageConnection> OLDEST_FIRST =
      Comparator.comparing(StorageConnection::created)
          .thenComparing(connection -> connection.id().connection(), Guid.BY_BYTES);

  /** Truncates the time to microseconds. */
  public StorageConnection {
    created = created.truncatedTo(ChronoUnit.MICROS);
  }

  /**
   * Creates a new connection, of revision 1 and without runs.
   *
   * @param id the id of the connection, which includes the id of its iModel
   * @param iTwin the iTwin of the iModel
   * @param displayName the display name; null if the connection has none
   * @param authenticationType the identity with which its runs read files
   * @param created when the connection is created; truncated to microseconds
   */
  public StorageConnection(
      ConnectionId id,
      ITwinId iTwin,
      @Nullable DisplayName displayName,
      AuthenticationType authenticationType,
      Instant created) {
    this(id, iTwin, displayName, authenticationType, created, 1, null);
  }

  /** {@return the iModel that the files are synchronized to} */
  public IModelId iModel() {
    return id.iModel();
  }

  /**
   * Returns this connection after the start of a run.
   *
   * @param run the run
   * @return a connection of the same revision
   */
  public StorageConnection withLastRun(RunId run) {
    return new StorageConnection(
        id, iTwin, displayName, authenticationType, created, revision, run);
  }

  /**
   * Applies a change.
   *
   * @param change the new values
   * @return the changed connection, of the next revision; this object if the new values equal the
   *     current ones
   */
  public StorageConnection after(ConnectionChange change) {
    var name = change.displayName() == null ? displayName : change.displayName();
    var type =
        change.authenticationType() == null ? authenticationType : change.authenticationType();
    var changed = new StorageConnection(id, iTwin, name, type, created, revision, lastRun);
    return changed.equals(this)
        ? this
        : new StorageConnection(id, iTwin, name, type, created, revision + 1, lastRun);
  }
}
