package io.storageconnections.adapter.persistence.database;

import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION;
import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_DELETED_IMODEL;
import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_IMODEL;
import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_IMODEL_LOCK;
import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_RATE_LIMIT;
import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_SOURCE_FILE;
import static org.jooq.impl.DSL.falseCondition;

import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.TableField;

/** Tests whether the database accepts the statements of this adapter, without changing data. */
public final class WriteProbe {

  private WriteProbe() {}

  /**
   * Runs each kind of statement that this adapter uses on each of its tables, in one round trip. No
   * statement matches a row. The database refuses them for the same reasons as statements of
   * requests: it is read-only, or a right or a table is missing.
   *
   * @throws org.jooq.exception.DataAccessException if the database refuses a statement
   */
  public static void run(DSLContext dsl) {
    dsl.batch(
            List.of(
                insert(dsl, STORAGE_CONNECTION),
                update(dsl, STORAGE_CONNECTION, STORAGE_CONNECTION.IMODEL_ID),
                delete(dsl, STORAGE_CONNECTION),
                insert(dsl, STORAGE_CONNECTION_SOURCE_FILE),
                update(
                    dsl, STORAGE_CONNECTION_SOURCE_FILE, STORAGE_CONNECTION_SOURCE_FILE.IMODEL_ID),
                delete(dsl, STORAGE_CONNECTION_SOURCE_FILE),
                insert(dsl, STORAGE_CONNECTION_IMODEL),
                insert(dsl, STORAGE_CONNECTION_DELETED_IMODEL),
                insert(dsl, STORAGE_CONNECTION_IMODEL_LOCK),
                // The row lock needs the same right as an update.
                update(
                    dsl, STORAGE_CONNECTION_IMODEL_LOCK, STORAGE_CONNECTION_IMODEL_LOCK.IMODEL_ID),
                insert(dsl, STORAGE_CONNECTION_RATE_LIMIT),
                update(
                    dsl, STORAGE_CONNECTION_RATE_LIMIT, STORAGE_CONNECTION_RATE_LIMIT.PARTITION_ID),
                delete(dsl, STORAGE_CONNECTION_RATE_LIMIT)))
        .execute();
  }

  /**
   * Inserts a row and deletes it again, so that the database must write to its disk. Otherwise an
   * embedded database on a full disk would look usable after it was opened again.
   *
   * @throws org.jooq.exception.DataAccessException if the database cannot write
   */
  public static void writeToDisk(DSLContext dsl) {
    var row = UUID.randomUUID();
    dsl.transaction(configuration -> {
      var transaction = configuration.dsl();
      transaction
          .insertInto(STORAGE_CONNECTION_IMODEL_LOCK)
          .set(STORAGE_CONNECTION_IMODEL_LOCK.IMODEL_ID, row)
          .execute();
      transaction
          .deleteFrom(STORAGE_CONNECTION_IMODEL_LOCK)
          .where(STORAGE_CONNECTION_IMODEL_LOCK.IMODEL_ID.eq(row))
          .execute();
    });
  }

  /** The insert also reads from the table, so that it tests the right to read. */
  private static <R extends Record> Query insert(DSLContext dsl, Table<R> table) {
    return dsl.insertInto(table).select(dsl.selectFrom(table).where(falseCondition()));
  }

  private static <R extends Record, T> Query update(
      DSLContext dsl, Table<R> table, TableField<R, T> column) {
    return dsl.update(table).set(column, column).where(falseCondition());
  }

  private static <R extends Record> Query delete(DSLContext dsl, Table<R> table) {
    return dsl.deleteFrom(table).where(falseCondition());
  }
}
