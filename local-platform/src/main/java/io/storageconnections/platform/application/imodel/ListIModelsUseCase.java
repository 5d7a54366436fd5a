package io.storageconnections.platform.application.imodel;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.storageconnections.application.port.Caller;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.platform.application.access.Permissions;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.application.port.IModelStore;
import io.storageconnections.platform.application.port.IModelStore.Order;
import io.storageconnections.platform.application.validation.Violations;
import io.storageconnections.platform.domain.member.Role;
import java.util.Locale;

/** Validates the query and reads the page. */
record ListIModelsUseCase(IModelStore iModels, Permissions permissions) implements ListIModels {

  @Override
  public Outcome<Listed> list(Caller caller, Query query) {
    var violations = new Violations(query.mistyped());
    var iTwin = violations.required("iTwinId", query.iTwinId(), ITwinId::parse);
    var name = violations.optional("name", query.name(), text -> text);
    var search = violations.optional("$search", query.search(), text -> text);
    var order = violations.optional("$orderBy", query.orderBy(), ListIModelsUseCase::order);
    var page = violations.page(query.skip(), query.top());
    if (!violations.isEmpty()) {
      return violations.failed();
    }
    return permissions
        .iTwin(caller, requireNonNull(iTwin).toString(), Role.READER)
        .map(known ->
            new Listed(
                requireNonNull(page),
                iModels.list(
                    known,
                    name,
                    search,
                    requireNonNullElse(order, Order.CREATED),
                    requireNonNull(page))));
  }

  private static Order order(String text) {
    return switch (text.strip().replaceAll(" +", " ").toLowerCase(Locale.ROOT)) {
      case "name", "name asc" -> Order.NAME;
      case "name desc" -> Order.NAME_DESCENDING;
      case "createddatetime", "createddatetime asc" -> Order.CREATED;
      case "createddatetime desc" -> Order.CREATED_DESCENDING;
      default -> throw new IllegalArgumentException("name or createdDateTime, asc or desc");
    };
  }
}
