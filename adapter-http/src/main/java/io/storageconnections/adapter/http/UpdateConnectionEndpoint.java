package io.storageconnections.adapter.http;

import io.javalin.http.Context;
import io.storageconnections.adapter.http.ErrorBody.Resource;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.connection.UpdateStorageConnection;
import io.storageconnections.application.connection.UpdateStorageConnection.Change;
import io.storageconnections.application.connection.UpdateStorageConnection.Outcome.ConnectionNotFound;
import io.storageconnections.application.connection.UpdateStorageConnection.Outcome.Invalid;
import io.storageconnections.application.connection.UpdateStorageConnection.Outcome.Outdated;
import io.storageconnections.application.connection.UpdateStorageConnection.Outcome.Updated;

/**
 * {@code PUT /synchronization/imodels/storageconnections/{connectionId}}. Source: api-contract.md,
 * section 1.2, operation 4.
 */
record UpdateConnectionEndpoint(UpdateStorageConnection updateStorageConnection, Links links)
    implements BodyEndpoint {

  @Override
  public Resource resource() {
    return Resource.CONNECTION;
  }

  @Override
  public void answer(Context ctx, Caller caller, RequestBody body) {
    switch (updateStorageConnection.update(caller, change(ctx, body), ETag.precondition(ctx))) {
      case Updated(var connection) -> {
        ETag.ofRevision(connection.revision()).announce(ctx);
        Json.write(ctx, 200, ConnectionBody.of(connection, links));
      }
      case ConnectionNotFound unknown ->
          Json.write(ctx, 404, ErrorBody.notFound(Resource.CONNECTION));
      case Outdated(var revision) -> ETag.ofRevision(revision).refuse(ctx, Resource.CONNECTION);
      case Invalid(var violations) ->
          Json.write(ctx, 422, ErrorBody.invalid(Resource.CONNECTION, BodyShape.SAME, violations));
    }
  }

  private static Change change(Context ctx, RequestBody body) {
    return new Change(
        ctx.pathParam("connectionId"),
        body.text("displayName"),
        body.text("authenticationType"),
        body.mistyped());
  }
}
