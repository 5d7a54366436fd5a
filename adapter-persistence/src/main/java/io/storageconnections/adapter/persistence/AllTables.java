package io.storageconnections.adapter.persistence;

import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION;
import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_AUDIT;
import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_DELETED_IMODEL;
import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_IMODEL;
import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_RUN_EXECUTION;
import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_RUN_SCRIPT;
import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_SOURCE_FILE;

import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Table;

/**
 * The tables of connections, iModels and scripts. Foreign keys delete the runs with their
 * connections. The table of the locks of iModels is not among them, because its rows hold no data,
 * and a transaction may be about to lock one of them.
 */
final class AllTables {

  /** Source files before the connections that they belong to. */
  private static final List<Table<?>> TABLES =
      List.of(
          STORAGE_CONNECTION_SOURCE_FILE,
          STORAGE_CONNECTION,
          STORAGE_CONNECTION_RUN_SCRIPT,
          STORAGE_CONNECTION_IMODEL,
          STORAGE_CONNECTION_DELETED_IMODEL,
          STORAGE_CONNECTION_AUDIT);

  private AllTables() {}

  /**
   * Deletes all rows. The rows of connections are locked before those of their source files, as by
   * the transactions of requests, so that no deadlock occurs.
   */
  static void clear(DSLContext transaction) {
    transaction
        .select(STORAGE_CONNECTION.CONNECTION_ID)
        .from(STORAGE_CONNECTION)
        .orderBy(STORAGE_CONNECTION.IMODEL_ID, STORAGE_CONNECTION.CONNECTION_ID)
        .forUpdate()
        .fetch();
    TABLES.forEach(table -> transaction.deleteFrom(table).execute());
    // A worker removes what it has picked up, when it finds that the run does not exist any more.
    transaction
        .deleteFrom(STORAGE_CONNECTION_RUN_EXECUTION)
        .where(STORAGE_CONNECTION_RUN_EXECUTION.PICKED.isFalse())
        .execute();
  }
}
