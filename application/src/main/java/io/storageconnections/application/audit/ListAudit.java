package io.storageconnections.application.audit;

import io.storageconnections.application.outcome.Failure.OfAudit;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.port.AuditFilter;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.validation.ParsableAs;
import io.storageconnections.application.validation.Request;
import io.storageconnections.domain.audit.AuditEntry;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.IModelId;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lists the audit trail of an iModel, the newest entry first. Safe to call concurrently. The
 * documented API has no such operation.
 */
@FunctionalInterface
public interface ListAudit {

  /**
   * Returns the use case on the given dependencies.
   *
   * @param dependencies what the use case needs from outside
   * @return the use case
   */
  static ListAudit on(Dependencies dependencies) {
    return new ListAuditUseCase(dependencies);
  }

  /**
   * Returns one page of the audit trail of the iModel that {@code query} names.
   *
   * @param caller the caller; an iModel that the caller cannot see does not exist for the caller
   * @param query the id of the iModel, the filter and the page; may be invalid
   * @return the page, the newest entry first; empty if nothing was changed since the trail began.
   *     Or why the list is not found
   * @throws StoreException if the store or the directory of iModels cannot answer
   */
  Outcome<Listed, OfAudit> list(Caller caller, Query query);

  /**
   * The query, not yet validated.
   *
   * @param iModelId the text form of an {@link IModelId}; required
   * @param connectionId the text form of a {@link ConnectionId} of the iModel, which need not exist
   *     any more; null for the entries of the whole iModel
   * @param skip the number of entries before the page, 0 or more; null means 0
   * @param top the greatest number of entries on the page, 1 or more; null means {@link
   *     PageRequest#TOP_DEFAULT}, and a number above {@link PageRequest#TOP_MAX} means {@code
   *     TOP_MAX}
   * @param mistyped see {@link Request#mistyped()}
   */
  record Query(
      @NotNull @ParsableAs(IModelId.class) @Nullable String iModelId,
      @ParsableAs(ConnectionId.class) @Nullable String connectionId,
      @PositiveOrZero @Nullable Long skip,
      @Positive @Nullable Long top,
      Set<String> mistyped)
      implements Request {

    /** Copies the set. */
    public Query {
      mistyped = Set.copyOf(mistyped);
    }

    /**
     * Creates a query from parsed values.
     *
     * @param filter selects the entries
     * @param page the position and size of the page
     * @return a valid query
     */
    public static Query of(AuditFilter filter, PageRequest page) {
      var connection = filter.connection();
      return new Query(
          filter.iModel().toString(),
          connection == null ? null : connection.toString(),
          page.skip(),
          (long) page.top(),
          Set.of());
    }
  }

  /**
   * A page of the audit trail.
   *
   * @param filter the parsed filter
   * @param pageRequest the parsed position and size of the page
   * @param page the page
   */
  record Listed(AuditFilter filter, PageRequest pageRequest, Page<AuditEntry> page) {}
}
