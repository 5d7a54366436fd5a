package io.storageconnections.adapter.persistence;

import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_IMODEL_LOCK;

import io.storageconnections.adapter.persistence.schema.tables.StorageConnectionImodelLock;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.Usage;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;

/**
 * Lets one transaction at a time add to an iModel, so that what it counts is true until it ends.
 * Only what is limited is counted, of which there is seldom more than the limit.
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

  /** What the iModel holds of what is limited, until {@code transaction} ends. */
  static Usage take(DSLContext transaction, IModelId iModel, Limits limits) {
    transaction.selectFrom(LOCK).where(LOCK.IMODEL_ID.eq(iModel.value())).forUpdate().fetch();
    return new Usage(
        limits.connectionsPerIModel() > 0 ? ConnectionRows.count(transaction, iModel) : 0,
        limits.filesPerIModel() > 0 ? SourceFileRows.count(transaction, iModel) : 0);
  }
}
