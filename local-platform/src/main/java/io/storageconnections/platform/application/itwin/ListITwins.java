package io.storageconnections.platform.application.itwin;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.platform.application.access.Permissions;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.application.port.ITwinStore;
import io.storageconnections.platform.domain.itwin.ITwin;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lists the iTwins that a caller may read; the oldest first, unless the query has an order. */
public interface ListITwins {

  /** Returns the use case. */
  static ListITwins on(ITwinStore iTwins, Permissions permissions) {
    return new ListITwinsUseCase(iTwins, permissions);
  }

  /** Returns one page. */
  Outcome<Listed> list(Caller caller, Query query);

  /** The parameters of the list, not yet validated; null if absent. */
  record Query(
      @Nullable String subClass,
      @Nullable String displayName,
      @Nullable String number,
      @Nullable String type,
      @Nullable String status,
      @Nullable String parentId,
      @Nullable String iTwinAccountId,
      @Nullable String search,
      @Nullable String includeInactive,
      @Nullable String orderBy,
      @Nullable String skip,
      @Nullable String top,
      Set<String> mistyped) {}

  /** A page of iTwins. */
  record Listed(PageRequest pageRequest, Page<ITwin> page) {}
}
