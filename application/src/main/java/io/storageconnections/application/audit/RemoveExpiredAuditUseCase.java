package io.storageconnections.application.audit;

import io.storageconnections.application.port.Dependencies;

/** Removes the entries in batches, so that no transaction is long. */
record RemoveExpiredAuditUseCase(Dependencies dependencies) implements RemoveExpiredAudit {

  private static final int BATCH = 1_000;

  @Override
  public int remove() {
    var deletedBefore = dependencies.clock().instant().minus(dependencies.auditRetention());
    int removed = 0;
    int batch;
    do {
      batch = dependencies.store().removeAuditOfDeleted(deletedBefore, BATCH);
      removed += batch;
    } while (batch == BATCH && removed < ENTRIES_MAX);
    return removed;
  }
}
