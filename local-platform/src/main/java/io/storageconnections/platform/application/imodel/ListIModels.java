package io.storageconnections.platform.application.imodel;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.platform.application.access.Permissions;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.application.port.IModelStore;
import io.storageconnections.platform.domain.imodel.IModel;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lists the iModels of an iTwin. */
public interface ListIModels {

  /** Returns the use case. */
  static ListIModels on(IModelStore iModels, Permissions permissions) {
    return new ListIModelsUseCase(iModels, permissions);
  }

  /** Returns one page. */
  Outcome<Listed> list(Caller caller, Query query);

  /** The parameters of the list, not yet validated; null if absent. */
  record Query(
      @Nullable String iTwinId,
      @Nullable String name,
      @Nullable String search,
      @Nullable String orderBy,
      @Nullable String skip,
      @Nullable String top,
      Set<String> mistyped) {}

  /** A page of iModels. */
  record Listed(PageRequest pageRequest, Page<IModel> page) {}
}
