package io.storageconnections.application;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.ConnectionFilter;
import io.storageconnections.application.port.Slice;
import io.storageconnections.application.port.in.ListStorageConnections;
import io.storageconnections.application.port.in.ListStorageConnections.Outcome.Invalid;
import io.storageconnections.application.port.in.ListStorageConnections.Outcome.Listed;
import io.storageconnections.application.port.out.IModelDirectory;
import io.storageconnections.application.port.out.StorageConnectionStore;
import io.storageconnections.application.validation.Requests;
import io.storageconnections.application.validation.Violation;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.DisplayName;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.StorageFileId;
import java.util.List;

/** Judges the query and asks the store. */
record ConnectionListing(Requests requests, IModelDirectory iModels, StorageConnectionStore store)
    implements ListStorageConnections {

  @Override
  public Outcome list(Caller caller, Query query) {
    var violations = requests.violations(query);
    if (!violations.isEmpty()) {
      return new Invalid(violations);
    }
    var iModel = IModelId.parse(requireNonNull(query.iModelId()));
    if (!iModels.sees(caller, iModel)) {
      return new Invalid(List.of(new Violation(Violation.Kind.INVALID, "iModelId")));
    }
    var filter =
        new ConnectionFilter(
            iModel,
            Requests.parsed(query.storageFileId(), StorageFileId::parse),
            Requests.parsed(query.connectorType(), ConnectorType::parse),
            Requests.parsed(query.displayName(), DisplayName::parse));
    var slice = Slice.of(query.skip(), query.top());
    return new Listed(filter, slice, store.list(filter, slice));
  }
}
