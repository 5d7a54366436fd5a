package io.storageconnections.adapter.persistence.imodel;

import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_IMODEL_LOCK;

import io.storageconnections.adapter.persistence.connection.ConnectionRows;
import io.storageconnections.adapter.persistence.schema.tables.StorageConnectionImodelLock;
import io.storageconnections.adapter.persistence.sourcefile.SourceFileRows;
import io.storageconnections.adapter.persistence.sql.StoreConstraints;
import io.storageconnections.adapter.persistence.sql.Transactions;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.Usage;
import org.jooq.DSLContext;

/**
 * Serializes the transactions that add rows to one iModel, so that the usage that a transaction
 * counts stays correct until it ends. Only kinds that have a limit are counted; they seldom have
 * more rows than the limit.
 */
public final class IModelLock {

  private static final StorageConnectionImodelLock LOCK = STORAGE_CONNECTION_IMODEL_LOCK;

  private IModelLock() {}

  /** Creates the lock row if it does not exist. Call it before the transaction begins. */
  public static void prepare(Transactions transactions, IModelId iModel) {
    var dsl = transactions.dsl();
    if (dsl.fetchExists(LOCK, LOCK.IMODEL_ID.eq(iModel.value()))) {
      return;
    }
    var unused =
        Transactions.unlessViolated(
            StoreConstraints.IMODEL_LOCK,
            () ->
                transactions.inStatement(
                    () -> dsl.insertInto(LOCK).set(LOCK.IMODEL_ID, iModel.value()).execute()),
            // Another transaction has just created the row.
            () -> 0);
  }

  /**
   * Locks the iModel until the transaction ends, and counts its objects of each limited kind; 0 for
   * a kind without a limit.
   */
  public static Usage take(DSLContext transaction, IModelId iModel, Limits limits) {
    transaction.selectFrom(LOCK).where(LOCK.IMODEL_ID.eq(iModel.value())).forUpdate().fetch();
    return new Usage(
        limits.connectionsPerIModel() > 0 ? ConnectionRows.count(transaction, iModel) : 0,
        limits.filesPerIModel() > 0 ? SourceFileRows.count(transaction, iModel) : 0);
  }
}
