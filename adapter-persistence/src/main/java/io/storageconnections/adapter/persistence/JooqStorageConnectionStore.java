package io.storageconnections.adapter.persistence;

import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION;
import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_SOURCE_FILE;
import static org.jooq.impl.DSL.row;

import io.storageconnections.adapter.persistence.schema.tables.StorageConnectionSourceFile;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.port.out.StorageConnectionStore;
import io.storageconnections.application.port.out.StorageConnectionStore.Addition.Added;
import io.storageconnections.application.port.out.StorageConnectionStore.Addition.FilesTaken;
import io.storageconnections.domain.connection.AuthenticationType;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.DisplayName;
import io.storageconnections.domain.connection.FileMappings;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.SourceFileId;
import io.storageconnections.domain.connection.StorageConnection;
import io.storageconnections.domain.connection.StorageFileId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps connections in a database that Flyway has migrated with this adapter's migrations. The
 * database decides every race: a unique constraint on (iModel, Storage file) lets one connection
 * have a file. Durable as the database is; thread-safe.
 *
 * <p>It takes a {@link DataSource} and never a transaction of its caller, because a refused insert
 * dooms the transaction it was made in on some databases.
 */
public final class JooqStorageConnectionStore implements StorageConnectionStore {

  /** Rows of one statement; databases bound the number of parameters. */
  private static final int ROWS_MAX = 1000;

  private static final StorageConnectionSourceFile FILE = STORAGE_CONNECTION_SOURCE_FILE;

  private final DSLContext dsl;

  private JooqStorageConnectionStore(DSLContext dsl) {
    this.dsl = dsl;
  }

  /**
   * A store on the database behind {@code dataSource}, whose connections must be in auto-commit
   * mode.
   *
   * @throws StoreException if the database cannot be reached to ask which one it is
   */
  public static JooqStorageConnectionStore on(DataSource dataSource) {
    return Sql.answering("connecting", () -> new JooqStorageConnectionStore(Sql.on(dataSource)));
  }

  @Override
  public Addition add(StorageConnection connection) {
    return Sql.answering("adding connection " + connection.id(), () -> addOnceOrTwice(connection));
  }

  private Addition addOnceOrTwice(StorageConnection connection) {
    // Twice, if whoever held the files has let go of them before we could ask who it is.
    return tryToAdd(connection)
        .or(() -> tryToAdd(connection))
        .orElseThrow(() ->
            new DataAccessException(
                "refused twice by a unique constraint, though nobody holds its files"));
  }

  /** Empty if a file was taken and nobody holds it any more. */
  private Optional<Addition> tryToAdd(StorageConnection connection) {
    try {
      insert(connection);
      return Optional.of(new Added());
    } catch (DataAccessException failure) {
      return filesTaken(connection, failure);
    }
  }

  /**
   * The one place where the unique constraint becomes an answer. Runs after the rollback, so it
   * sees the winner's rows. Any other failure is thrown again.
   */
  private Optional<Addition> filesTaken(StorageConnection connection, DataAccessException failure) {
    if (!Sql.isUniqueViolation(failure)) {
      throw failure;
    }
    var wanted = connection.storageFileIds();
    var conflicts = mappings(connection.iModel(), wanted).conflictsWith(wanted);
    return conflicts.isEmpty() ? Optional.empty() : Optional.of(new FilesTaken(conflicts));
  }

  private void insert(StorageConnection connection) {
    // Sorted, so that of two transactions that want the same files neither waits for the other in a
    // circle.
    var files =
        connection.sourceFiles().stream()
            .sorted(Comparator.comparing(SourceFile::storageFileId))
            .toList();
    dsl.transaction(transaction -> {
      insertConnection(transaction.dsl(), connection);
      for (var part : parts(files)) {
        insertFiles(transaction.dsl(), connection, part);
      }
    });
  }

  private static void insertConnection(DSLContext transaction, StorageConnection connection) {
    var name = connection.displayName();
    transaction
        .insertInto(STORAGE_CONNECTION)
        .set(STORAGE_CONNECTION.IMODEL_ID, connection.iModel().value())
        .set(STORAGE_CONNECTION.CONNECTION_ID, connection.id().connection())
        .set(STORAGE_CONNECTION.ITWIN_ID, connection.iTwin().value())
        .set(STORAGE_CONNECTION.DISPLAY_NAME, name == null ? null : name.value())
        .set(STORAGE_CONNECTION.AUTHENTICATION_TYPE, connection.authenticationType().toString())
        .set(STORAGE_CONNECTION.CREATED_AT, connection.created())
        .execute();
  }

  private static void insertFiles(
      DSLContext transaction, StorageConnection connection, List<SourceFile> files) {
    var insert =
        transaction.insertInto(
            FILE,
            FILE.IMODEL_ID,
            FILE.SOURCE_FILE_ID,
            FILE.CONNECTION_ID,
            FILE.STORAGE_ITWIN_ID,
            FILE.STORAGE_FILE_ID,
            FILE.CONNECTOR_TYPE,
            FILE.CREATED_AT);
    for (var file : files) {
      insert =
          insert.values(
              connection.iModel().value(),
              file.id().value(),
              connection.id().connection(),
              file.storageFileId().iTwin().value(),
              file.storageFileId().file(),
              file.connectorType().name(),
              connection.created());
    }
    insert.execute();
  }

  @Override
  public Optional<StorageConnection> find(ConnectionId id) {
    // One statement, so that a connection and its files are of one moment.
    return Sql.answering(
        "finding connection " + id,
        () ->
            connection(
                dsl.select()
                    .from(STORAGE_CONNECTION)
                    .leftJoin(FILE)
                    .on(FILE.IMODEL_ID.eq(STORAGE_CONNECTION.IMODEL_ID))
                    .and(FILE.CONNECTION_ID.eq(STORAGE_CONNECTION.CONNECTION_ID))
                    .where(STORAGE_CONNECTION.IMODEL_ID.eq(id.iModel().value()))
                    .and(STORAGE_CONNECTION.CONNECTION_ID.eq(id.connection()))
                    .orderBy(FILE.CREATED_AT, FILE.SOURCE_FILE_ID)
                    .fetch()));
  }

  private static Optional<StorageConnection> connection(Result<Record> rows) {
    return rows.stream()
        .findFirst()
        .map(row ->
            new StorageConnection(
                new ConnectionId(
                    new IModelId(row.get(STORAGE_CONNECTION.IMODEL_ID)),
                    row.get(STORAGE_CONNECTION.CONNECTION_ID)),
                new ITwinId(row.get(STORAGE_CONNECTION.ITWIN_ID)),
                displayName(row.get(STORAGE_CONNECTION.DISPLAY_NAME)),
                AuthenticationType.parse(row.get(STORAGE_CONNECTION.AUTHENTICATION_TYPE)),
                rows.stream()
                    .filter(file -> file.get(FILE.SOURCE_FILE_ID) != null)
                    .map(JooqStorageConnectionStore::sourceFile)
                    .toList(),
                row.get(STORAGE_CONNECTION.CREATED_AT)));
  }

  private static SourceFile sourceFile(Record row) {
    return new SourceFile(
        new SourceFileId(row.get(FILE.SOURCE_FILE_ID)),
        storageFileId(row),
        ConnectorType.parse(row.get(FILE.CONNECTOR_TYPE)));
  }

  private static StorageFileId storageFileId(Record row) {
    return new StorageFileId(
        new ITwinId(row.get(FILE.STORAGE_ITWIN_ID)), row.get(FILE.STORAGE_FILE_ID));
  }

  private static @Nullable DisplayName displayName(@Nullable String text) {
    return text == null ? null : new DisplayName(text);
  }

  @Override
  public FileMappings mappings(IModelId iModel, Collection<StorageFileId> files) {
    return Sql.answering(
        "finding who holds files of iModel " + iModel,
        () -> {
          var holders = new HashMap<StorageFileId, FileMappings.Holder>();
          for (var part : parts(List.copyOf(files))) {
            readHolders(iModel, part, holders);
          }
          return new FileMappings(holders);
        });
  }

  private void readHolders(
      IModelId iModel, List<StorageFileId> files, Map<StorageFileId, FileMappings.Holder> holders) {
    dsl.select(
            FILE.STORAGE_ITWIN_ID,
            FILE.STORAGE_FILE_ID,
            FILE.CONNECTION_ID,
            STORAGE_CONNECTION.DISPLAY_NAME)
        .from(FILE)
        .join(STORAGE_CONNECTION)
        .on(STORAGE_CONNECTION.IMODEL_ID.eq(FILE.IMODEL_ID))
        .and(STORAGE_CONNECTION.CONNECTION_ID.eq(FILE.CONNECTION_ID))
        .where(FILE.IMODEL_ID.eq(iModel.value()))
        .and(
            row(FILE.STORAGE_ITWIN_ID, FILE.STORAGE_FILE_ID)
                .in(files.stream().map(file -> row(file.iTwin().value(), file.file())).toList()))
        .forEach(row ->
            holders.put(
                storageFileId(row),
                new FileMappings.Holder(
                    new ConnectionId(iModel, row.get(FILE.CONNECTION_ID)),
                    displayName(row.get(STORAGE_CONNECTION.DISPLAY_NAME)))));
  }

  @Override
  public void check() {
    Sql.answering("asking whether the database answers", () -> dsl.selectOne().execute());
  }

  private static <T> List<List<T>> parts(List<T> all) {
    var parts = new ArrayList<List<T>>();
    for (int from = 0; from < all.size(); from += ROWS_MAX) {
      parts.add(all.subList(from, Math.min(from + ROWS_MAX, all.size())));
    }
    return parts;
  }
}
