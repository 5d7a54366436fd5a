package io.storageconnections.adapter.persistence.database;

import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION;
import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_AUDIT;
import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_DELETED_IMODEL;
import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_IMODEL;
import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_IMODEL_LOCK;
import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_LIVE_RUN;
import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_RATE_LIMIT;
import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_RUN;
import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_RUN_EXECUTION;
import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_RUN_OUTPUT;
import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_RUN_SCRIPT;
import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_RUN_TASK;
import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_SOURCE_FILE;
import static org.jooq.impl.DSL.falseCondition;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.Table;

/**
 * Tests whether the database accepts the statements of an adapter, without changing data.
 * Thread-safe.
 */
public final class WriteProbe {

  /**
   * The statements on the tables of connections, of their runs and iModels, and of the rate limit.
   */
  public static final WriteProbe OF_CONNECTIONS =
      new WriteProbe(
          List.of(
              TableUse.all(STORAGE_CONNECTION),
              TableUse.all(STORAGE_CONNECTION_SOURCE_FILE),
              TableUse.all(STORAGE_CONNECTION_RUN),
              TableUse.all(STORAGE_CONNECTION_RUN_TASK),
              TableUse.all(STORAGE_CONNECTION_LIVE_RUN),
              TableUse.all(STORAGE_CONNECTION_RUN_OUTPUT),
              TableUse.all(STORAGE_CONNECTION_RUN_SCRIPT),
              TableUse.all(STORAGE_CONNECTION_RUN_EXECUTION),
              // No update: an operator may revoke that right.
              new TableUse(STORAGE_CONNECTION_AUDIT, false, true),
              TableUse.insertOnly(STORAGE_CONNECTION_IMODEL),
              TableUse.insertOnly(STORAGE_CONNECTION_DELETED_IMODEL),
              // The row lock needs the same right as an update.
              new TableUse(STORAGE_CONNECTION_IMODEL_LOCK, true, false),
              TableUse.all(STORAGE_CONNECTION_RATE_LIMIT)));

  private final List<TableUse> uses;

  /** Creates a probe of the given tables. */
  public WriteProbe(List<TableUse> uses) {
    this.uses = List.copyOf(uses);
  }

  /**
   * The kinds of statements that an adapter uses on a table. It inserts and selects rows in any
   * case.
   *
   * @param isUpdated whether it also updates or locks rows
   * @param isDeletedFrom whether it also deletes rows
   */
  public record TableUse(Table<?> table, boolean isUpdated, boolean isDeletedFrom) {

    /** {@return the use with all kinds of statements} */
    public static TableUse all(Table<?> table) {
      return new TableUse(table, true, true);
    }

    /** {@return the use without updates and deletions} */
    public static TableUse insertOnly(Table<?> table) {
      return new TableUse(table, false, false);
    }

    private Stream<Query> statements(DSLContext dsl) {
      return Stream.of(
              Stream.of(insert(dsl, table)),
              Stream.of(update(dsl, table, table.fields()[0])).filter(update -> isUpdated),
              Stream.of(dsl.deleteFrom(table).where(falseCondition()))
                  .filter(deletion -> isDeletedFrom))
          .flatMap(statement -> statement);
    }

    /** The insert also reads from the table, so that it tests the right to read. */
    private static <R extends Record> Query insert(DSLContext dsl, Table<R> table) {
      return dsl.insertInto(table).select(dsl.selectFrom(table).where(falseCondition()));
    }

    private static <T> Query update(DSLContext dsl, Table<?> table, Field<T> column) {
      return dsl.update(table).set(column, column).where(falseCondition());
    }
  }

  /**
   * Runs each kind of statement on each table, in one round trip. No statement matches a row. The
   * database refuses them for the same reasons as statements of requests: it is read-only, or a
   * right or a table is missing.
   *
   * @throws org.jooq.exception.DataAccessException if the database refuses a statement
   */
  public void run(DSLContext dsl) {
    dsl.batch(uses.stream().flatMap(use -> use.statements(dsl)).toList()).execute();
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
}
