package io.storageconnections.adapter.http;

import io.javalin.http.Context;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.in.GetStorageConnection;
import io.storageconnections.application.port.in.GetStorageConnection.Outcome.Found;
import io.storageconnections.application.port.in.GetStorageConnection.Outcome.Invalid;
import io.storageconnections.application.port.in.GetStorageConnection.Outcome.NotFound;
import io.storageconnections.application.port.in.GetStorageConnection.Reference;

/**
 * {@code GET /synchronization/imodels/storageconnections/{connectionId}}. Source: api-contract.md,
 * section 1.2, operation 3.
 */
record GetConnectionEndpoint(GetStorageConnection getStorageConnection, Links links)
    implements Door.Endpoint {

  @Override
  public void answer(Context ctx, Caller caller) {
    switch (getStorageConnection.get(caller, new Reference(ctx.pathParam("connectionId")))) {
      case Found(var connection) -> Json.write(ctx, 200, ConnectionBody.of(connection, links));
      case NotFound unknown -> Json.write(ctx, 404, ErrorBody.connectionNotFound());
      case Invalid(var violations) ->
          Json.write(ctx, 422, ErrorBody.invalidConnectionRequest(violations));
    }
  }
}
