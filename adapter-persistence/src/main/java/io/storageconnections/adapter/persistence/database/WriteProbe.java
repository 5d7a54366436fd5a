package io.storageconnections.adapter.persistence.database;

import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION;
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

/** Statements that change no row, and fail for the same reasons as statements that would. */
public final class WriteProbe {

  private WriteProbe() {}

  /**
   * Runs statements of each kind that this adapter uses on each of its tables, in one round trip.
   * They meet no row. The database refuses them for the same reasons as real ones: because it is
   * read-only, because a right or a table is missing.
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
                insert(dsl, STORAGE_CONNECTION_IMODEL_LOCK),
                // For the row lock, which needs the same right.
                update(
                    dsl, STORAGE_CONNECTION_IMODEL_LOCK, STORAGE_CONNECTION_IMODEL_LOCK.IMODEL_ID),
                insert(dsl, STORAGE_CONNECTION_RATE_LIMIT),
                update(
                    dsl, STORAGE_CONNECTION_RATE_LIMIT, STORAGE_CONNECTION_RATE_LIMIT.PARTITION_ID),
                delete(dsl, STORAGE_CONNECTION_RATE_LIMIT)))
        .execute();
  }

  /**
   * Writes a row and removes it again, so that the database has to write to its disk. Without that,
   * an embedded database on a full disk looks usable after it was opened again.
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

  /** Also reads the table. */
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
