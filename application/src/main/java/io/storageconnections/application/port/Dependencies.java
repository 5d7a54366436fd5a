package io.storageconnections.application.port;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.validation.RequestValidator;
import io.storageconnections.domain.audit.Cause;
import io.storageconnections.domain.connection.Limits;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Everything that the use cases need from outside. The use cases close no component. Every
 * component must be thread-safe.
 *
 * @param store stores the connections
 * @param iModels tells what a caller may do with an iModel
 * @param storageFiles tells which files a caller may map
 * @param limits the limits of each iModel
 * @param validator validates the requests
 * @param clock returns the creation time of new connections and source files
 * @param ids returns a new random GUID (version 4) at each call
 * @param auditRetention how long the audit trail of an iModel is kept after the deletion of the
 *     iModel; positive
 */
public record Dependencies(
    StorageConnectionStore store,
    IModelDirectory iModels,
    StorageFiles storageFiles,
    Limits limits,
    RequestValidator validator,
    Clock clock,
    Supplier<UUID> ids,
    Duration auditRetention) {

  /** The default of {@link #auditRetention}: 365 days. */
  public static final Duration AUDIT_RETENTION = Duration.ofDays(365);

  /**
   * Checks the components.
   *
   * @throws NullPointerException if one is null
   * @throws IllegalArgumentException if {@code auditRetention} is not positive
   */
  public Dependencies {
    requireNonNull(store, "store");
    requireNonNull(iModels, "iModels");
    requireNonNull(storageFiles, "storageFiles");
    requireNonNull(limits, "limits");
    requireNonNull(validator, "validator");
    requireNonNull(clock, "clock");
    requireNonNull(ids, "ids");
    if (!requireNonNull(auditRetention, "auditRetention").isPositive()) {
      throw new IllegalArgumentException("auditRetention is not positive: " + auditRetention);
    }
  }

  /**
   * Returns these dependencies with another store and another directory.
   *
   * @param otherStore stores the connections
   * @param otherIModels tells what a caller may do with an iModel
   * @return the new dependencies
   */
  public Dependencies withStoreAndIModels(
      StorageConnectionStore otherStore, IModelDirectory otherIModels) {
    return new Dependencies(
        otherStore, otherIModels, storageFiles, limits, validator, clock, ids, auditRetention);
  }

  /**
   * Returns the request of a caller as the cause of a change that is made now.
   *
   * @param caller the caller
   * @return the cause
   */
  public Cause cause(Caller caller) {
    return new Cause(caller.origin(), clock.instant());
  }
}
