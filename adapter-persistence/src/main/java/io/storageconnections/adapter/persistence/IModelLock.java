package io.storageconnections.adapter.persistence;

import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_IMODEL_LOCK;

import io.storageconnections.adapter.persistence.schema.tables.StorageConnectionImodelLock;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.Usage;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;

/**
 * Lets one transaction at a time add to an iModel, so that what it counts is true until it ends.
 * Counting is dear if there is much to count; but while there are limits, there is not.
 */
final class IModelLock {

  private static final StorageConnectionImodelLock LOCK = STORAGE_CONNECTION_IMODEL_LOCK;

  private IModelLock() {}

  /** Makes the row to be locked, if it is not there; before the transaction that locks it. */
  static void prepare(DSLContext dsl, IModelId iModel) {
    if (dsl.fetchExists(LOCK, LOCK.IMODEL_ID.eq(iModel.value()))) {
      return;
    }
    try {
      dsl.insertInto(LOCK).set(LOCK.IMODEL_ID, iModel.value()).execute();
    } catch (DataAccessException failure) {
      // Else somebody was faster, and it is there.
      if (!Sql.isUniqueViolation(failure)) {
        throw failure;
      }
    }
  }

  /** What the iModel holds, until {@code transaction} ends. */
  static Usage take(DSLContext transaction, IModelId iModel) {
    transaction.selectFrom(LOCK).where(LOCK.IMODEL_ID.eq(iModel.value())).forUpdate().fetch();
    return new Usage(
        ConnectionRows.count(transaction, iModel), SourceFileRows.count(transaction, iModel));
  }
}
