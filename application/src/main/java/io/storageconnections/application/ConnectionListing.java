package io.storageconnections.application;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.ConnectionFilter;
import io.storageconnections.application.port.Slice;
import io.storageconnections.application.port.in.ListStorageConnections;
import io.storageconnections.application.port.in.ListStorageConnections.Outcome.Invalid;
import io.storageconnections.application.port.in.ListStorageConnections.Outcome.Listed;
import io.storageconnections.application.port.out.StorageConnectionStore;
import io.storageconnections.application.validation.Requests;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.DisplayName;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.StorageFileId;

/** Judges the query and asks the store. */
record ConnectionListing(Requests requests, StorageConnectionStore store)
    implements ListStorageConnections {

  @Override
  public Outcome list(Caller caller, Query query) {
    var violations = requests.violations(query);
    if (!violations.isEmpty()) {
      return new Invalid(violations);
    }
    var filter =
        new ConnectionFilter(
            IModelId.parse(requireNonNull(query.iModelId())),
            Requests.parsed(query.storageFileId(), StorageFileId::parse),
            Requests.parsed(query.connectorType(), ConnectorType::parse),
            Requests.parsed(query.displayName(), DisplayName::parse));
    var slice = Slice.of(query.skip(), query.top());
    return new Listed(filter, slice, store.list(filter, slice));
  }
}
