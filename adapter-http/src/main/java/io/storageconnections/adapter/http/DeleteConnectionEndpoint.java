package io.storageconnections.adapter.http;

import io.javalin.http.Context;
import io.storageconnections.adapter.http.ErrorBody.Resource;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.connection.ConnectionReference;
import io.storageconnections.application.connection.DeleteStorageConnection;
import io.storageconnections.application.connection.DeleteStorageConnection.Outcome.ConnectionNotFound;
import io.storageconnections.application.connection.DeleteStorageConnection.Outcome.Deleted;
import io.storageconnections.application.connection.DeleteStorageConnection.Outcome.Invalid;
import io.storageconnections.application.connection.DeleteStorageConnection.Outcome.Outdated;

/**
 * {@code DELETE /synchronization/imodels/storageconnections/{connectionId}}. Source:
 * api-contract.md, section 1.2, operation 5.
 */
record DeleteConnectionEndpoint(DeleteStorageConnection deleteStorageConnection)
    implements Door.Endpoint {

  @Override
  public void answer(Context ctx, Caller caller) {
    var reference = new ConnectionReference(ctx.pathParam("connectionId"));
    switch (deleteStorageConnection.delete(caller, reference, ETag.precondition(ctx))) {
      case Deleted gone -> Json.writeNothing(ctx, 204);
      case ConnectionNotFound unknown ->
          Json.write(ctx, 404, ErrorBody.notFound(Resource.CONNECTION));
      case Outdated(var revision) -> ETag.ofRevision(revision).refuse(ctx, Resource.CONNECTION);
      case Invalid(var violations) ->
          Json.write(ctx, 422, ErrorBody.invalid(Resource.CONNECTION, BodyShape.NONE, violations));
    }
  }
}
