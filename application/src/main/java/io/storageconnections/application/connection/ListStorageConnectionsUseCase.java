package io.storageconnections.application.connection;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.access.AccessControl;
import io.storageconnections.application.outcome.Failure.InsufficientPermissions;
import io.storageconnections.application.outcome.Failure.Invalid;
import io.storageconnections.application.outcome.Failure.OfListing;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.outcome.Violation;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.ConnectionFilter;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.Permission;
import io.storageconnections.application.validation.RequestValidator;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.DisplayName;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.StorageFileId;
import java.util.List;

/** Validates the query and reads the page. */
record ListStorageConnectionsUseCase(Dependencies dependencies) implements ListStorageConnections {

  @Override
  public Outcome<Listed, OfListing> list(Caller caller, Query query) {
    requireNonNull(caller, "caller");
    requireNonNull(query, "query");
    var violations = dependencies.validator().violations(query);
    if (!violations.isEmpty()) {
      return Outcome.failed(new Invalid(violations));
    }
    var iModel = IModelId.parse(requireNonNull(query.iModelId()));
    return switch (AccessControl.of(dependencies).decide(caller, iModel, Permission.READ)) {
      case ALLOWED -> Outcome.success(listed(iModel, query));
      case FORBIDDEN -> Outcome.failed(new InsufficientPermissions(iModel));
      case UNKNOWN ->
          Outcome.failed(new Invalid(List.of(new Violation(Violation.Kind.INVALID, "iModelId"))));
    };
  }

  private Listed listed(IModelId iModel, Query query) {
    var filter =
        new ConnectionFilter(
            iModel,
            RequestValidator.parsed(query.storageFileId(), StorageFileId::parse),
            RequestValidator.parsed(query.connectorType(), ConnectorType::parse),
            RequestValidator.parsed(query.displayName(), DisplayName::parse));
    var pageRequest = PageRequest.of(query.skip(), query.top());
    return new Listed(filter, pageRequest, dependencies.store().list(filter, pageRequest));
  }
}
