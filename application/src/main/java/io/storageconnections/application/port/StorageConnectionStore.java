package io.storageconnections.application.port;

import io.storageconnections.application.outcome.Failure.OfChange;
import io.storageconnections.application.outcome.Failure.OfCreation;
import io.storageconnections.application.outcome.Failure.OfDeletion;
import io.storageconnections.application.outcome.Failure.OfFileAddition;
import io.storageconnections.application.outcome.Failure.OfFileChange;
import io.storageconnections.application.outcome.Failure.OfFileMove;
import io.storageconnections.application.outcome.Failure.OfFileReading;
import io.storageconnections.application.outcome.Failure.OfFileRemoval;
import io.storageconnections.application.outcome.Failure.OfReading;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.outcome.Removed;
import io.storageconnections.domain.audit.AuditEntry;
import io.storageconnections.domain.audit.Cause;
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
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stores connections and their source files, and ensures that a Storage file is mapped to an iModel
 * at most once. Every change is atomic. In a durable store a change is durable when the method
 * returns; a store within a transaction of the host is an exception, and also throws {@link
 * TransactionConflictException}. Of concurrent changes that contradict each other, one takes effect
 * and the others fail. Safe for use by several threads and, where the store is shared, by several
 * processes.
 *
 * <p>Every change that a caller makes has an entry in the audit trail, which the store writes in
 * the same transaction: either both exist afterwards, or neither does. A call that fails or changes
 * nothing writes no entry. The factory methods of {@link AuditEntry} decide what an entry says. Its
 * time is the time of the {@link Cause}; if the connection has an entry of this time or a later
 * one, because the clocks of two nodes differ, it is the first microsecond after that entry. No
 * method changes an entry.
 *
 * <p>If a change fails for several reasons, the store reports the one that {@link
 * io.storageconnections.application.outcome.Failure Failure} lists first: a missing connection or
 * source file, then an unmet precondition, then files that are mapped already, then a limit.
 *
 * <p>The domain decides what a change means: {@link FileMappings#conflictsWith}, {@link
 * Limits#excess}, {@link StorageConnection#after}, {@link SourceFile#after} and {@link
 * SourceFile#moved}. A store only makes sure that nothing changes between the decision and the
 * write.
 *
 * <p>Every method throws a {@link StoreException} if the store cannot answer; a change may then
 * have taken effect.
 */
public interface StorageConnectionStore {

  /**
   * Adds a connection and maps all its files, or does nothing. It adds nothing to an iModel that is
   * {@linkplain #markDeleted marked as deleted}, which it checks in the same transaction. Of
   * several concurrent additions of one file, or for the last place within {@code limits}, exactly
   * one succeeds.
   *
   * @param cause the request that makes the change
   * @param connection the connection, with a new id; names no Storage file twice
   * @param limits the limits of its iModel
   * @return the new usage of the iModel, or why the connection is not stored
   */
  Outcome<Added, OfCreation> add(Cause cause, NewConnection connection, Limits limits);

  /**
   * Finds a connection.
   *
   * @param id the id of the connection
   * @return the connection in its current state; empty if it does not exist
   */
  Optional<StorageConnection> find(ConnectionId id);

  /**
   * Lists connections.
   *
   * @param filter selects the connections
   * @param pageRequest the position and size of the page
   * @return the page, in the order {@link StorageConnection#OLDEST_FIRST}
   */
  Page<StorageConnection> list(ConnectionFilter filter, PageRequest pageRequest);

  /**
   * Changes a connection. Its revision stays the same if the change changes nothing.
   *
   * @param cause the request that makes the change
   * @param id the id of the connection
   * @param change the new values
   * @param precondition the revisions to which the change applies
   * @return the connection in its new state, or why it is not changed
   */
  Outcome<StorageConnection, OfChange> update(
      Cause cause, ConnectionId id, ConnectionChange change, Precondition precondition);

  /**
   * Removes a connection with all its files, which can be mapped again at once, and with its runs.
   *
   * @param cause the request that makes the change
   * @param id the id of the connection
   * @param precondition the revisions to which the removal applies
   * @return that the connection is removed, or why it is not; a store without runs never reports
   *     that the connection is in use
   */
  Outcome<Removed, OfDeletion> remove(Cause cause, ConnectionId id, Precondition precondition);

  /**
   * Marks an iModel as deleted, for ever. An addition that is in progress at this moment may still
   * succeed; every later one fails with {@code IModelDeleted}. A second call has no effect.
   *
   * @param cause the request that makes the change
   * @param iModel the iModel
   */
  void markDeleted(Cause cause, IModelId iModel);

  /**
   * Removes some connections of an iModel with all their files and runs, in one transaction. It
   * also removes live runs: their workers stop when they find that the run does not exist any more.
   *
   * @param cause the request that makes the change
   * @param iModel the iModel
   * @param max the greatest number of connections to remove, 1 or more
   * @return the removed connections; empty if the iModel has none
   */
  List<ConnectionId> removeSome(Cause cause, IModelId iModel, int max);

  /**
   * Adds files to a connection: all of them, or none.
   *
   * @param cause the request that makes the change
   * @param connection the id of the connection
   * @param files the source files, with new ids; no Storage file twice; never empty
   * @param limits the limits of its iModel
   * @return the new usage of the iModel, or why the files are not stored
   */
  Outcome<Added, OfFileAddition> addFiles(
      Cause cause, ConnectionId connection, List<SourceFile> files, Limits limits);

  /**
   * Finds a source file.
   *
   * @param connection the id of the connection
   * @param file the id of the source file
   * @return the source file in its current state. Fails with {@code ConnectionNotFound} if the
   *     connection does not exist, and with {@code SourceFileNotFound} if the connection exists and
   *     has no such source file
   */
  Outcome<SourceFile, OfFileReading> findFile(ConnectionId connection, SourceFileId file);

  /**
   * Lists the source files of a connection.
   *
   * @param connection the id of the connection
   * @param pageRequest the position and size of the page
   * @return the page, in the order {@link SourceFile#OLDEST_FIRST}; empty if the connection has no
   *     source files. Fails with {@code ConnectionNotFound} if the connection does not exist
   */
  Outcome<Page<SourceFile>, OfReading> listFiles(ConnectionId connection, PageRequest pageRequest);

  /**
   * Replaces the Storage file or the connector type of a source file. Its revision stays the same
   * if the change changes nothing. A source file does not conflict with itself ({@link
   * FileMappings#without}). A conflict has index 0.
   *
   * @param cause the request that makes the change
   * @param connection the id of the connection
   * @param file the id of the source file
   * @param change the new values
   * @param precondition the revisions to which the change applies
   * @return the source file in its new state, or why it is not changed
   */
  Outcome<SourceFile, OfFileChange> updateFile(
      Cause cause,
      ConnectionId connection,
      SourceFileId file,
      SourceFileChange change,
      Precondition precondition);

  /**
   * Moves a source file to another connection of the same iModel. The source file keeps its id, its
   * Storage file, its connector type and its time of creation, and gets the next revision. A move
   * to the connection that has the source file already changes nothing.
   *
   * @param cause the request that makes the change
   * @param from the id of the connection that has the source file
   * @param file the id of the source file
   * @param to the id of the connection that gets the source file; of the same iModel as {@code
   *     from}
   * @param precondition the revisions to which the move applies
   * @return the source file in its new state, or why it is not moved. If neither connection exists,
   *     the failure names {@code from}; if only {@code to} does not exist, it names {@code to}
   */
  Outcome<SourceFile, OfFileMove> moveFile(
      Cause cause,
      ConnectionId from,
      SourceFileId file,
      ConnectionId to,
      Precondition precondition);

  /**
   * Removes a source file, whose Storage file can be mapped again at once.
   *
   * @param cause the request that makes the change
   * @param connection the id of the connection
   * @param file the id of the source file
   * @param precondition the revisions to which the removal applies
   * @return that the source file is removed, or why it is not
   */
  Outcome<Removed, OfFileRemoval> removeFile(
      Cause cause, ConnectionId connection, SourceFileId file, Precondition precondition);

  /**
   * A connection or source files are stored.
   *
   * @param usage what the iModel now holds of each limited kind, 0 of a kind without a limit
   *     ({@link Limits#limited}); null if there are no limits ({@link Limits#areSet}), because
   *     nothing is counted then
   */
  record Added(@Nullable Usage usage) {}

  /**
   * Reads which source files hold the given Storage files in an iModel at this moment. Use it to
   * explain a conflict, not to decide whether there is one: only a change can decide that.
   *
   * @param iModel the iModel
   * @param files the Storage files; may name one repeatedly
   * @return the mappings of those of {@code files} that are mapped
   */
  FileMappings mappings(IModelId iModel, Collection<StorageFileId> files);

  /**
   * Lists the audit trail of an iModel. Entries outlive their connections and runs. Entries of runs
   * are those that the {@link RunStore} on the same data writes.
   *
   * @param filter selects the entries
   * @param pageRequest the position and size of the page
   * @return the page, the newest entry first. Entries of one connection are in the order in which
   *     its changes took effect. The page may have fewer entries than requested, but at least one,
   *     if they list thousands of source files
   */
  Page<AuditEntry> audit(AuditFilter filter, PageRequest pageRequest);

  /**
   * Removes entries of the audit trail of iModels that are {@linkplain #markDeleted marked as
   * deleted}, in one transaction.
   *
   * @param deletedBefore only of iModels that were marked before this time
   * @param max the greatest number of entries to remove, 1 or more
   * @return the number of removed entries; less than {@code max} if no other entry is left
   */
  int removeAuditOfDeleted(Instant deletedBefore, int max);

  /**
   * Checks that the store can be reached and written to.
   *
   * @throws StoreException if it cannot
   */
  void check();
}
