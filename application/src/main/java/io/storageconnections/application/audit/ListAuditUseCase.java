package io.storageconnections.application.audit;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.access.AccessControl;
import io.storageconnections.application.outcome.Failure.IModelNotFound;
import io.storageconnections.application.outcome.Failure.InsufficientPermissions;
import io.storageconnections.application.outcome.Failure.Invalid;
import io.storageconnections.application.outcome.Failure.OfAudit;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.outcome.Violation;
import io.storageconnections.application.port.AuditFilter;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.Permission;
import io.storageconnections.application.validation.RequestValidator;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.IModelId;
import java.util.List;

/** Validates the query and reads the page. */
record ListAuditUseCase(Dependencies dependencies) implements ListAudit {

  private static final Invalid OTHER_IMODEL =
      new Invalid(List.of(new Violation(Violation.Kind.INVALID, "connectionId")));

  @Override
  public Outcome<Listed, OfAudit> list(Caller caller, Query query) {
    requireNonNull(caller, "caller");
    requireNonNull(query, "query");
    var violations = dependencies.validator().violations(query);
    if (!violations.isEmpty()) {
      return Outcome.failed(new Invalid(violations));
    }
    var iModel = IModelId.parse(requireNonNull(query.iModelId()));
    return switch (AccessControl.of(dependencies).decide(caller, iModel, Permission.READ)) {
      case ALLOWED -> list(iModel, query);
      case FORBIDDEN -> Outcome.failed(new InsufficientPermissions(iModel));
      case UNKNOWN -> Outcome.failed(new IModelNotFound(iModel));
    };
  }

  private Outcome<Listed, OfAudit> list(IModelId iModel, Query query) {
    var connection = RequestValidator.parsed(query.connectionId(), ConnectionId::parse);
    if (connection != null && !connection.iModel().equals(iModel)) {
      return Outcome.failed(OTHER_IMODEL);
    }
    var filter = new AuditFilter(iModel, connection);
    var pageRequest = PageRequest.of(query.skip(), query.top());
    return Outcome.success(
        new Listed(filter, pageRequest, dependencies.store().audit(filter, pageRequest)));
  }
}
