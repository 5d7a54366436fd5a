package io.storageconnections.adapter.persistence;

import io.storageconnections.application.port.ConnectionFilter;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.port.StorageConnectionStore;
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
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;

/**
 * Keeps connections in a database that Flyway has migrated with this adapter's migrations. The
 * database decides every race: a unique constraint on (iModel, Storage file) lets one source file
 * be a Storage file, and whoever changes a row holds it. Durable as the database is; thread-safe.
 *
 * <p>It takes a {@link DataSource} and never a transaction of its caller, because a refused insert
 * dooms the transaction it was made in on some databases.
 */
public final class JooqStorageConnectionStore implements StorageConnectionStore {

  private final DSLContext dsl;
  private final HotStatements hot;

  private JooqStorageConnectionStore(DSLContext dsl) {
    this.dsl = dsl;
    this.hot = new HotStatements(dsl);
  }

  /**
   * Makes a store on a database.
   *
   * @param dataSource gives out connections to an H2 or a PostgreSQL, in auto-commit mode and of
   *     isolation level READ COMMITTED; stays its owner's to close
   * @return the store, which has nothing to close
   * @throws IllegalArgumentException if they are of another isolation level: what is read under a
   *     lock would be older than the lock
   * @throws IllegalStateException if they are not in auto-commit mode; so does whatever the store
   *     is asked to do when it is given one that a transaction is on
   * @throws StoreException if the database cannot be reached to ask which one it is, does not store
   *     every character, or has no schema for tables
   */
  public static JooqStorageConnectionStore on(DataSource dataSource) {
    return Sql.answering(
        "connecting",
        () -> {
          var dsl = Sql.on(dataSource);
          DatabaseState.of(dsl).requireSuitable("connecting");
          return new JooqStorageConnectionStore(dsl);
        });
  }

  // ---- connections -----------------------------------------------------------------------------

  @Override
  public Addition add(NewConnection connection, Limits limits) {
    return Sql.answering(
        "adding connection " + connection.id(),
        () ->
            unlessTaken(
                () -> insert(connection, limits),
                () -> conflicts(connection.iModel(), connection.storageFileIds()),
                FilesTaken::new));
  }

  private Addition insert(NewConnection connection, Limits limits) {
    if (!limits.areSet() && takesOneStatement(connection)) {
      hot.insert(connection);
      return new Added(null);
    }
    return adding(
        connection.iModel(),
        limits,
        (transaction, present) -> {
          var excess = present.flatMap(usage -> limits.excess(usage, connection.usage()));
          if (excess.isPresent()) {
            return new LimitReached(excess.get());
          }
          ConnectionRows.insert(transaction, connection.connection());
          SourceFileRows.insert(transaction, connection.id(), connection.sourceFiles());
          return added(limits, present, connection.usage());
        });
  }

  /** One round trip instead of four; H2 has no statement for it. */
  private boolean takesOneStatement(NewConnection connection) {
    return dsl.family() == SQLDialect.POSTGRES
        && SourceFileRows.fitInOneStatement(connection.sourceFiles());
  }

  private static Added added(Limits limits, Optional<Usage> present, Usage more) {
    return new Added(present.map(usage -> limits.limited(usage.plus(more))).orElse(null));
  }

  @Override
  public Optional<StorageConnection> find(ConnectionId id) {
    return Sql.answering("finding connection " + id, () -> hot.find(id));
  }

  @Override
  public Page<StorageConnection> list(ConnectionFilter filter, PageRequest slice) {
    return Sql.answering(
        "listing connections of iModel " + filter.iModel(),
        () -> ConnectionRows.list(dsl, filter, slice));
  }

  @Override
  public Update update(ConnectionId id, ConnectionChange change, Precondition precondition) {
    return Sql.answering(
        "updating connection " + id,
        () ->
            Sql.inTransaction(
                dsl,
                transaction ->
                    ConnectionRows.lock(transaction, id)
                        .map(before -> update(transaction, before, change, precondition))
                        .orElseGet(ConnectionNotFound::new)));
  }

  private static Update update(
      DSLContext transaction,
      StorageConnection before,
      ConnectionChange change,
      Precondition precondition) {
    if (!precondition.isMetBy(before.revision())) {
      return new Outdated(before.revision());
    }
    var after = before.after(change);
    ConnectionRows.update(transaction, after);
    return new Updated(after);
  }

  @Override
  public Removal remove(ConnectionId id, Precondition precondition) {
    return Sql.answering(
        "removing connection " + id,
        () -> Sql.inTransaction(dsl, transaction -> remove(transaction, id, precondition)));
  }

  private static Removal remove(
      DSLContext transaction, ConnectionId id, Precondition precondition) {
    var found = ConnectionRows.lock(transaction, id);
    if (found.isEmpty()) {
      return new ConnectionNotFound();
    }
    if (!precondition.isMetBy(found.get().revision())) {
      return new Outdated(found.get().revision());
    }
    ConnectionRows.delete(transaction, id);
    return new Removed();
  }

  // ---- source files ----------------------------------------------------------------------------

  @Override
  public FileAddition addFiles(ConnectionId connection, List<SourceFile> files, Limits limits) {
    return Sql.answering(
        "adding files to connection " + connection,
        () ->
            unlessTaken(
                () -> insert(connection, files, limits),
                () -> conflicts(connection.iModel(), SourceFile.storageFileIds(files)),
                FilesTaken::new));
  }

  private FileAddition insert(ConnectionId connection, List<SourceFile> files, Limits limits) {
    // Else whoever asks for what is not there would leave a row to be locked behind.
    if (limits.areSet() && !isThere(dsl, connection)) {
      return new ConnectionNotFound();
    }
    var more = new Usage(0, files.size());
    return adding(
        connection.iModel(),
        limits,
        (transaction, present) -> {
          // Held, so that it cannot be removed while files are added to it.
          if (ConnectionRows.lock(transaction, connection).isEmpty()) {
            return new ConnectionNotFound();
          }
          var excess = present.flatMap(usage -> limits.excess(usage, more));
          if (excess.isPresent()) {
            return new LimitReached(excess.get());
          }
          SourceFileRows.insert(transaction, connection, files);
          return added(limits, present, more);
        });
  }

  @Override
  public Optional<SourceFile> findFile(ConnectionId connection, SourceFileId file) {
    return Sql.answering(
        "finding source file " + file, () -> SourceFileRows.find(dsl, connection, file));
  }

  @Override
  public Page<SourceFile> listFiles(ConnectionId connection, PageRequest slice) {
    return Sql.answering(
        "listing files of connection " + connection,
        () -> SourceFileRows.list(dsl, connection, slice));
  }

  @Override
  public FileUpdate updateFile(
      ConnectionId connection,
      SourceFileId file,
      SourceFileChange change,
      Precondition precondition) {
    var wanted = List.of(change.storageFileId());
    return Sql.answering(
        "updating source file " + file,
        () ->
            unlessTaken(
                () ->
                    Sql.inTransaction(
                        dsl,
                        transaction -> update(transaction, connection, file, change, precondition)),
                () -> mappings(connection.iModel(), wanted).without(file).conflictsWith(wanted),
                FilesTaken::new));
  }

  private static FileUpdate update(
      DSLContext transaction,
      ConnectionId connection,
      SourceFileId file,
      SourceFileChange change,
      Precondition precondition) {
    var before = SourceFileRows.lock(transaction, connection, file);
    if (before.isEmpty()) {
      return isThere(transaction, connection) ? new SourceFileNotFound() : new ConnectionNotFound();
    }
    if (!precondition.isMetBy(before.get().revision())) {
      return new Outdated(before.get().revision());
    }
    var after = before.get().after(change);
    SourceFileRows.update(transaction, connection, after);
    return new FileUpdated(after);
  }

  @Override
  public FileRemoval removeFile(
      ConnectionId connection, SourceFileId file, Precondition precondition) {
    return Sql.answering(
        "removing source file " + file,
        () ->
            Sql.inTransaction(
                dsl, transaction -> remove(transaction, connection, file, precondition)));
  }

  private static FileRemoval remove(
      DSLContext transaction,
      ConnectionId connection,
      SourceFileId file,
      Precondition precondition) {
    var found = SourceFileRows.lock(transaction, connection, file);
    if (found.isEmpty()) {
      return isThere(transaction, connection) ? new SourceFileNotFound() : new ConnectionNotFound();
    }
    if (!precondition.isMetBy(found.get().revision())) {
      return new Outdated(found.get().revision());
    }
    SourceFileRows.delete(transaction, connection, file);
    return new Removed();
  }

  private static boolean isThere(DSLContext transaction, ConnectionId connection) {
    return ConnectionRows.find(transaction, connection).isPresent();
  }

  // ---- what decides ----------------------------------------------------------------------------

  /**
   * Adds in one transaction. It is told what the iModel holds, which stays so until the transaction
   * ends; nothing, if there are no limits, for then nobody counts.
   */
  private <T> T adding(
      IModelId iModel, Limits limits, BiFunction<DSLContext, Optional<Usage>, T> addition) {
    if (!limits.areSet()) {
      return Sql.inTransaction(dsl, transaction -> addition.apply(transaction, Optional.empty()));
    }
    IModelLock.prepare(dsl, iModel);
    return Sql.inTransaction(
        dsl,
        transaction ->
            addition.apply(transaction, Optional.of(IModelLock.take(transaction, iModel, limits))));
  }

  /**
   * The one place where the unique constraint becomes an answer. Runs after the rollback, so it
   * sees the winner's rows; any other failure is thrown again.
   */
  private static <T> T unlessTaken(
      Supplier<T> change,
      Supplier<List<FileMappings.Conflict>> conflicts,
      Function<List<FileMappings.Conflict>, T> refusal) {
    try {
      return change.get();
    } catch (DataAccessException failure) {
      if (!Sql.isUniqueViolation(failure)) {
        throw failure;
      }
      var found = conflicts.get();
      if (found.isEmpty()) {
        // Whoever held the files has let go of them before we could ask who it is.
        throw new Sql.TryAgainException(failure);
      }
      return refusal.apply(found);
    }
  }

  private List<FileMappings.Conflict> conflicts(IModelId iModel, List<StorageFileId> wanted) {
    return mappings(iModel, wanted).conflictsWith(wanted);
  }

  @Override
  public FileMappings mappings(IModelId iModel, Collection<StorageFileId> files) {
    return Sql.answering(
        "finding who holds files of iModel " + iModel,
        () -> SourceFileRows.mappings(dsl, iModel, files));
  }

  @Override
  public void check() {
    var doing = "checking that the database can be written to";
    Sql.answering(
        doing,
        () -> {
          DatabaseState.of(dsl).requireWritable(doing);
          HarmlessChanges.run(dsl);
          if (dsl.family() != SQLDialect.POSTGRES) {
            HarmlessChanges.writeToDisk(dsl);
          }
          return true;
        });
  }
}
