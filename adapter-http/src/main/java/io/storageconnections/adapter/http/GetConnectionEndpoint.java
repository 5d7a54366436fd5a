package io.storageconnections.adapter.http;

import io.javalin.http.Context;
import io.storageconnections.adapter.http.ErrorBody.Resource;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.connection.ConnectionReference;
import io.storageconnections.application.connection.GetStorageConnection;
import io.storageconnections.application.connection.GetStorageConnection.Outcome.ConnectionNotFound;
import io.storageconnections.application.connection.GetStorageConnection.Outcome.Found;
import io.storageconnections.application.connection.GetStorageConnection.Outcome.Invalid;

/**
 * {@code GET /synchronization/imodels/storageconnections/{connectionId}}. Source: api-contract.md,
 * section 1.2, operation 3.
 */
record GetConnectionEndpoint(GetStorageConnection getStorageConnection, Links links)
    implements Door.Endpoint {

  @Override
  public void answer(Context ctx, Caller caller) {
    var reference = new ConnectionReference(ctx.pathParam("connectionId"));
    switch (getStorageConnection.get(caller, reference)) {
      case Found(var connection) ->
          ETag.ofRevision(connection.revision())
              .answer(ctx, Json.bytes(ConnectionBody.of(connection, links)));
      case ConnectionNotFound unknown ->
          Json.write(ctx, 404, ErrorBody.notFound(Resource.CONNECTION));
      case Invalid(var violations) ->
          Json.write(ctx, 422, ErrorBody.invalid(Resource.CONNECTION, BodyShape.NONE, violations));
    }
  }
}
