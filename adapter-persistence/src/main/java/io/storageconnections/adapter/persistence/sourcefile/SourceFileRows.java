package io.storageconnections.adapter.persistence.sourcefile;

import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION;
import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_SOURCE_FILE;
import static org.jooq.impl.DSL.row;

import io.storageconnections.adapter.persistence.audit.AuditRows;
import io.storageconnections.adapter.persistence.connection.ConnectionRows;
import io.storageconnections.adapter.persistence.schema.tables.StorageConnectionSourceFile;
import io.storageconnections.adapter.persistence.sql.PageQuery;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.domain.audit.AuditEntry;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.FileMappings;
import io.storageconnections.domain.connection.FileName;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.NewConnection;
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
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.InsertValuesStepN;
import org.jooq.Query;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the rows of source files, in a transaction of the caller or as single
 * statements.
 */
public final class SourceFileRows {

  /** The greatest number of rows per statement; databases limit the number of parameters. */
  private static final int ROWS_MAX = 1000;

  private static final StorageConnectionSourceFile FILE = STORAGE_CONNECTION_SOURCE_FILE;

  private static final List<Field<?>> COLUMNS =
      List.of(
          FILE.IMODEL_ID,
          FILE.SOURCE_FILE_ID,
          FILE.CONNECTION_ID,
          FILE.STORAGE_ITWIN_ID,
          FILE.STORAGE_FILE_ID,
          FILE.CONNECTOR_TYPE,
          FILE.LAST_KNOWN_FILE_NAME,
          FILE.CREATED_AT,
          FILE.REVISION,
          FILE.NAME_REVISION);

  private SourceFileRows() {}

  /**
   * Inserts source files. Violates {@code FILE_MAPPED_ONCE} if one of their Storage files is
   * already mapped to the iModel.
   */
  public static void insert(
      DSLContext transaction, ConnectionId connection, List<SourceFile> files) {
    for (var batch : batches(sorted(files))) {
      values(transaction.insertInto(FILE, COLUMNS), connection, batch).execute();
    }
  }

  /**
   * Returns one statement that inserts a connection, its source files and the entry of its
   * creation.
   *
   * @param connection the connection; its files must {@linkplain #fitInOneStatement fit into one
   *     statement}
   */
  public static Query insertWith(DSLContext dsl, NewConnection connection, AuditEntry entry) {
    var connectionInsertion = ConnectionRows.insertion(dsl, connection.connection());
    return values(
        dsl.with(connectionInsertion, AuditRows.insertionOfFirst(dsl, entry))
            .insertInto(FILE, COLUMNS),
        connection.id(),
        sorted(connection.sourceFiles()));
  }

  public static boolean fitInOneStatement(List<SourceFile> files) {
    return files.size() <= ROWS_MAX;
  }

  /**
   * Sorts source files by Storage file. All transactions insert in this order, so that two that
   * insert the same files do not deadlock.
   */
  public static List<SourceFile> sorted(List<SourceFile> files) {
    return files.stream().sorted(Comparator.comparing(SourceFile::storageFileId)).toList();
  }

  private static InsertValuesStepN<?> values(
      InsertValuesStepN<?> insertion, ConnectionId connection, List<SourceFile> files) {
    for (var file : files) {
      insertion =
          insertion.values(
              connection.iModel().value(),
              file.id().value(),
              connection.connection(),
              file.storageFileId().iTwin().value(),
              file.storageFileId().file(),
              file.connectorType().name(),
              text(file.lastKnownFileName()),
              file.created(),
              file.revision(),
              file.nameRevision());
    }
    return insertion;
  }

  public static Optional<SourceFile> find(
      DSLContext dsl, ConnectionId connection, SourceFileId id) {
    return dsl.selectFrom(FILE).where(is(connection, id)).fetchOptional(SourceFileRows::sourceFile);
  }

  /**
   * Finds a source file and locks its row until the transaction ends; empty if it does not exist.
   */
  public static Optional<SourceFile> lock(
      DSLContext transaction, ConnectionId connection, SourceFileId id) {
    return transaction
        .selectFrom(FILE)
        .where(is(connection, id))
        .forUpdate()
        .fetchOptional(SourceFileRows::sourceFile);
  }

  public static Page<SourceFile> list(
      DSLContext dsl, ConnectionId connection, PageRequest request) {
    return PageQuery.read(
        dsl,
        FILE,
        isOf(connection),
        request,
        SourceFileRows::sourceFile,
        FILE.CREATED_AT,
        FILE.SOURCE_FILE_ID);
  }

  /** Returns the source files of each of the connections that has some, in the order of a list. */
  public static Map<ConnectionId, List<SourceFile>> filesOf(
      DSLContext dsl, List<StorageConnection> connections) {
    var files = new HashMap<ConnectionId, List<SourceFile>>();
    if (connections.isEmpty()) {
      return files;
    }
    var iModel = connections.getFirst().iModel();
    var ids = connections.stream().map(connection -> connection.id().connection()).toList();
    dsl.selectFrom(FILE)
        .where(FILE.IMODEL_ID.eq(iModel.value()))
        .and(FILE.CONNECTION_ID.in(ids))
        .orderBy(FILE.CREATED_AT, FILE.SOURCE_FILE_ID)
        .forEach(row ->
            files
                .computeIfAbsent(
                    new ConnectionId(iModel, row.get(FILE.CONNECTION_ID)), id -> new ArrayList<>())
                .add(sourceFile(row)));
    return files;
  }

  /**
   * Updates a source file. Violates {@code FILE_MAPPED_ONCE} if another source file of the iModel
   * has the same Storage file.
   */
  public static void update(DSLContext dsl, ConnectionId connection, SourceFile file) {
    dsl.update(FILE)
        .set(FILE.STORAGE_ITWIN_ID, file.storageFileId().iTwin().value())
        .set(FILE.STORAGE_FILE_ID, file.storageFileId().file())
        .set(FILE.CONNECTOR_TYPE, file.connectorType().name())
        .set(FILE.LAST_KNOWN_FILE_NAME, text(file.lastKnownFileName()))
        .set(FILE.REVISION, file.revision())
        .set(FILE.NAME_REVISION, file.nameRevision())
        .where(is(connection, file.id()))
        .execute();
  }

  /** Moves a source file to another connection of the same iModel. */
  public static void move(DSLContext dsl, ConnectionId from, SourceFile file, ConnectionId to) {
    dsl.update(FILE)
        .set(FILE.CONNECTION_ID, to.connection())
        .set(FILE.REVISION, file.revision())
        .where(is(from, file.id()))
        .execute();
  }

  public static void delete(DSLContext dsl, ConnectionId connection, SourceFileId id) {
    dsl.deleteFrom(FILE).where(is(connection, id)).execute();
  }

  public static long count(DSLContext dsl, IModelId iModel) {
    return dsl.fetchCount(FILE, FILE.IMODEL_ID.eq(iModel.value()));
  }

  public static FileMappings mappings(
      DSLContext dsl, IModelId iModel, Collection<StorageFileId> files) {
    var holders = new HashMap<StorageFileId, FileMappings.Holder>();
    for (var batch : batches(List.copyOf(files))) {
      readHolders(dsl, iModel, batch, holders);
    }
    return new FileMappings(holders);
  }

  private static void readHolders(
      DSLContext dsl,
      IModelId iModel,
      List<StorageFileId> files,
      Map<StorageFileId, FileMappings.Holder> holders) {
    dsl.select(
            FILE.STORAGE_ITWIN_ID,
            FILE.STORAGE_FILE_ID,
            FILE.CONNECTION_ID,
            FILE.SOURCE_FILE_ID,
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
                    ConnectionRows.displayName(row.get(STORAGE_CONNECTION.DISPLAY_NAME)),
                    new SourceFileId(row.get(FILE.SOURCE_FILE_ID)))));
  }

  private static Condition isOf(ConnectionId connection) {
    return FILE.IMODEL_ID
        .eq(connection.iModel().value())
        .and(FILE.CONNECTION_ID.eq(connection.connection()));
  }

  private static Condition is(ConnectionId connection, SourceFileId id) {
    return FILE.IMODEL_ID
        .eq(connection.iModel().value())
        .and(FILE.SOURCE_FILE_ID.eq(id.value()))
        .and(FILE.CONNECTION_ID.eq(connection.connection()));
  }

  /** Returns the source file of a row; empty if the row has none. */
  public static Optional<SourceFile> optional(Record row) {
    return row.get(FILE.SOURCE_FILE_ID) == null ? Optional.empty() : Optional.of(sourceFile(row));
  }

  private static SourceFile sourceFile(Record row) {
    return new SourceFile(
        new SourceFileId(row.get(FILE.SOURCE_FILE_ID)),
        storageFileId(row),
        ConnectorType.parse(row.get(FILE.CONNECTOR_TYPE)),
        FileName.of(row.get(FILE.LAST_KNOWN_FILE_NAME)),
        row.get(FILE.CREATED_AT),
        row.get(FILE.REVISION),
        row.get(FILE.NAME_REVISION));
  }

  /** Returns the value of the column for a name. */
  public static @Nullable String text(@Nullable FileName name) {
    return name == null ? null : name.value();
  }

  private static StorageFileId storageFileId(Record row) {
    return new StorageFileId(
        new ITwinId(row.get(FILE.STORAGE_ITWIN_ID)), row.get(FILE.STORAGE_FILE_ID));
  }

  private static <T> List<List<T>> batches(List<T> all) {
    var batches = new ArrayList<List<T>>();
    for (int from = 0; from < all.size(); from += ROWS_MAX) {
      batches.add(all.subList(from, Math.min(from + ROWS_MAX, all.size())));
    }
    return batches;
  }
}
