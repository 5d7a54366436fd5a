package io.storageconnections.adapter.persistence;

import io.storageconnections.adapter.persistence.audit.AuditRows;
import io.storageconnections.adapter.persistence.connection.ConnectionRows;
import io.storageconnections.adapter.persistence.connection.DeletedIModels;
import io.storageconnections.adapter.persistence.database.DatabaseState;
import io.storageconnections.adapter.persistence.database.WriteProbe;
import io.storageconnections.adapter.persistence.imodel.IModelLock;
import io.storageconnections.adapter.persistence.run.LiveRunRows;
import io.storageconnections.adapter.persistence.schema.Tables;
import io.storageconnections.adapter.persistence.sourcefile.SourceFileRows;
import io.storageconnections.adapter.persistence.sql.StoreConstraints;
import io.storageconnections.adapter.persistence.sql.Transactions;
import io.storageconnections.application.outcome.Failure;
import io.storageconnections.application.outcome.Failure.ConnectionInUse;
import io.storageconnections.application.outcome.Failure.ConnectionNotFound;
import io.storageconnections.application.outcome.Failure.FileNotFound;
import io.storageconnections.application.outcome.Failure.FilesAlreadyMapped;
import io.storageconnections.application.outcome.Failure.IModelDeleted;
import io.storageconnections.application.outcome.Failure.LimitReached;
import io.storageconnections.application.outcome.Failure.OfChange;
import io.storageconnections.application.outcome.Failure.OfCreation;
import io.storageconnections.application.outcome.Failure.OfDeletion;
import io.storageconnections.application.outcome.Failure.OfFileAddition;
import io.storageconnections.application.outcome.Failure.OfFileChange;
import io.storageconnections.application.outcome.Failure.OfFileMove;
import io.storageconnections.application.outcome.Failure.OfFileReading;
import io.storageconnections.application.outcome.Failure.OfFileRemoval;
import io.storageconnections.application.outcome.Failure.OfReading;
import io.storageconnections.application.outcome.Failure.Outdated;
import io.storageconnections.application.outcome.Failure.SourceFileNotFound;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.outcome.Removed;
import io.storageconnections.application.port.AuditFilter;
import io.storageconnections.application.port.ConnectionFilter;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.application.port.StorageConnectionStore;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.port.TransactionConflictException;
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
import io.storageconnections.domain.run.RunExclusivity;
import java.sql.Connection;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Stores connections in an SQL database, on which {@link Migrations} were run. The database
 * resolves every race: a unique constraint on (iModel, Storage file) ensures that a file is mapped
 * to an iModel at most once, and a transaction locks the row that it changes. As durable as the
 * database. Thread-safe.
 *
 * <p>Every change is a transaction of its own, unless the host asks for a store {@linkplain #within
 * within} one of its own transactions.
 */
public final class JooqStorageConnectionStore implements StorageConnectionStore {

  private final Transactions transactions;
  private final DSLContext dsl;
  private final CachedStatements statements;

  private JooqStorageConnectionStore(Transactions transactions, CachedStatements statements) {
    this.transactions = transactions;
    this.dsl = transactions.dsl();
    this.statements = statements;
  }

  /**
   * Creates a store on a database.
   *
   * @param dataSource gives out connections to an H2 or a PostgreSQL, in auto-commit mode and with
   *     the isolation level READ COMMITTED; its owner closes it
   * @return the store, which need not be closed
   * @throws IllegalArgumentException if the connections have another isolation level. A transaction
   *     could then read rows that are older than its lock
   * @throws IllegalStateException if the connections are not in auto-commit mode. Every method of
   *     the store also throws it when it gets a connection on which a transaction is open
   * @throws StoreException if the database cannot be reached to ask for its dialect, cannot store
   *     every character, or has no schema for tables
   */
  public static JooqStorageConnectionStore on(DataSource dataSource) {
    var transactions = Transactions.on(dataSource);
    return transactions.run(
        "connecting",
        () -> {
          DatabaseState.of(transactions.dsl()).requireSuitable("connecting");
          return new JooqStorageConnectionStore(
              transactions, CachedStatements.on(transactions.dsl()));
        });
  }

  /**
   * Returns this store for one transaction of the host. Its changes are part of that transaction:
   * the store neither commits, nor rolls back, nor closes it. A change that fails leaves the host's
   * transaction usable, because the store returns to a savepoint that it set before.
   *
   * <p>The isolation level READ COMMITTED has no restrictions. At REPEATABLE READ and SERIALIZABLE
   * the store accepts no limits, and more changes end with a {@link TransactionConflictException}.
   * The methods of the store also throw {@code TransactionConflictException} when a deadlock
   * occurs. After a {@link StoreException} or a {@code TransactionConflictException} the host rolls
   * its transaction back.
   *
   * @param connection a connection to the database of this store, on which the host has begun a
   *     transaction; the host ends the transaction and closes the connection
   * @return a store for the thread and the transaction of {@code connection}; not thread-safe
   * @throws IllegalArgumentException if the connection is closed or in auto-commit mode, or if its
   *     isolation level is READ UNCOMMITTED on H2
   * @throws StoreException if the connection is broken
   */
  public JooqStorageConnectionStore within(Connection connection) {
    var joined = transactions.within(connection);
    return new JooqStorageConnectionStore(joined, statements.within(joined.dsl()));
  }

  // ---- connections -----------------------------------------------------------------------------

  @Override
  public Outcome<Added, OfCreation> add(Cause cause, NewConnection connection, Limits limits) {
    return transactions.run(
        "adding connection " + connection.id(),
        () ->
            unlessMapped(
                () -> insert(AuditEntry.created(cause, connection), connection, limits),
                () -> conflicts(dsl, connection.iModel(), connection.storageFileIds()),
                FilesAlreadyMapped::new));
  }

  private Outcome<Added, OfCreation> insert(
      AuditEntry entry, NewConnection connection, Limits limits) {
    if (!limits.areSet() && fitsInOneStatement(connection)) {
      return Transactions.unlessViolated(
          // The statement inserts the files without their connection if the iModel is deleted.
          StoreConstraints.FILE_OF_CONNECTION,
          () ->
              transactions.inStatement(() -> {
                statements.insert(connection, entry);
                return Outcome.success(new Added(null));
              }),
          () -> Outcome.failed(new IModelDeleted(connection.iModel())));
    }
    prepareLock(connection.iModel(), limits);
    return transactions.inTransaction(transaction -> {
      var present = lockedUsage(transaction, connection.iModel(), limits);
      if (DeletedIModels.contain(transaction, connection.iModel())) {
        return Outcome.failed(
            refusal(transaction, connection, () -> new IModelDeleted(connection.iModel())));
      }
      return withinLimits(
          present,
          limits,
          connection.usage(),
          excess -> refusal(transaction, connection, () -> new LimitReached(excess)),
          () -> {
            ConnectionRows.insert(transaction, connection.connection());
            SourceFileRows.insert(transaction, connection.id(), connection.sourceFiles());
            AuditRows.insert(transaction, entry);
          });
    });
  }

  private static OfCreation refusal(
      DSLContext transaction, NewConnection connection, Supplier<OfCreation> otherwise) {
    return refusal(
        conflicts(transaction, connection.iModel(), connection.storageFileIds()),
        FilesAlreadyMapped::new,
        otherwise);
  }

  /**
   * Returns whether one statement can insert the connection and its files: one round trip instead
   * of four. H2 has no such statement.
   */
  private boolean fitsInOneStatement(NewConnection connection) {
    return transactions.isPostgres() && SourceFileRows.fitInOneStatement(connection.sourceFiles());
  }

  @Override
  public Optional<StorageConnection> find(ConnectionId id) {
    return transactions.run("finding connection " + id, () -> statements.find(id));
  }

  @Override
  public Page<StorageConnection> list(ConnectionFilter filter, PageRequest pageRequest) {
    return transactions.run(
        "listing connections of iModel " + filter.iModel(),
        () -> ConnectionRows.list(dsl, filter, pageRequest));
  }

  @Override
  public Outcome<StorageConnection, OfChange> update(
      Cause cause, ConnectionId id, ConnectionChange change, Precondition precondition) {
    return transactions.transaction(
        "updating connection " + id,
        transaction ->
            ifCurrent(
                ConnectionRows.lock(transaction, id),
                () -> new ConnectionNotFound(id),
                StorageConnection::revision,
                precondition,
                Outdated::new,
                before -> {
                  var after = before.after(change);
                  if (!after.equals(before)) {
                    ConnectionRows.update(transaction, after);
                    AuditRows.insert(transaction, AuditEntry.updated(cause, before, after));
                  }
                  return Outcome.success(after);
                }));
  }

  @Override
  public Outcome<Removed, OfDeletion> remove(
      Cause cause, ConnectionId id, Precondition precondition) {
    return transactions.transaction(
        "removing connection " + id,
        transaction ->
            ifCurrent(
                ConnectionRows.lock(transaction, id),
                () -> new ConnectionNotFound(id),
                StorageConnection::revision,
                precondition,
                Outdated::new,
                before -> removed(transaction, cause, before)));
  }

  /** Removes a connection that the transaction has locked, so that no run of it is started. */
  private static Outcome<Removed, OfDeletion> removed(
      DSLContext transaction, Cause cause, StorageConnection connection) {
    var id = connection.id();
    var live = LiveRunRows.find(transaction, id, RunExclusivity.PER_CONNECTION);
    if (live.isPresent()) {
      return Outcome.failed(new ConnectionInUse(live.get()));
    }
    var files = SourceFileRows.filesOf(transaction, List.of(connection));
    AuditRows.insert(
        transaction, AuditEntry.deleted(cause, connection, files.getOrDefault(id, List.of())));
    ConnectionRows.delete(transaction, id);
    return Outcome.success(new Removed());
  }

  @Override
  public void markDeleted(Cause cause, IModelId iModel) {
    transactions.run(
        "marking iModel " + iModel + " as deleted",
        () -> {
          DeletedIModels.add(
              transactions,
              iModel,
              cause.at(),
              transaction ->
                  AuditRows.insert(
                      transaction,
                      AuditEntry.iModelDeleted(
                          cause, iModel, ConnectionRows.count(transaction, iModel))));
          return true;
        });
  }

  @Override
  public List<ConnectionId> removeSome(Cause cause, IModelId iModel, int max) {
    return transactions.transaction(
        "removing connections of iModel " + iModel,
        transaction -> {
          var connections = ConnectionRows.lockSome(transaction, iModel, max);
          var files = SourceFileRows.filesOf(transaction, connections);
          AuditRows.insert(
              transaction,
              connections.stream()
                  .map(connection ->
                      AuditEntry.deleted(
                          cause, connection, files.getOrDefault(connection.id(), List.of())))
                  .toList());
          var ids = connections.stream().map(StorageConnection::id).toList();
          ConnectionRows.delete(transaction, iModel, ids);
          return ids;
        });
  }

  // ---- source files ----------------------------------------------------------------------------

  @Override
  public Outcome<Added, OfFileAddition> addFiles(
      Cause cause, ConnectionId connection, List<SourceFile> files, Limits limits) {
    return transactions.run(
        "adding files to connection " + connection,
        () ->
            unlessMapped(
                () -> insert(cause, connection, files, limits),
                () -> conflicts(dsl, connection.iModel(), SourceFile.storageFileIds(files)),
                FilesAlreadyMapped::new));
  }

  private Outcome<Added, OfFileAddition> insert(
      Cause cause, ConnectionId connection, List<SourceFile> files, Limits limits) {
    // Checked before prepareLock, so that a request for an unknown connection does not leave a lock
    // row.
    if (limits.areSet() && !exists(dsl, connection)) {
      return Outcome.failed(new ConnectionNotFound(connection));
    }
    prepareLock(connection.iModel(), limits);
    return transactions.inTransaction(transaction -> {
      // Every transaction takes its locks in this order, so that no deadlock occurs.
      var present = lockedUsage(transaction, connection.iModel(), limits);
      // The lock prevents another transaction from removing the connection while files are added to
      // it.
      if (ConnectionRows.lock(transaction, connection).isEmpty()) {
        return Outcome.failed(new ConnectionNotFound(connection));
      }
      return withinLimits(
          present,
          limits,
          new Usage(0, files.size()),
          excess ->
              refusal(
                  conflicts(transaction, connection.iModel(), SourceFile.storageFileIds(files)),
                  FilesAlreadyMapped::new,
                  () -> new LimitReached(excess)),
          () -> {
            SourceFileRows.insert(transaction, connection, files);
            AuditRows.insert(transaction, AuditEntry.filesAdded(cause, connection, files));
          });
    });
  }

  @Override
  public Outcome<SourceFile, OfFileReading> findFile(ConnectionId connection, SourceFileId file) {
    return transactions.run(
        "finding source file " + file,
        () ->
            SourceFileRows.find(dsl, connection, file)
                .<Outcome<SourceFile, OfFileReading>>map(Outcome::success)
                .orElseGet(() -> Outcome.failed(fileNotFound(dsl, connection, file))));
  }

  @Override
  public Outcome<Page<SourceFile>, OfReading> listFiles(
      ConnectionId connection, PageRequest pageRequest) {
    return transactions.run(
        "listing files of connection " + connection,
        () -> {
          var page = SourceFileRows.list(dsl, connection, pageRequest);
          // A connection that has files exists. Only an empty list needs another statement.
          var isEmptyList = page.items().isEmpty() && page.preceding() == 0;
          return isEmptyList && !exists(dsl, connection)
              ? Outcome.failed(new ConnectionNotFound(connection))
              : Outcome.success(page);
        });
  }

  @Override
  public Outcome<SourceFile, OfFileChange> updateFile(
      Cause cause,
      ConnectionId connection,
      SourceFileId file,
      SourceFileChange change,
      Precondition precondition) {
    var wanted = List.of(change.storageFileId());
    return transactions.run(
        "updating source file " + file,
        () ->
            unlessMapped(
                () ->
                    transactions.inTransaction(transaction ->
                        ifCurrent(
                            SourceFileRows.lock(transaction, connection, file),
                            () -> fileNotFound(transaction, connection, file),
                            SourceFile::revision,
                            precondition,
                            Outdated::new,
                            before -> {
                              var after = before.after(change);
                              if (!after.equals(before)) {
                                SourceFileRows.update(transaction, connection, after);
                                AuditRows.insert(
                                    transaction,
                                    AuditEntry.fileUpdated(cause, connection, before, after));
                              }
                              return Outcome.success(after);
                            })),
                () ->
                    SourceFileRows.mappings(dsl, connection.iModel(), wanted)
                        .without(file)
                        .conflictsWith(wanted),
                FilesAlreadyMapped::new));
  }

  @Override
  public Outcome<SourceFile, OfFileMove> moveFile(
      Cause cause,
      ConnectionId from,
      SourceFileId file,
      ConnectionId to,
      Precondition precondition) {
    return transactions.transaction(
        "moving source file " + file,
        transaction -> {
          // The lock prevents another transaction from removing the connection. It is taken first,
          // as by a removal, which locks a connection and then deletes its files.
          var targetExists = ConnectionRows.lock(transaction, to).isPresent();
          var locked = SourceFileRows.lock(transaction, from, file);
          if (!targetExists) {
            return Outcome.failed(new ConnectionNotFound(exists(transaction, from) ? to : from));
          }
          return ifCurrent(
              locked,
              () -> fileNotFound(transaction, from, file),
              SourceFile::revision,
              precondition,
              Outdated::new,
              before -> {
                if (from.equals(to)) {
                  return Outcome.success(before);
                }
                var after = before.moved();
                SourceFileRows.move(transaction, from, after, to);
                AuditRows.insert(transaction, AuditEntry.fileMoved(cause, from, to, before, after));
                return Outcome.success(after);
              });
        });
  }

  @Override
  public Outcome<Removed, OfFileRemoval> removeFile(
      Cause cause, ConnectionId connection, SourceFileId file, Precondition precondition) {
    return transactions.transaction(
        "removing source file " + file,
        transaction ->
            ifCurrent(
                SourceFileRows.lock(transaction, connection, file),
                () -> fileNotFound(transaction, connection, file),
                SourceFile::revision,
                precondition,
                Outdated::new,
                before -> {
                  SourceFileRows.delete(transaction, connection, file);
                  AuditRows.insert(transaction, AuditEntry.fileRemoved(cause, connection, before));
                  return Outcome.success(new Removed());
                }));
  }

  // ---- shared steps ----------------------------------------------------------------------------

  /**
   * Changes a row that the transaction has locked, if the row exists and its revision meets the
   * precondition.
   */
  private static <R, T, F extends Failure> Outcome<T, F> ifCurrent(
      Optional<R> locked,
      Supplier<? extends F> notFound,
      ToLongFunction<R> revision,
      Precondition precondition,
      LongFunction<? extends F> outdated,
      Function<R, Outcome<T, F>> change) {
    if (locked.isEmpty()) {
      return Outcome.failed(notFound.get());
    }
    var current = revision.applyAsLong(locked.get());
    return precondition.isMetBy(current)
        ? change.apply(locked.get())
        : Outcome.failed(outdated.apply(current));
  }

  /** Finds out whether only the source file does not exist, or its whole connection. */
  private static FileNotFound fileNotFound(
      DSLContext dsl, ConnectionId connection, SourceFileId file) {
    return exists(dsl, connection)
        ? new SourceFileNotFound(file)
        : new ConnectionNotFound(connection);
  }

  private static boolean exists(DSLContext dsl, ConnectionId connection) {
    return ConnectionRows.find(dsl, connection).isPresent();
  }

  /** Creates the row that {@link #lockedUsage} locks, before the transaction begins. */
  private void prepareLock(IModelId iModel, Limits limits) {
    if (limits.areSet()) {
      transactions.requireReadCommitted();
      IModelLock.prepare(transactions, iModel);
    }
  }

  /**
   * Locks the iModel until the transaction ends, and returns its usage; null without limits,
   * because the store does not count then.
   */
  private static @Nullable Usage lockedUsage(
      DSLContext transaction, IModelId iModel, Limits limits) {
    return limits.areSet() ? IModelLock.take(transaction, iModel, limits) : null;
  }

  /** Runs {@code insertion}, unless the iModel would exceed its limits. */
  private static <F extends Failure> Outcome<Added, F> withinLimits(
      @Nullable Usage present,
      Limits limits,
      Usage more,
      Function<Limits.Excess, ? extends F> refusal,
      Runnable insertion) {
    if (present == null) {
      insertion.run();
      return Outcome.success(new Added(null));
    }
    var excess = limits.excess(present, more);
    if (excess.isPresent()) {
      return Outcome.failed(refusal.apply(excess.get()));
    }
    insertion.run();
    return Outcome.success(new Added(limits.limited(present.plus(more))));
  }

  /**
   * Returns why an addition is refused that is not possible anyway. A conflict takes precedence: a
   * client that repeats a creation without knowing its answer then learns that the connection
   * exists.
   */
  private static <F extends Failure> F refusal(
      List<FileMappings.Conflict> conflicts,
      Function<List<FileMappings.Conflict>, ? extends F> filesAlreadyMapped,
      Supplier<? extends F> otherwise) {
    return conflicts.isEmpty() ? otherwise.get() : filesAlreadyMapped.apply(conflicts);
  }

  /** Runs {@code change}, unless it violates the unique constraint on (iModel, Storage file). */
  private static <T, F extends Failure> Outcome<T, F> unlessMapped(
      Supplier<Outcome<T, F>> change,
      Supplier<List<FileMappings.Conflict>> conflicts,
      Function<List<FileMappings.Conflict>, ? extends F> filesAlreadyMapped) {
    return Transactions.unlessViolated(
        StoreConstraints.FILE_MAPPED_ONCE,
        change,
        () -> {
          // Empty if another transaction removed the other source file before this statement could
          // read it. Null requests a retry.
          var found = conflicts.get();
          return found.isEmpty() ? null : Outcome.failed(filesAlreadyMapped.apply(found));
        });
  }

  private static List<FileMappings.Conflict> conflicts(
      DSLContext dsl, IModelId iModel, List<StorageFileId> wanted) {
    return SourceFileRows.mappings(dsl, iModel, wanted).conflictsWith(wanted);
  }

  @Override
  public FileMappings mappings(IModelId iModel, Collection<StorageFileId> files) {
    return transactions.run(
        "reading the mappings of iModel " + iModel,
        () -> SourceFileRows.mappings(dsl, iModel, files));
  }

  // ---- audit trail -----------------------------------------------------------------------------

  @Override
  public Page<AuditEntry> audit(AuditFilter filter, PageRequest pageRequest) {
    return transactions.run(
        "listing the audit trail of iModel " + filter.iModel(),
        () -> AuditRows.list(dsl, filter, pageRequest));
  }

  @Override
  public int removeAuditOfDeleted(Instant deletedBefore, int max) {
    return transactions.transaction(
        "removing the audit trail of deleted iModels",
        transaction -> AuditRows.deleteOfDeletedIModels(transaction, deletedBefore, max));
  }

  // ---- everything -----------------------------------------------------------------------------

  /**
   * Returns whether there is no connection of any iModel.
   *
   * @return true if there is none
   * @throws StoreException if the database cannot answer
   */
  public boolean isEmpty() {
    return transactions.run(
        "looking for connections", () -> !dsl.fetchExists(Tables.STORAGE_CONNECTION));
  }

  /**
   * Removes all connections of all iModels with the audit trail, and what the database knows of the
   * iModels, such as the iTwins that an {@link OpenIModelDirectory} stores. For tests and
   * development. A request that ends at the same time takes effect before or after.
   *
   * @throws StoreException if the database cannot answer
   * @throws TransactionConflictException within a transaction of the host, as {@link #within}
   *     describes
   */
  public void clear() {
    var unused =
        transactions.transaction(
            "removing all connections",
            transaction -> {
              AllTables.clear(transaction);
              return true;
            });
  }

  @Override
  public void check() {
    transactions.requireNoRecentDiskFailure();
    var doing = "checking that the database can be written to";
    transactions.run(
        doing,
        () -> {
          DatabaseState.of(dsl).requireWritable(doing);
          WriteProbe.OF_CONNECTIONS.run(dsl);
          if (!transactions.isPostgres()) {
            WriteProbe.writeToDisk(dsl);
          }
          return true;
        });
  }
}
