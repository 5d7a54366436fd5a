package io.storageconnections.platform.application.itwin;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Page;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.platform.application.access.Permissions;
import io.storageconnections.platform.application.outcome.Failure.Forbidden;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.application.port.ITwinFilter;
import io.storageconnections.platform.application.port.ITwinStore;
import io.storageconnections.platform.application.port.ITwinStore.SortKey;
import io.storageconnections.platform.application.validation.Violations;
import io.storageconnections.platform.domain.itwin.ITwinAccount;
import io.storageconnections.platform.domain.itwin.ITwinStatus;
import io.storageconnections.platform.domain.itwin.ITwinSubClass;
import io.storageconnections.platform.domain.member.Role;
import java.util.List;
import java.util.Map;

/** Validates the query and reads the page. */
record ListITwinsUseCase(ITwinStore iTwins, Permissions permissions) implements ListITwins {

  private static final Map<String, SortKey> SORT_KEYS =
      Map.of(
          "displayName", SortKey.DISPLAY_NAME,
          "number", SortKey.NUMBER,
          "createdDateTime", SortKey.CREATED);

  @Override
  public Outcome<Listed> list(Caller caller, Query query) {
    var violations = new Violations(query.mistyped());
    var subClass = violations.optional("subClass", query.subClass(), ITwinSubClass::parse);
    var displayName = violations.optional("displayName", query.displayName(), text -> text);
    var number = violations.optional("number", query.number(), text -> text);
    var type = violations.optional("type", query.type(), text -> text);
    var status = violations.optional("status", query.status(), ITwinStatus::parse);
    var parent = violations.optional("parentId", query.parentId(), ITwinId::parse);
    var account = violations.optional("iTwinAccountId", query.iTwinAccountId(), ITwinId::parse);
    var search = violations.optional("$search", query.search(), text -> text);
    var includeInactive =
        violations.optional("includeInactive", query.includeInactive(), ListITwinsUseCase::flag);
    var order = violations.order(query.orderBy(), SORT_KEYS, SortKey.CREATED);
    var page = violations.page(query.skip(), query.top());
    if (!violations.isEmpty()) {
      return violations.failed();
    }
    requireNonNull(page);
    if (!Permissions.permits(caller, Role.READER)) {
      return Outcome.failed(new Forbidden());
    }
    var filter =
        new ITwinFilter(
            subClass,
            displayName,
            number,
            type,
            status,
            parent,
            search,
            includeInactive != null && includeInactive);
    var subject = Permissions.subjectOf(caller).orElse(null);
    var isEmpty =
        (account != null && !account.equals(ITwinAccount.ID))
            || (subject == null && !permissions.everyCallerOwnsAll());
    return Outcome.success(
        new Listed(
            page,
            isEmpty
                ? Page.of(List.of(), page)
                : iTwins.list(
                    filter, permissions.everyCallerOwnsAll() ? null : subject, order, page)));
  }

  private static Boolean flag(String text) {
    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      return Boolean.valueOf(text);
    }
    throw new IllegalArgumentException("true or false");
  }
}
