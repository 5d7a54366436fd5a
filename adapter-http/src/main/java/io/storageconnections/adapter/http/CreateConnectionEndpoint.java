package io.storageconnections.adapter.http;

import io.javalin.http.Context;
import io.storageconnections.adapter.http.ErrorBody.Resource;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.connection.ConnectionRequest;
import io.storageconnections.application.connection.CreateStorageConnection;
import io.storageconnections.application.connection.CreateStorageConnection.Outcome.Created;
import io.storageconnections.application.connection.CreateStorageConnection.Outcome.FilesAlreadyMapped;
import io.storageconnections.application.connection.CreateStorageConnection.Outcome.Invalid;
import io.storageconnections.application.connection.CreateStorageConnection.Outcome.LimitReached;
import io.storageconnections.domain.connection.StorageConnection;
import io.storageconnections.domain.connection.Usage;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /synchronization/imodels/storageconnections}. Source: create-storage-connection.txt.
 */
record CreateConnectionEndpoint(
    CreateStorageConnection createStorageConnection, Links links, LimitsHeader limits)
    implements BodyEndpoint {

  @Override
  public Resource resource() {
    return Resource.CONNECTION;
  }

  @Override
  public void answer(Context ctx, Caller caller, RequestBody body) {
    switch (createStorageConnection.create(caller, request(body))) {
      case Created(var connection, var usage) -> created(ctx, connection, usage);
      case Invalid(var violations) ->
          Json.write(ctx, 422, ErrorBody.invalid(Resource.CONNECTION, BodyShape.SAME, violations));
      case FilesAlreadyMapped(var conflicts) ->
          Json.write(ctx, 409, ErrorBody.filesAlreadyMapped(BodyShape.SAME, conflicts));
      case LimitReached(var excess) ->
          Json.write(ctx, 422, ErrorBody.limitReached(Resource.CONNECTION, BodyShape.SAME, excess));
    }
  }

  private static ConnectionRequest request(RequestBody body) {
    return new ConnectionRequest(
        body.text("displayName"),
        body.text("iModelId"),
        body.text("authenticationType"),
        body.sourceFiles(),
        body.mistyped());
  }

  private void created(Context ctx, StorageConnection connection, @Nullable Usage usage) {
    ctx.header("Location", links.connection(connection.id()));
    ETag.ofRevision(connection.revision()).announce(ctx);
    limits.announce(ctx, usage);
    Json.write(ctx, 201, ConnectionBody.of(connection, links));
  }
}
