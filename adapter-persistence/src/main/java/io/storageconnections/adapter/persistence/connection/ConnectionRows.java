package io.storageconnections.adapter.persistence.connection;

import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION;
import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_SOURCE_FILE;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import io.storageconnections.adapter.persistence.schema.tables.StorageConnectionSourceFile;
import io.storageconnections.adapter.persistence.sql.PageQuery;
import io.storageconnections.application.port.ConnectionFilter;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.domain.connection.AuthenticationType;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.DisplayName;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.RunId;
import io.storageconnections.domain.connection.StorageConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.CommonTableExpression;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.ResultQuery;
import org.jooq.Select;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the rows of connections, in a transaction of the caller or as single statements.
 */
public final class ConnectionRows {

  private static final io.storageconnections.adapter.persistence.schema.tables.StorageConnection
      CONNECTION = STORAGE_CONNECTION;
  private static final StorageConnectionSourceFile FILE = STORAGE_CONNECTION_SOURCE_FILE;

  private static final List<Field<?>> COLUMNS =
      List.of(
          CONNECTION.IMODEL_ID,
          CONNECTION.CONNECTION_ID,
          CONNECTION.ITWIN_ID,
          CONNECTION.DISPLAY_NAME,
          CONNECTION.AUTHENTICATION_TYPE,
          CONNECTION.CREATED_AT,
          CONNECTION.REVISION,
          CONNECTION.LAST_RUN_ID);

  private ConnectionRows() {}

  public static void insert(DSLContext dsl, StorageConnection connection) {
    dsl.insertInto(CONNECTION, COLUMNS).values(values(connection)).execute();
  }

  /**
   * Returns the insert of {@link #insert} as a part of another statement. It inserts nothing if the
   * iModel is deleted.
   */
  public static CommonTableExpression<?> insertion(DSLContext dsl, StorageConnection connection) {
    return name("connection_insertion")
        .as(
            dsl.insertInto(CONNECTION, COLUMNS)
                .select(
                    select(values(connection))
                        .where(DeletedIModels.isNotDeleted(connection.iModel())))
                .returning(CONNECTION.CONNECTION_ID));
  }

  private static List<Field<?>> values(StorageConnection connection) {
    return List.of(
        val(connection.iModel().value(), CONNECTION.IMODEL_ID),
        val(connection.id().connection(), CONNECTION.CONNECTION_ID),
        val(connection.iTwin().value(), CONNECTION.ITWIN_ID),
        val(text(connection.displayName()), CONNECTION.DISPLAY_NAME),
        val(connection.authenticationType().toString(), CONNECTION.AUTHENTICATION_TYPE),
        val(connection.created(), CONNECTION.CREATED_AT),
        val(connection.revision(), CONNECTION.REVISION),
        val(value(connection.lastRun()), CONNECTION.LAST_RUN_ID));
  }

  public static Optional<StorageConnection> find(DSLContext dsl, ConnectionId id) {
    return dsl.selectFrom(CONNECTION).where(is(id)).fetchOptional(ConnectionRows::connection);
  }

  /**
   * Returns a query for the columns that {@link #connection(ConnectionId, UUID, String, String,
   * Instant, long, UUID)} takes, in the same order.
   */
  public static Query search(DSLContext dsl, ConnectionId id) {
    return dsl.select(
            CONNECTION.ITWIN_ID,
            CONNECTION.DISPLAY_NAME,
            CONNECTION.AUTHENTICATION_TYPE,
            CONNECTION.CREATED_AT,
            CONNECTION.REVISION,
            CONNECTION.LAST_RUN_ID)
        .from(CONNECTION)
        .where(is(id));
  }

  /**
   * Finds a connection and locks its row until the transaction ends; empty if it does not exist.
   */
  public static Optional<StorageConnection> lock(DSLContext transaction, ConnectionId id) {
    return transaction
        .selectFrom(CONNECTION)
        .where(is(id))
        .forUpdate()
        .fetchOptional(ConnectionRows::connection);
  }

  public static Page<StorageConnection> list(
      DSLContext dsl, ConnectionFilter filter, PageRequest request) {
    return PageQuery.read(
        dsl,
        CONNECTION,
        matches(filter),
        request,
        ConnectionRows::connection,
        CONNECTION.CREATED_AT,
        CONNECTION.CONNECTION_ID);
  }

  private static Condition matches(ConnectionFilter filter) {
    var iModel = filter.iModel().value();
    var condition = CONNECTION.IMODEL_ID.eq(iModel);
    var file = filter.storageFileId();
    if (file != null) {
      condition =
          condition.and(
              CONNECTION.CONNECTION_ID.eq(
                  select(FILE.CONNECTION_ID)
                      .from(FILE)
                      .where(FILE.IMODEL_ID.eq(iModel))
                      .and(FILE.STORAGE_ITWIN_ID.eq(file.iTwin().value()))
                      .and(FILE.STORAGE_FILE_ID.eq(file.file()))));
    }
    var connectorType = filter.connectorType();
    if (connectorType != null) {
      condition =
          condition.and(
              // Not exists(…), because its signature differs in the version of jOOQ that Spring
              // Boot has (3.19).
              CONNECTION.CONNECTION_ID.in(
                  select(FILE.CONNECTION_ID)
                      .from(FILE)
                      .where(FILE.IMODEL_ID.eq(iModel))
                      .and(FILE.CONNECTOR_TYPE.eq(connectorType.name()))));
    }
    var name = filter.displayName();
    return name == null ? condition : condition.and(CONNECTION.DISPLAY_NAME.eq(name.value()));
  }

  public static void update(DSLContext dsl, StorageConnection connection) {
    dsl.update(CONNECTION)
        .set(CONNECTION.DISPLAY_NAME, text(connection.displayName()))
        .set(CONNECTION.AUTHENTICATION_TYPE, connection.authenticationType().toString())
        .set(CONNECTION.REVISION, connection.revision())
        .where(is(connection.id()))
        .execute();
  }

  /** Returns the iTwin of a connection, for a condition. */
  public static Select<Record1<UUID>> iTwin(ConnectionId id) {
    return select(CONNECTION.ITWIN_ID).from(CONNECTION).where(is(id));
  }

  /** Returns the columns of {@link #withFiles}. */
  public static List<Field<?>> columnsWithFiles(Collection<? extends Field<?>> others) {
    var columns = new ArrayList<Field<?>>();
    columns.addAll(List.of(CONNECTION.fields()));
    columns.addAll(List.of(FILE.fields()));
    columns.addAll(others);
    return columns;
  }

  /**
   * Returns the query of all source files of a connection with the connection, in the order of a
   * list. No row if the connection does not exist, or its iModel is marked as deleted.
   */
  public static ResultQuery<?> withFiles(
      DSLContext dsl, ConnectionId id, Collection<? extends Field<?>> others) {
    return dsl.select(columnsWithFiles(others))
        .from(CONNECTION)
        .leftJoin(FILE)
        .on(FILE.IMODEL_ID.eq(CONNECTION.IMODEL_ID))
        .and(FILE.CONNECTION_ID.eq(CONNECTION.CONNECTION_ID))
        .where(is(id))
        .and(DeletedIModels.isNotDeleted(id.iModel()))
        .orderBy(FILE.CREATED_AT, FILE.SOURCE_FILE_ID);
  }

  /**
   * Returns the statement that writes which run of a connection was started last. It updates and
   * returns no row if another run was started, the connection was deleted, or its iModel is marked
   * as deleted, since the connection was read.
   */
  public static ResultQuery<Record1<UUID>> updateOfLastRun(
      DSLContext dsl, StorageConnection read, RunId run) {
    return dsl.update(CONNECTION)
        .set(CONNECTION.LAST_RUN_ID, value(run))
        .where(is(read.id()))
        .and(
            read.lastRun() == null
                ? CONNECTION.LAST_RUN_ID.isNull()
                : CONNECTION.LAST_RUN_ID.eq(value(read.lastRun())))
        .and(DeletedIModels.isNotDeleted(read.iModel()))
        .returningResult(CONNECTION.CONNECTION_ID);
  }

  /** Deletes a connection. Foreign keys delete its source files and its runs as well. */
  public static void delete(DSLContext dsl, ConnectionId id) {
    dsl.deleteFrom(CONNECTION).where(is(id)).execute();
  }

  /** Deletes connections of an iModel as {@link #delete(DSLContext, ConnectionId)} does. */
  public static void delete(DSLContext transaction, IModelId iModel, List<ConnectionId> ids) {
    transaction
        .deleteFrom(CONNECTION)
        .where(CONNECTION.IMODEL_ID.eq(iModel.value()))
        .and(CONNECTION.CONNECTION_ID.in(ids.stream().map(ConnectionId::connection).toList()))
        .execute();
  }

  /**
   * Finds at most {@code max} connections of an iModel, the oldest first, and locks their rows
   * until the transaction ends.
   */
  public static List<StorageConnection> lockSome(DSLContext transaction, IModelId iModel, int max) {
    return transaction
        .selectFrom(CONNECTION)
        .where(CONNECTION.IMODEL_ID.eq(iModel.value()))
        .orderBy(CONNECTION.CREATED_AT, CONNECTION.CONNECTION_ID)
        .limit(max)
        .forUpdate()
        .fetch(ConnectionRows::connection);
  }

  public static long count(DSLContext dsl, IModelId iModel) {
    return dsl.fetchCount(CONNECTION, CONNECTION.IMODEL_ID.eq(iModel.value()));
  }

  private static Condition is(ConnectionId id) {
    return CONNECTION
        .IMODEL_ID
        .eq(id.iModel().value())
        .and(CONNECTION.CONNECTION_ID.eq(id.connection()));
  }

  public static StorageConnection connection(Record row) {
    return connection(
        new ConnectionId(
            new IModelId(row.get(CONNECTION.IMODEL_ID)), row.get(CONNECTION.CONNECTION_ID)),
        row.get(CONNECTION.ITWIN_ID),
        row.get(CONNECTION.DISPLAY_NAME),
        row.get(CONNECTION.AUTHENTICATION_TYPE),
        row.get(CONNECTION.CREATED_AT),
        row.get(CONNECTION.REVISION),
        row.get(CONNECTION.LAST_RUN_ID));
  }

  public static StorageConnection connection(
      ConnectionId id,
      UUID iTwin,
      @Nullable String displayName,
      String authenticationType,
      Instant created,
      long revision,
      @Nullable UUID lastRun) {
    return new StorageConnection(
        id,
        new ITwinId(iTwin),
        displayName(displayName),
        AuthenticationType.parse(authenticationType),
        created,
        revision,
        lastRun == null ? null : new RunId(lastRun));
  }

  /** Returns the value of the column for a run. */
  public static @Nullable UUID value(@Nullable RunId run) {
    return run == null ? null : run.value();
  }

  public static @Nullable DisplayName displayName(@Nullable String text) {
    return text == null ? null : new DisplayName(text);
  }

  public static @Nullable String text(@Nullable DisplayName name) {
    return name == null ? null : name.value();
  }
}
