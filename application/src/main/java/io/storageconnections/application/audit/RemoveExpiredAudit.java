package io.storageconnections.application.audit;

import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.StoreException;

/**
 * Removes the audit trails of iModels that were deleted longer ago than {@link
 * Dependencies#auditRetention}. No other use case does so: a service calls it from time to time,
 * such as once a day, on a thread that serves no request. Safe to call concurrently, also in
 * several processes.
 */
@FunctionalInterface
public interface RemoveExpiredAudit {

  /** The greatest number of entries that a call removes. The next call removes the others. */
  int ENTRIES_MAX = 100_000;

  /**
   * Returns the use case on the given dependencies.
   *
   * @param dependencies what the use cases need from outside
   * @return the use case
   */
  static RemoveExpiredAudit on(Dependencies dependencies) {
    return new RemoveExpiredAuditUseCase(dependencies);
  }

  /**
   * Removes the entries.
   *
   * @return the number of removed entries, at most {@link #ENTRIES_MAX}
   * @throws StoreException if the store cannot answer; some entries may be removed
   */
  int remove();
}
