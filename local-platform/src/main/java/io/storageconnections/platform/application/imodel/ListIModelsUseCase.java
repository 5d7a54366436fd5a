package io.storageconnections.platform.application.imodel;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.port.Caller;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.platform.application.access.Permissions;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.application.port.IModelStore;
import io.storageconnections.platform.application.port.IModelStore.SortKey;
import io.storageconnections.platform.application.validation.Violations;
import io.storageconnections.platform.domain.member.Role;
import java.util.Map;

/** Validates the query and reads the page. */
record ListIModelsUseCase(IModelStore iModels, Permissions permissions) implements ListIModels {

  private static final Map<String, SortKey> SORT_KEYS =
      Map.of("name", SortKey.NAME, "createdDateTime", SortKey.CREATED);

  @Override
  public Outcome<Listed> list(Caller caller, Query query) {
    var violations = new Violations(query.mistyped());
    var iTwin = violations.required("iTwinId", query.iTwinId(), ITwinId::parse);
    var name = violations.optional("name", query.name(), text -> text);
    var search = violations.optional("$search", query.search(), text -> text);
    var order = violations.order(query.orderBy(), SORT_KEYS, SortKey.CREATED);
    var page = violations.page(query.skip(), query.top());
    if (!violations.isEmpty()) {
      return violations.failed();
    }
    return permissions
        .iTwin(caller, requireNonNull(iTwin).toString(), Role.READER)
        .map(known ->
            new Listed(
                requireNonNull(page),
                iModels.list(known, name, search, order, requireNonNull(page))));
  }
}
