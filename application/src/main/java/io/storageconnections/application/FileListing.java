package io.storageconnections.application;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Slice;
import io.storageconnections.application.port.in.ListSourceFiles;
import io.storageconnections.application.port.in.ListSourceFiles.Outcome.ConnectionNotFound;
import io.storageconnections.application.port.in.ListSourceFiles.Outcome.Invalid;
import io.storageconnections.application.port.in.ListSourceFiles.Outcome.Listed;
import io.storageconnections.application.port.out.IModelDirectory;
import io.storageconnections.application.port.out.StorageConnectionStore;
import io.storageconnections.application.validation.Requests;
import io.storageconnections.domain.connection.ConnectionId;

/** Judges the query and asks the store. */
record FileListing(Requests requests, IModelDirectory iModels, StorageConnectionStore store)
    implements ListSourceFiles {

  @Override
  public Outcome list(Caller caller, Query query) {
    var violations = requests.violations(query);
    if (!violations.isEmpty()) {
      return new Invalid(violations);
    }
    var connection = ConnectionId.parse(requireNonNull(query.connectionId()));
    if (!iModels.sees(caller, connection.iModel())) {
      return new ConnectionNotFound(connection);
    }
    var slice = Slice.of(query.skip(), query.top());
    var page = store.listFiles(connection, slice);
    // Whoever has files is there: only who has none must be asked for.
    return page.items().isEmpty() && page.preceding() == 0 && store.find(connection).isEmpty()
        ? new ConnectionNotFound(connection)
        : new Listed(connection, slice, page);
  }
}
