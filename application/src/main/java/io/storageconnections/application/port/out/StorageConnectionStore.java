package io.storageconnections.application.port.out;

import io.storageconnections.application.port.ConnectionFilter;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.application.port.Slice;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.domain.connection.ConnectionChange;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.FileMappings;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.NewConnection;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.SourceFileChange;
import io.storageconnections.domain.connection.SourceFileId;
import io.storageconnections.domain.connection.StorageConnection;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.domain.connection.Usage;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps connections and their source files, and lets a file be mapped to an iModel once. Every
 * change is atomic and, where the store is durable at all, durable when the method returns; of
 * changes that contradict each other at the same time one takes effect and the others hear so. Safe
 * for use by several threads and, where the store is shared, by several processes.
 *
 * <p>Every method throws a {@link StoreException} if the store cannot answer; whether a change took
 * effect is then unknown.
 */
public interface StorageConnectionStore {

  /**
   * Adds a connection and maps all its files, or does nothing. Of several that want one file, or
   * the last place that {@code limits} leave in the iModel, exactly one is added.
   *
   * @param connection a connection whose id nobody has
   * @param limits what its iModel may hold
   * @return what became of it
   */
  Addition add(NewConnection connection, Limits limits);

  /** How {@link #add} went. */
  sealed interface Addition permits Added, FilesTaken, LimitReached {}

  /**
   * Finds a connection.
   *
   * @param id which connection is meant
   * @return the connection with that id, as it is now; empty if there is none
   */
  Optional<StorageConnection> find(ConnectionId id);

  /**
   * Lists connections.
   *
   * @param filter which connections are meant
   * @param slice which part of them is wanted
   * @return that part, the {@link StorageConnection#OLDEST_FIRST}
   */
  Page<StorageConnection> list(ConnectionFilter filter, Slice slice);

  /**
   * Changes a connection. One that stays as it is keeps its revision.
   *
   * @param id which connection is meant
   * @param change what is to become different
   * @param precondition which revisions are meant
   * @return what became of it
   */
  Update update(ConnectionId id, ConnectionChange change, Precondition precondition);

  /** How {@link #update} went. */
  sealed interface Update permits Updated, ConnectionNotFound, Outdated {}

  /**
   * Removes a connection with all its files, which others may map from that moment on.
   *
   * @param id which connection is meant
   * @param precondition which revisions are meant
   * @return what became of it
   */
  Removal remove(ConnectionId id, Precondition precondition);

  /** How {@link #remove} went. */
  sealed interface Removal permits Removed, ConnectionNotFound, Outdated {}

  /**
   * Adds files to a connection: all of them, or none.
   *
   * @param connection which connection is meant
   * @param files no Storage file twice; never empty
   * @param limits what its iModel may hold
   * @return what became of it
   */
  FileAddition addFiles(ConnectionId connection, List<SourceFile> files, Limits limits);

  /** How {@link #addFiles} went. */
  sealed interface FileAddition permits Added, FilesTaken, LimitReached, ConnectionNotFound {}

  /**
   * Finds a source file.
   *
   * @param connection which connection is meant
   * @param file which of its source files is meant
   * @return the source file, as it is now; empty if there is none, or no such connection
   */
  Optional<SourceFile> findFile(ConnectionId connection, SourceFileId file);

  /**
   * Lists the source files of a connection.
   *
   * @param connection which connection is meant
   * @param slice which part of them is wanted
   * @return that part, the {@link SourceFile#OLDEST_FIRST}; empty if there is no such connection
   */
  Page<SourceFile> listFiles(ConnectionId connection, Slice slice);

  /**
   * Lets a source file be another Storage file, or be read by another connector. One that stays as
   * it is keeps its revision. A conflict has index 0.
   *
   * @param connection which connection is meant
   * @param file which of its source files is meant
   * @param change what the source file is to be
   * @param precondition which revisions are meant
   * @return what became of it
   */
  FileUpdate updateFile(
      ConnectionId connection,
      SourceFileId file,
      SourceFileChange change,
      Precondition precondition);

  /** How {@link #updateFile} went. */
  sealed interface FileUpdate
      permits FileUpdated, ConnectionNotFound, SourceFileNotFound, Outdated, FilesTaken {}

  /**
   * Removes a source file, which others may map from that moment on.
   *
   * @param connection which connection is meant
   * @param file which of its source files is meant
   * @param precondition which revisions are meant
   * @return what became of it
   */
  FileRemoval removeFile(ConnectionId connection, SourceFileId file, Precondition precondition);

  /** How {@link #removeFile} went. */
  sealed interface FileRemoval permits Removed, ConnectionNotFound, SourceFileNotFound, Outdated {}

  /**
   * It is stored.
   *
   * @param usage what the iModel holds now, with it; 0 of what is not limited, and null if nothing
   *     is, for then nobody counts
   */
  record Added(@Nullable Usage usage) implements Addition, FileAddition {}

  /**
   * Nothing is changed, because source files of the iModel are the wanted Storage files already.
   *
   * @param conflicts one for each such file, in the order in which they were wanted; never empty
   */
  record FilesTaken(List<FileMappings.Conflict> conflicts)
      implements Addition, FileAddition, FileUpdate {}

  /**
   * Nothing is changed, because the iModel would hold too much.
   *
   * @param excess of what, and by how many
   */
  record LimitReached(Limits.Excess excess) implements Addition, FileAddition {}

  /** There is no such connection. */
  record ConnectionNotFound() implements Update, Removal, FileAddition, FileUpdate, FileRemoval {}

  /** The connection has no such source file. */
  record SourceFileNotFound() implements FileUpdate, FileRemoval {}

  /**
   * It is changed, and now like this.
   *
   * @param connection as it is now
   */
  record Updated(StorageConnection connection) implements Update {}

  /**
   * It is changed, and now like this.
   *
   * @param file as it is now
   */
  record FileUpdated(SourceFile file) implements FileUpdate {}

  /** It is gone. */
  record Removed() implements Removal, FileRemoval {}

  /**
   * Nothing is changed, because the precondition is not met.
   *
   * @param revision the one it has
   */
  record Outdated(long revision) implements Update, Removal, FileUpdate, FileRemoval {}

  /**
   * Tells who holds which files in an iModel at this moment. Good for telling people why they were
   * refused, not for deciding whether to refuse them: only the changes can.
   *
   * @param iModel which iModel is meant
   * @param files those that are of interest; may name one repeatedly
   * @return the mappings of those of {@code files} that somebody holds
   */
  FileMappings mappings(IModelId iModel, Collection<StorageFileId> files);

  /** Returns if the store can be reached and written to. */
  void check();
}
