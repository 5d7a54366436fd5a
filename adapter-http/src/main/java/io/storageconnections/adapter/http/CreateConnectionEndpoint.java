package io.storageconnections.adapter.http;

import io.javalin.http.Context;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.in.ConnectionRequest;
import io.storageconnections.application.port.in.CreateStorageConnection;
import io.storageconnections.application.port.in.CreateStorageConnection.Outcome.Created;
import io.storageconnections.application.port.in.CreateStorageConnection.Outcome.FilesAlreadyMapped;
import io.storageconnections.application.port.in.CreateStorageConnection.Outcome.Invalid;
import io.storageconnections.domain.connection.StorageConnection;
import java.io.IOException;

/**
 * {@code POST /synchronization/imodels/storageconnections}. Source: create-storage-connection.txt.
 */
record CreateConnectionEndpoint(CreateStorageConnection createStorageConnection, Links links)
    implements Door.Endpoint {

  @Override
  public void answer(Context ctx, Caller caller) throws IOException {
    Json.read(ctx)
        .map(CreateConnectionBody::read)
        .ifPresentOrElse(
            request -> create(ctx, caller, request),
            () -> Json.write(ctx, 422, ErrorBody.unreadableConnectionRequest()));
  }

  private void create(Context ctx, Caller caller, ConnectionRequest request) {
    switch (createStorageConnection.create(caller, request)) {
      case Created(var connection) -> created(ctx, connection);
      case Invalid(var violations) ->
          Json.write(ctx, 422, ErrorBody.invalidConnectionRequest(violations));
      case FilesAlreadyMapped(var conflicts) ->
          Json.write(ctx, 409, ErrorBody.filesAlreadyMapped(conflicts));
    }
  }

  private void created(Context ctx, StorageConnection connection) {
    ctx.header("Location", links.connection(connection.id()));
    Json.write(ctx, 201, ConnectionBody.of(connection, links));
  }
}
