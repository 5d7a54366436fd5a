package io.storageconnections.adapter.persistence.connection;

import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_DELETED_IMODEL;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import io.storageconnections.adapter.persistence.schema.tables.StorageConnectionDeletedImodel;
import io.storageconnections.adapter.persistence.sql.StoreConstraints;
import io.storageconnections.adapter.persistence.sql.Transactions;
import io.storageconnections.domain.connection.IModelId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.Consumer;
import org.jooq.Condition;
import org.jooq.DSLContext;

/** The iModels that are marked as deleted, to which no connection is added. */
public final class DeletedIModels {

  private static final StorageConnectionDeletedImodel DELETED = STORAGE_CONNECTION_DELETED_IMODEL;

  private DeletedIModels() {}

  /**
   * Marks an iModel, if it is not marked yet.
   *
   * @param others what the same transaction does in this case
   */
  public static void add(
      Transactions transactions, IModelId iModel, Instant at, Consumer<DSLContext> others) {
    var unused =
        Transactions.unlessViolated(
            StoreConstraints.DELETED_IMODEL,
            () ->
                transactions.inTransaction(transaction -> {
                  var rows =
                      transaction
                          .insertInto(DELETED)
                          .set(DELETED.IMODEL_ID, iModel.value())
                          .set(DELETED.DELETED_AT, at.atOffset(ZoneOffset.UTC))
                          .execute();
                  others.accept(transaction);
                  return rows;
                }),
            () -> 0);
  }

  /** Tells whether an iModel is marked, as the transaction sees it. */
  public static boolean contain(DSLContext transaction, IModelId iModel) {
    return transaction.fetchExists(DELETED, DELETED.IMODEL_ID.eq(iModel.value()));
  }

  /** Returns the condition that an iModel is not marked. */
  public static Condition isNotDeleted(IModelId iModel) {
    // Not notExists(…), because its signature differs in the version of jOOQ that Spring Boot has
    // (3.19).
    return val(iModel.value(), DELETED.IMODEL_ID)
        .notIn(select(DELETED.IMODEL_ID).from(DELETED).where(DELETED.IMODEL_ID.eq(iModel.value())));
  }
}
